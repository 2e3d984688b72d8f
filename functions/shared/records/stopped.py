"""What an incident stopped, found again: posts it blocked or held, posts still under way, and
targets that had been claimed and were not settled when it was declared."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.posts.life import Outcome, Post
from shared.posts.names import IncidentId
from shared.posts.threads import places, spelled
from shared.records.hold import Hold
from shared.records.hold_rows import hold_of
from shared.records.paging import post_key
from shared.records.posts import HELD, OPEN, UNCERTAIN, post_of
from shared.records.publication import Publication
from shared.records.publication_entries import publication_of
from shared.records.reading import Key, fetch
from shared.records.tables import Tables

KNOWN = frozenset({Outcome.SENT, Outcome.FAILED, Outcome.HELD, Outcome.WITHDRAWN})
"""What ends a target's flight: it is there, or it is not."""


@dataclass(frozen=True)
class Stop:
    """A post that an incident stopped, and its last hold if it was held."""

    post: Post
    hold: Hold | None


class Stopped:
    """Where the sitrep of an incident is read."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def by(self, incident_id: IncidentId) -> tuple[Stop, ...]:
        """Posts that were blocked or held because of it, by id."""
        rows = list(self._tables.posts.by_incident.query(incident_id))
        posts = [Key(self._tables.posts, (row.post_id, int(row.version))) for row in rows]
        holds = [Key(self._tables.holds, key.values) for key in posts]
        found = fetch(self._tables.connection, [*posts, *holds])
        return tuple(
            Stop(post_of(found[post]), hold_of(found[hold]) if hold in found else None)
            for post, hold in zip(posts, holds, strict=True)
            if post in found
        )

    def under_way(self) -> tuple[Post, ...]:
        """Every post without an ending that waits for nobody's review, longest waiting first; those
        of which nobody knows what became come last."""
        return (*self._open(OPEN), *self._open(UNCERTAIN))

    def on_hold(self) -> tuple[Post, ...]:
        """Every post that is held, for whatever reason."""
        return self._open(HELD)

    def in_flight(self, posts: Iterable[Post], at: datetime) -> tuple[Publication, ...]:
        """Their targets that had been claimed at this moment, and not settled."""
        table = self._tables.publications
        keys = [
            Key(table, (post_key(post.post_id, post.version), spelled(*place)))
            for post in posts
            for place in places(post.draft)
        ]
        found = map(publication_of, fetch(self._tables.connection, keys).values())
        return tuple(each for each in found if was_in_flight(each, at))

    def _open(self, how: str) -> tuple[Post, ...]:
        rows = self._tables.posts.by_open_state.query(how)
        keys = [Key(self._tables.posts, (row.post_id, int(row.version))) for row in rows]
        found = fetch(self._tables.connection, keys)
        return tuple(post_of(found[key]) for key in keys if key in found)


def was_in_flight(target: Publication, at: datetime) -> bool:
    """Whether it had been claimed at this moment, and nobody knew what became of it."""
    settled = target.settled_at
    over = target.state in KNOWN and settled is not None and settled <= at
    return target.claimed_at <= at and not over
