"""The week's posts as the newsletter tells them: what stands in public, by accounts of the public.

A post need not be addressed to the newsletter: whatever a public platform shows belongs to it.
"""

from shared.accounts.registry import Account, AccountKind
from shared.posts.content import Kind
from shared.posts.names import PlatformName
from shared.posts.newsletter import Issue, Item
from shared.records.accounts import Accounts
from shared.records.publication import Publication
from shared.records.published import Published, published
from shared.records.tables import Tables

INTERNAL = frozenset({PlatformName("viva-engage")})
TOLD = frozenset({Kind.ORIGINAL, Kind.CORRECTION})
"""A reply or a reshare says little without what it is about."""

FEED = PlatformName("feed")
"""Where a link leads if it can: readable by everybody, without an account anywhere."""


def items_of(issue: Issue, tables: Tables, accounts: Accounts) -> tuple[Item, ...]:
    """What the issue tells, oldest first."""
    public = {a.account_id: a for a in accounts.all() if a.kind is not AccountKind.INTERNAL_ONLY}
    found = published(tables, sorted(public), issue.since, issue.until, besides=INTERNAL)
    return tuple(
        _item(each, public[each.post.draft.account])
        for each in found
        if each.post.draft.kind in TOLD
    )


def _item(each: Published, account: Account) -> Item:
    order = lambda target: (target.platform != FEED, target.platform, target.part)  # noqa: E731
    first = min(each.targets, key=order)
    return Item(account.title, each.words_on(first.platform), _address(first), each.at)


def _address(target: Publication) -> str:
    return target.receipt.url if target.receipt else ""
