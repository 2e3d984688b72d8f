"""One target's posts, looked at again: do they still stand, word for word as we published them?

What is found otherwise is doubted first, and believed when a second look sees the same an hour
later. A look that failed tells nothing: the round stops there, and goes on another time. What a
deletion of ours takes away is no exception, nor what stands as we left it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.platforms.base import UnreachableError
from shared.platforms.likeness import as_compared
from shared.platforms.reading import Reader, Shown
from shared.platforms.strangers import words
from shared.posts.deletion import OVER_FOR_NOTHING
from shared.posts.exception_found import Doubt, PostException, digest_of
from shared.posts.life import Outcome, Post
from shared.posts.names import PostId
from shared.posts.threads import places, spelled
from shared.records.deletion_entries import item_of
from shared.records.deletions import Deletions
from shared.records.errors import PublicationMovedError
from shared.records.exceptions import Exceptions
from shared.records.paging import Page, cursor_after, post_key
from shared.records.posts import Posts
from shared.records.publication import Publication
from shared.records.rounds import Round
from shared.records.snapshot import Snapshots
from watch.exception_seen import act_of, exception_of

PAGE = 25
"""Recent posts of a target in one run; the next run goes on behind them."""

OLDER = 10
"""Older posts of a target in one round; the next round goes on behind them."""

LONGEST_WAY = timedelta(days=14)
"""From sending a post in to its publication; what took longer takes its turn with the older."""

MOST_DOUBTS = 200
TOO_MANY = (
    f"{MOST_DOUBTS} posts are not as they were published. Look at the account itself; others are "
    "looked at when these are closed."
)

Targets = Mapping[str, Publication | None]
"""Parts of a post by post, version and place; None where nobody claimed one."""


@dataclass(frozen=True)
class Library:
    """What is looked up: what we published, what is being taken away, what was found before."""

    posts: Posts
    snapshots: Snapshots
    deletions: Deletions
    exceptions: Exceptions


class Looking:
    """One target while it is looked at; `round` is how far it is, also where a look failed."""

    def __init__(
        self, library: Library, account: Account, before: Round, reader: Reader, now: datetime
    ) -> None:
        self._library = library
        self._account = account
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

    def again(self) -> None:
        """What is doubted, where it is time for a second look."""
        full = len(self._doubts) >= MOST_DOUBTS
        told = (name for name, doubt in self._doubts.items() if full and doubt.became)
        ripe = [*(n for n, doubt in self._doubts.items() if doubt.is_ripe(self._now)), *told]
        wanted = [_place_of(name) for name in ripe]
        found = self._library.snapshots.read(publications=wanted).publications
        for name, target in zip(ripe, wanted, strict=True):
            self._look(name, found.get(target))

    def go_on(self, since: datetime, in_time: Callable[[], bool]) -> None:
        """A page of the round, which may end it; `since` is the oldest that counts as recent."""
        self._round = replace(self._round, under_way=True)
        page = self._library.posts.by_account(self._account.account_id, self._round.recent, PAGE)
        recent = [post for post in page.posts if post.submitted_at >= since - LONGEST_WAY]
        older = None if self._round.older else _behind(page, recent)
        known = self._targets([*recent, *(older.posts if older else ())])
        for post, targets in known[: len(recent)]:
            if not in_time():
                return
            self._each(targets)
            self._round = replace(self._round, recent=_cursor_behind(post))
        if len(recent) == len(page.posts) and page.cursor:
            return
        self._older(older, known[len(recent) :])

    def _older(self, page: Page | None, known: list[tuple[Post, Targets]]) -> None:
        """Some of the older posts, in turn, those that are `known` where the `page` of the recent
        ones had them; then the round is over."""
        if page is None:
            start = self._round.older or self._round.recent
            page = self._library.posts.by_account(self._account.account_id, start, OLDER)
            known = self._targets(page.posts)
        for _, targets in known:
            self._each(targets)
        self._round = replace(
            self._round, done_at=self._now, under_way=False, recent=None, older=page.cursor
        )

    def _targets(self, posts: Iterable[Post]) -> list[tuple[Post, Targets]]:
        """Each post with what became of each of its parts there."""
        named = [(post, self._names(post)) for post in posts]
        wanted = [target for _, names in named for target in names.values()]
        found = self._library.snapshots.read(publications=wanted).publications if wanted else {}
        return [(post, {n: found.get(t) for n, t in names.items()}) for post, names in named]

    def _names(self, post: Post) -> dict[str, tuple[PostId, int, str]]:
        here = (each for each in places(post.draft) if each[0] == self._round.platform)
        targets = ((post.post_id, post.version, spelled(*each)) for each in here)
        return {item_of(*target): target for target in targets}

    def _each(self, targets: Targets) -> None:
        for name, publication in targets.items():
            self._look(name, publication)

    def _look(self, name: str, publication: Publication | None) -> None:
        receipt = publication.receipt if publication else None
        stands = publication is not None and publication.state is Outcome.SENT
        if publication is None or receipt is None or not stands:
            self._doubts.pop(name, None)
            return
        if receipt.platform_id == receipt.url:
            return  # a person said that it is there; the platform never told what it calls it
        shown = self._reader.post(receipt.platform_id, receipt.text)
        self.looked += 1
        doubt = _doubt(receipt.text, shown, self._now)
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


def _doubt(sent: str, shown: Shown | None, now: datetime) -> Doubt | None:
    """What is otherwise; None where it stands as it was read back when it was published."""
    if shown is None:
        return Doubt(now)
    there = as_compared(shown.text)
    return None if there == as_compared(words(sent)) else Doubt(now, digest_of(there))


def _behind(page: Page, recent: list[Post]) -> Page | None:
    """The next older posts, where a page has them behind its `recent` ones; None where the next
    page has some of them."""
    rest = page.posts[page.posts.index(recent[-1]) + 1 :] if recent else page.posts
    if len(rest) < OLDER and page.cursor:
        return None
    is_more = len(rest) > OLDER or page.cursor
    return Page(rest[:OLDER], _cursor_behind(rest[:OLDER][-1]) if is_more else None)


def _cursor_behind(post: Post) -> str:
    return cursor_after(post_key(post.post_id, post.version))


def _place_of(name: str) -> tuple[PostId, int, str]:
    key, _, place = name.partition("/")
    post_id, _, version = key.partition("#")
    return PostId(post_id), int(version), place
