"""What a month of one account costs at AWS: computed from counts and prices, billed by nobody.

A post is charged what the budget allows (`make bench`: a US dollar a thousand), a list half of what
an account came to in `make scale`; a further platform and a mention by what they write, keys by the
price list, all as of the day named and rounded up. What all accounts share (schedules, alarms, the
sealing of the log) is in none of them.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from shared.accounts.registry import Account
from shared.posts.names import PlatformName

if TYPE_CHECKING:
    from shared.reports.facts import Facts

AS_OF = "2026-11-22"
PRICES: Mapping[str, int] = {
    "posts": 1_000,
    "targets": 250,
    "mentions": 50,
    "lists": 600,
    "keys": 400_000,
}
"""Millionths of a US dollar: a post with its approval; each further platform; a mention; a list
that is read; the keys of one platform, kept for a month."""

WITHOUT_KEYS = frozenset(map(PlatformName, ("feed", "sandbox", "console")))


def cost_of(account: Account, facts: "Facts") -> Mapping[str, int]:
    """The cost of each, where there is any."""
    targets = sum(len(each.where) + each.failed for each in facts.sent)
    counts = {
        "posts": len(facts.sent),
        "targets": max(0, targets - len(facts.sent)),
        "mentions": len(facts.mentions),
        "lists": len(facts.lists),
        "keys": sum(each.platform not in WITHOUT_KEYS for each in account.handles),
    }
    return {name: number * PRICES[name] for name, number in counts.items() if number}
