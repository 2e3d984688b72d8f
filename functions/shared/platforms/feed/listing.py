"""The list a feed is made from: its newest entries, what was taken away, and its generation.

Pure: from a list to the next one. What changes nothing gives the very same list, and only a change
counts a generation.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from shared.platforms.feed.entry import Entry, entry_of, item_of

NEWEST = 100
"""Entries of a feed; older ones keep their own page."""

REMEMBERED = 500
"""How many of those taken away last a list keeps in mind."""


@dataclass(frozen=True)
class Listing:
    """`entries` newest first; `gone` are keys, latest last; `changed` is spelled as in entries."""

    generation: int = 0
    changed: str = "1970-01-01T00:00:00.000Z"
    entries: tuple[Entry, ...] = ()
    gone: tuple[str, ...] = ()

    def entry(self, key: str) -> Entry | None:
        """The entry of this key, if it is among the newest."""
        return next((entry for entry in self.entries if entry.key == key), None)

    @property
    def shown(self) -> tuple[Entry, ...]:
        """The entries as they are told: struck out where a later one puts them right."""
        return tuple(map(self.as_shown, self.entries))

    def as_shown(self, entry: Entry) -> Entry:
        """This one, in the list or so old that it has only a page of its own."""
        rights = (e for e in self.entries if (e.corrects, e.account) == (entry.key, entry.account))
        return replace(entry, struck_by=next(rights, None))

    def saying(self, entry: Entry, now: str) -> "Listing":
        """With the entry in its place, however old it is; itself where it stands or is gone."""
        if entry.key in self.gone or self.entry(entry.key):
            return self
        kept = _newest_first(self.entries)[: NEWEST - 1]
        return self._next(now, entries=_newest_first((*kept, entry)))

    def having(self, entry: Entry, now: str) -> "Listing":
        """As `saying`, but itself where a full list has only newer ones."""
        if len(self.entries) >= NEWEST and entry.order < self.entries[-1].order:
            return self
        return self.saying(entry, now)

    def lacking(self, key: str, now: str) -> "Listing":
        """Without the entry of this key, for good; itself where it is gone already."""
        if key in self.gone:
            return self
        left = tuple(entry for entry in self.entries if entry.key != key)
        return self._next(now, entries=left, gone=(*self.gone, key)[-REMEMBERED:])

    def _next(self, now: str, **changes: Any) -> "Listing":
        changed = max(now, self.changed)
        return replace(self, generation=self.generation + 1, changed=changed, **changes)


def _newest_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(entries, key=lambda each: each.order, reverse=True))


def listing_bytes(listing: Listing) -> bytes:
    """The list as it is kept."""
    fields = {
        "generation": listing.generation,
        "changed": listing.changed,
        "gone": list(listing.gone),
        "entries": [item_of(entry) for entry in listing.entries],
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()


def listing_of(data: bytes) -> Listing:
    """The list that `listing_bytes` wrote; KeyError, TypeError or ValueError for anything else."""
    fields = json.loads(data)
    return Listing(
        generation=int(fields["generation"]),
        changed=str(fields["changed"]),
        entries=tuple(map(entry_of, fields["entries"])),
        gone=tuple(fields["gone"]),
    )
