"""Names that the force keeps registered so that nobody else speaks under them (policy A19), and
when somebody has to sign in to each, because platforms take away what nobody uses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from shared.accounts.handles import handle_key
from shared.accounts.registry import Account, AccountStatus, ReservedName
from shared.posts.names import PlatformName

AHEAD = timedelta(days=7)
"""So long before its day somebody hears of it."""

USUAL = timedelta(days=90)
KEEP_ALIVE: Mapping[PlatformName, timedelta] = {PlatformName("x"): timedelta(days=30)}
"""How long a name may lie unused: X asks for a sign-in every 30 days; of the others we know no
number, and a quarter of a year is on the safe side."""


@dataclass(frozen=True)
class KeptName:
    """A reserved name of an account; `signed_in` is the day somebody last signed in to it, None
    where nobody said so yet."""

    account: Account
    name: ReservedName
    signed_in: date | None = None

    @property
    def key(self) -> str:
        """What it is called: platform and name, as nobody else may hold them."""
        return handle_key(self.name.platform, self.name.name)

    @property
    def due(self) -> date | None:
        """By which day somebody has to sign in again; None: now, for nobody ever said they did."""
        lasts = KEEP_ALIVE.get(self.name.platform, USUAL)
        return self.signed_in + lasts if self.signed_in else None

    def is_due(self, today: date) -> bool:
        """Whether somebody has to hear of it."""
        return self.due is None or self.due - AHEAD <= today


def kept_names(accounts: Iterable[Account], signed_in: Mapping[str, date]) -> Iterator[KeptName]:
    """Every name that accounts keep; those of closed ones too, for they are kept from others."""
    for account in accounts:
        waits = account.status in (AccountStatus.REQUESTED, AccountStatus.APPROVED)
        for name in () if waits else account.reserved_names:
            kept = KeptName(account, name)
            yield KeptName(account, name, signed_in.get(kept.key))
