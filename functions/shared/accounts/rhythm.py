"""How long an account may be silent before the public wonders (policy.md D02, D28).

Hourly to monthly, as people expect it of that account: the registry says how many hours, and where
it says nothing, its level does.
"""

from collections.abc import Mapping
from datetime import timedelta

from shared.accounts.registry import Account, Level

USUAL: Mapping[Level, timedelta] = {
    Level.CORPORATE: timedelta(days=1),
    Level.LPT: timedelta(days=7),
    Level.NEIGHBOURHOOD: timedelta(days=31),
}
"""The longest silence of an account of which nobody said another."""


def rhythm(account: Account) -> timedelta:
    """The longest silence that the public should meet from this account."""
    if account.rhythm_hours is None:
        return USUAL[account.level]
    return timedelta(hours=account.rhythm_hours)


def rhythm_words(account: Account) -> str:
    """The same for people: such as every 36 hours, every 7 days by its level."""
    longest = rhythm(account)
    whole = longest.seconds == 0
    number, unit = (
        (longest.days, "day") if whole else (int(longest.total_seconds()) // 3600, "hour")
    )
    often = f"every {unit}" if number == 1 else f"every {number} {unit}s"
    return often if account.rhythm_hours is not None else f"{often}, as usual for its level"
