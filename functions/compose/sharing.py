"""The posts of ours that share an appeal: the one that began it, those that lead to the same page
or show the same picture, and those that people say do.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from shared.accounts.registry import Account
from shared.policy.marks import marks_in, read
from shared.posts.appeal import Appeal
from shared.posts.life import ENDINGS, KEPT_IN, Outcome, Post, State
from shared.posts.names import AccountId, PlatformName, PostId
from shared.records.appeals import Appeals
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

BEFORE = timedelta(days=28)
"""What was sent in so long before the appeal began may share it already."""

MOST_SHARES = 40
UNSAID = KEPT_IN | {State.FAILED}
"""Endings of closing words that the public never saw."""

OUT = frozenset({State.PUBLISHED, State.PARTLY_PUBLISHED})


@dataclass(frozen=True)
class Shelf:
    """Where appeals, their posts, and the posts that close those are looked up."""

    appeals: Appeals
    posts: Posts
    publications: Publications
    snapshots: Snapshots
    closings: Callable[[PostId, int], Sequence[tuple[PostId, int]]]

    def account(self, account: AccountId) -> Account:
        """This account, or NotFoundError."""
        return self.snapshots.read(accounts=[account]).account(account)


@dataclass(frozen=True)
class Share:
    """A version that shares the appeal. `standing` are the addresses of its first part, by
    platform, `addresses` of all its parts; `waits` says that it is still on its way, or that nobody
    knows where it stands; `closing` is what ends it, whatever became of that."""

    post: Post
    standing: dict[PlatformName, str]
    addresses: tuple[str, ...]
    added: bool
    waits: bool
    closing: Post | None

    @property
    def name(self) -> str:
        """As forms and the API call it."""
        return f"{self.post.post_id}-{self.post.version}"

    @property
    def may_be_closed(self) -> bool:
        """Whether it stands, and no closing words are out or on their way."""
        return bool(self.standing) and (self.closing is None or self.closing.state in UNSAID)

    def is_unsaid(self, appeal: Appeal) -> bool:
        """Whether the public still has to be told: the closing words are not out, and nobody said
        of each copy what became of it."""
        if self.waits:
            return True
        if self.closing is not None and self.closing.state in OUT:
            return False
        copies = map(appeal.copy_at, self.addresses)
        return not all(copy is not None and copy.settled for copy in copies)


def shares_of(appeal: Appeal, shelf: Shelf) -> tuple[Share, ...]:
    """Everything of ours that shares it and stands or may yet: its own post first."""
    own = shelf.posts.history(appeal.appeal_id)
    marks = marks_in(own[-1].draft, read(own[-1].draft)) if own else ()
    alike = shelf.appeals.sharing(marks, appeal.opened_at - BEFORE)
    named = dict.fromkeys((appeal.appeal_id, *appeal.added, *alike))
    found = (
        share
        for post_id in list(named)[:MOST_SHARES]
        for share in _versions(appeal, post_id, own if post_id == appeal.appeal_id else None, shelf)
    )
    return tuple(found)


def standing_addresses(shares: Sequence[Share]) -> tuple[str, ...]:
    """Everywhere it stands under a name of ours."""
    return tuple(dict.fromkeys(address for share in shares for address in share.addresses))


def _versions(
    appeal: Appeal, post_id: PostId, known: Sequence[Post] | None, shelf: Shelf
) -> Iterator[Share]:
    for post in shelf.posts.history(post_id) if known is None else known:
        if post.state in KEPT_IN or (post.correction and post.correction.appeal):
            continue
        own = post_id == appeal.appeal_id
        sent = [
            (each, each.receipt.url)
            for each in shelf.publications.of(post_id, post.version)
            if each.state is Outcome.SENT and each.receipt
        ]
        waits = own and post.state not in ENDINGS
        if sent or waits:
            yield Share(
                post,
                {each.platform: url for each, url in sent if each.part == 1},
                tuple(url for _, url in sent),
                post_id in appeal.added,
                waits,
                _closing(post, shelf),
            )


def _closing(post: Post, shelf: Shelf) -> Post | None:
    """The last that was said to end it, as its newest version stands."""
    found = dict(shelf.closings(post.post_id, post.version))
    read = shelf.snapshots.read(posts=found.items()).posts
    newest = [read[each] for each in found.items() if each in read]
    return newest[-1] if newest else None
