"""Critical incidents: who declared what for whom, and which accounts they keep quiet (I01-I04).

While one lasts, only senior accounts speak. What was queued before its end waits for a review of
its own after it: standing an incident down releases nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shared.accounts.registry import Account
from shared.posts.names import AccountId, IncidentId, PersonId, PlatformName

SANDBOX = PlatformName("sandbox")
"""The only platform that a drill touches."""

REMEMBERED = timedelta(days=366)
"""So long after its end an incident is still asked about: longer than any schedule of a post."""


class Scope(StrEnum):
    """How far an incident reaches (X14)."""

    FORCE = "force"
    AREA = "area"


class Event(StrEnum):
    """What people are told of."""

    DECLARED = "declared"
    STOOD_DOWN = "stood_down"


@dataclass(frozen=True)
class Telling:
    """Everybody affected was told of one event: from the first letter to the last (None: there
    was none), how many, and whom no letter could be sent to."""

    event: Event
    first_at: datetime | None
    last_at: datetime | None
    told_at: datetime
    letters: int
    undelivered: tuple[PersonId, ...] = ()


@dataclass(frozen=True)
class Incident:
    """One critical incident, or a drill of one. `area` and the account of its LPT are set where
    the scope is an area; `exempt` accounts go on speaking."""

    incident_id: IncidentId
    scope: Scope
    area: str
    lpt: AccountId | None
    why: str
    declared_by: PersonId
    declared_at: datetime
    exempt: frozenset[AccountId] = frozenset()
    drill: bool = False
    stood_down_by: PersonId | None = None
    stood_down_at: datetime | None = None
    stood_down_why: str | None = None
    tellings: tuple[Telling, ...] = ()

    @property
    def active(self) -> bool:
        """Whether nobody has stood it down yet."""
        return self.stood_down_at is None

    def was_active(self, at: datetime) -> bool:
        """Whether it lasted at this moment."""
        ended = self.stood_down_at
        return self.declared_at <= at and (ended is None or at < ended)

    def reaches(self, account: Account) -> bool:
        """Whether its scope takes this account in, and nobody exempted it."""
        if account.account_id in self.exempt:
            return False
        if self.scope is Scope.FORCE:
            return True
        if self.lpt is not None and self.lpt in {account.account_id, account.parent}:
            return True
        return folded(self.area) != "" and folded(self.area) == folded(account.area)

    def touches(self, platforms: Iterable[PlatformName]) -> bool:
        """Whether it concerns a post that is meant for these: a drill only the sandbox alone."""
        return not self.drill or set(platforms) == {SANDBOX}

    def affects(
        self, account: Account, platforms: Iterable[PlatformName], cleared_at: datetime
    ) -> bool:
        """Whether a post of this account that was let go at `cleared_at` (submitted, or reviewed
        since) has to wait: while the incident lasts, and for a review once it is over."""
        if not self.reaches(account) or not self.touches(platforms):
            return False
        return self.stood_down_at is None or self.stood_down_at > cleared_at

    def telling(self, event: Event) -> Telling | None:
        """How everybody was told of this event; None while they are not."""
        return next((told for told in self.tellings if told.event is event), None)


@dataclass(frozen=True)
class Board:
    """The incidents that last, and those stood down within a year, oldest first. Its generation
    grows with every change: whoever acts on a board says by which one they judged."""

    generation: int = 0
    incidents: tuple[Incident, ...] = ()

    @property
    def active(self) -> tuple[Incident, ...]:
        """The incidents that last."""
        return tuple(incident for incident in self.incidents if incident.active)

    def affecting(
        self, account: Account, platforms: Iterable[PlatformName], since: datetime
    ) -> Incident | None:
        """The incident for which a post let go at `since` has to wait; one that lasts is named
        before one that is over, a real one before a drill."""
        meant = tuple(platforms)
        return _foremost([i for i in self.incidents if i.affects(account, meant, since)])

    def silencing(
        self, account: Account, platforms: Iterable[PlatformName], submitted_at: datetime
    ) -> Incident | None:
        """The incident that lasted when these words were submitted: they are not accepted."""
        lasted = [i for i in self.incidents if i.was_active(submitted_at)]
        meant = tuple(platforms)
        return _foremost([i for i in lasted if i.reaches(account) and i.touches(meant)])

    def lasting(self, account: Account, platforms: Iterable[PlatformName]) -> Incident | None:
        """The incident that keeps a post of this account back now; it does until it is over."""
        meant = tuple(platforms)
        return _foremost([i for i in self.active if i.reaches(account) and i.touches(meant)])

    def same_reach(self, incident: Incident) -> Incident | None:
        """Another incident that lasts and keeps the same accounts quiet; None if there is none,
        or if this one is over."""
        others = (i for i in self.active if i.incident_id != incident.incident_id)
        same = (i for i in others if incident.active and _reach(i) == _reach(incident))
        return next(same, None)

    def over(self, accounts: Iterable[Account]) -> tuple[Incident, ...]:
        """The incidents that last and reach any of these accounts: what a banner tells of."""
        listed = tuple(accounts)
        return tuple(i for i in self.active if any(map(i.reaches, listed)))

    def with_incident(self, incident: Incident, now: datetime) -> "Board":
        """The next board: this incident as it is now, and nothing that is over for a year."""
        others = [i for i in self.incidents if i.incident_id != incident.incident_id]
        named = replace(incident, tellings=())  # who was told is the incident's own entry's
        kept = sorted(_remembered([*others, named], now), key=lambda i: i.declared_at)
        return Board(self.generation + 1, tuple(kept))


NO_INCIDENTS = Board()
"""The board of a force that never declared one."""


def folded(area: str) -> str:
    """An area as it compares: `River  side ` and `RIVER SIDE` are one."""
    return re.sub(r"\s+", " ", area).strip().casefold()


def _reach(incident: Incident) -> tuple[Scope, str, AccountId | None, bool]:
    return incident.scope, folded(incident.area), incident.lpt, incident.drill


def _foremost(found: list[Incident]) -> Incident | None:
    return min(found, key=lambda i: (not i.active, i.drill, i.declared_at), default=None)


def _remembered(incidents: Iterable[Incident], now: datetime) -> Iterator[Incident]:
    for incident in incidents:
        if incident.stood_down_at is None or now - incident.stood_down_at < REMEMBERED:
            yield incident
