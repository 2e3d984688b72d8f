"""What a person may see and speak for; what they may not see is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shared.accounts.registry import Account, Person
from shared.accounts.rights import may_post, may_read
from shared.posts.life import Post, State
from shared.posts.names import AccountId, PostId
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots

if TYPE_CHECKING:  # pages are read in by whoever shows one
    from shared.pages.views import ReturnedNote


def no_post(post_id: str) -> NotFoundError:
    """What is said of a post that is not there."""
    return NotFoundError("post", post_id)


@dataclass(frozen=True)
class Sight:
    """Looks at posts and accounts with one person's eyes; `missing` says why a post is not there
    for anybody."""

    person: Person
    accounts: Accounts
    posts: Posts
    snapshots: Snapshots
    missing: Callable[[str], NotFoundError] = no_post

    def own_accounts(self) -> tuple[Account, ...]:
        """The accounts this person may post for."""
        return tuple(a for a in self.accounts.all() if may_post(self.person, a).allowed)

    def account(self, account_id: str) -> Account:
        """An account whose posts this person may read; NotFoundError."""
        account = self.accounts.get(AccountId(account_id))
        if may_read(self.person, account):
            return account
        raise NotFoundError("account", account_id)

    def versions(self, post_id: str) -> tuple[Post, ...]:
        """All versions of a post, first to last; NotFoundError."""
        versions = self.posts.history(PostId(post_id))
        if not versions:
            raise self.missing(post_id)
        if versions[-1].author != self.person.person_id:
            self.account(versions[-1].draft.account)
        return versions

    def why_returned(self, post: Post) -> "ReturnedNote | None":
        """Who sent a version back, when and why; None for what was not sent back."""
        if post.state is not State.RETURNED:
            return None
        version = (post.post_id, post.version)
        ruling = self.snapshots.read(approvals=[version]).approval(*version).ruling
        if ruling is None:
            return None
        by = self.snapshots.read(people=[ruling.by]).person(ruling.by)
        from shared.pages.views import ReturnedNote

        return ReturnedNote(by.name, ruling.at, ruling.reason or "")
