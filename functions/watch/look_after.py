"""One target's posts, looked at again: do they still stand, word for word as we published them?

What is found otherwise is doubted first, and believed when a second look sees the same an hour
later. A look that failed tells nothing: the round stops there, and goes on another time. What a
deletion of ours takes away is no exception, nor what stands as we left it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.platforms.base import UnreachableError
from shared.platforms.likeness import as_compared
from shared.platforms.reading import Reader, Shown
from shared.platforms.strangers import words
from shared.posts.deletion import OVER_FOR_NOTHING
from shared.posts.exception_found import Doubt, PostException, digest_of
from shared.posts.life import Outcome
from shared.records.deletions import Deletions
from shared.records.errors import PublicationMovedError
from shared.records.exceptions import Exceptions
from shared.records.placed_posts import Placed, PlacedPosts
from shared.records.publication import KeptReceipt, Publication
from shared.records.rounds import Round
from shared.records.snapshot import Snapshots
from watch.exception_seen import act_of, exception_of
from watch.turns import Known, place_of, places_of

MOST_DOUBTS = 200
TOO_MANY = (
    f"{MOST_DOUBTS} posts are not as they were published. Look at the account itself; others are "
    "looked at when these are closed."
)

Parts = Mapping[str, Publication | None]
"""Parts of a post by post, version and place; None where nobody claimed one."""


@dataclass(frozen=True)
class Library:
    """What is looked up: what we published, what is being taken away, what was found before."""

    posts: PlacedPosts
    snapshots: Snapshots
    deletions: Deletions
    exceptions: Exceptions


class Looking:
    """One target while it is looked at; `round` is how far it is, also where a look failed."""

    def __init__(self, library: Library, before: Round, reader: Reader, now: datetime) -> None:
        self._library = library
        self._reader = reader
        self._now = now
        self._doubts = dict(before.doubts)
        self._round = before
        self.looked = 0
        self.found: list[PostException] = []

    @property
    def round(self) -> Round:
        """How far it is."""
        return replace(self._round, doubts=self._doubts)

    def again(self, known: Known) -> None:
        """What is doubted, where it is time for a second look."""
        names = ripe(self._round, self._now)
        parts = {name: known.publications.get(place_of(name)) for name in names}
        self._each(parts, self._shown([parts]))

    def go_on(self, known: Known, in_time: Callable[[], bool]) -> None:
        """A turn of the round, which may end it."""
        turn = known.turns[self._round.account, self._round.platform]
        self._round = replace(self._round, under_way=True)
        recent = [self._parts(post, known) for post in turn.recent]
        older = [self._parts(post, known) for post in turn.older.posts] if turn.older else []
        shown = self._shown([*recent, *older])
        for post, parts in zip(turn.recent, recent, strict=True):
            if not in_time():
                return
            self._each(parts, shown)
            self._round = replace(self._round, recent=post.cursor)
        if turn.older is None:
            return
        for parts in older:
            self._each(parts, shown)
        self._round = replace(
            self._round, done_at=self._now, under_way=False, recent=None, older=turn.older.cursor
        )

    def _parts(self, post: Placed, known: Known) -> Parts:
        named = places_of(post, self._round.platform)
        return {name: known.publications.get(place) for name, place in named.items()}

    def _shown(self, posts: Sequence[Parts]) -> Iterator[Shown | None]:
        """What the platform shows of all these, in order, as each is asked for."""
        receipts = (_to_ask(each) for parts in posts for each in parts.values())
        return self._reader.posts([(one.platform_id, one.text) for one in receipts if one])

    def _each(self, parts: Parts, shown: Iterator[Shown | None]) -> None:
        for name, publication in parts.items():
            receipt = _to_ask(publication)
            if publication and receipt:
                self._compare(name, publication, receipt.text, next(shown))
            elif publication is None or not _stands(publication):
                self._doubts.pop(name, None)

    def _compare(self, name: str, publication: Publication, sent: str, shown: Shown | None) -> None:
        self.looked += 1
        doubt = _doubt(sent, shown, self._now)
        known = self._doubts.get(name)
        if doubt is None:
            self._doubts.pop(name, None)
        elif known is None or not known.is_same(doubt):
            self._doubted(name, doubt)
        elif known.is_ripe(self._now):
            self._believed(name, known, publication, shown)

    def _doubted(self, name: str, doubt: Doubt) -> None:
        if name not in self._doubts and len(self._doubts) >= MOST_DOUBTS:
            raise UnreachableError(TOO_MANY)
        self._doubts[name] = doubt

    def _believed(
        self, name: str, doubt: Doubt, publication: Publication, shown: Shown | None
    ) -> None:
        if self._is_taken_away(publication):
            del self._doubts[name]
            return
        found = exception_of(publication, doubt, shown, self._now)
        try:
            is_new = self._library.exceptions.open(found, publication, act_of(found))
        except PublicationMovedError:
            del self._doubts[name]
            return
        self._doubts[name] = replace(doubt, became=found.exception_id)
        if is_new:
            self.found.append(found)

    def _is_taken_away(self, publication: Publication) -> bool:
        """Whether a deletion of ours is about it, decided or not."""
        deletions = self._library.deletions
        standing = deletions.standing(publication.post_id, publication.version)
        return standing is not None and deletions.get(standing).state not in OVER_FOR_NOTHING


def ripe(of: Round, now: datetime) -> list[str]:
    """What is doubted there and is looked at once more; all of it where there is no room left."""
    full = len(of.doubts) >= MOST_DOUBTS
    again = [name for name, doubt in of.doubts.items() if doubt.is_ripe(now)]
    return again + [name for name, doubt in of.doubts.items() if full and doubt.became]


def _stands(publication: Publication) -> bool:
    return publication.receipt is not None and publication.state is Outcome.SENT


def _to_ask(publication: Publication | None) -> KeptReceipt | None:
    """The receipt of what should stand. Where a person said that it is there, the platform never
    told what it calls it, and nobody can ask."""
    receipt = publication.receipt if publication and _stands(publication) else None
    return receipt if receipt and receipt.platform_id != receipt.url else None


def _doubt(sent: str, shown: Shown | None, now: datetime) -> Doubt | None:
    """What is otherwise; None where it stands as it was read back when it was published."""
    if shown is None:
        return Doubt(now)
    there = as_compared(shown.text)
    return None if there == as_compared(words(sent)) else Doubt(now, digest_of(there))
