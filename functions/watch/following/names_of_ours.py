"""The force's own names, ready for one run after another.

Making them ready takes the whole registry, and more time than reading a small list does. They are
kept for as long as one run may use them anyway, so that whoever begins knows every name that was
entered longer ago than that.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.followers.likeness import OurNames, our_names

KEPT_FOR = timedelta(minutes=4)
"""No longer than one run (`read_followers.LONGEST_RUN`)."""


class NamesOfOurs:
    """Every name of ours as `accounts` tells them, read again once they are too old."""

    def __init__(self, accounts: Callable[[], Iterable[Account]]) -> None:
        self._accounts = accounts
        self._made: tuple[datetime, OurNames] | None = None

    def at(self, now: datetime) -> OurNames:
        """Those of this moment, or of one shortly before."""
        if self._made is None or not self._made[0] <= now < self._made[0] + KEPT_FOR:
            self._made = now, OurNames(our_names(self._accounts()))
        return self._made[1]
