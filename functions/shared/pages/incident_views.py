"""The shapes that the pages of critical incidents and of held posts are filled with."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.incident import Board, Incident, Scope
from shared.accounts.registry import Account
from shared.pages.parts import FindingView, HistoryLine, MediaView, OtherWords, TargetView
from shared.pages.registry_views import Fact, FormView
from shared.posts.life import State
from shared.posts.names import IncidentId, PostId


@dataclass(frozen=True)
class Lasting:
    """An incident that lasts, as the banner on a page tells of it: whom it concerns, since when."""

    incident_id: IncidentId
    drill: bool
    concerns: str
    since: datetime


@dataclass(frozen=True)
class IncidentRow:
    """One line of the list of incidents."""

    incident_id: IncidentId
    drill: bool
    concerns: str
    declared_by: str
    declared_at: datetime
    stood_down_at: datetime | None


@dataclass(frozen=True)
class IncidentsView:
    """The incidents, newest first; `may_declare` opens the way to the form."""

    rows: tuple[IncidentRow, ...]
    next_cursor: str | None = None
    may_declare: bool = False


@dataclass(frozen=True)
class StoppedRow:
    """A post that an incident stopped, or will; `address` leads to it where the reader may look."""

    post_id: PostId
    version: int
    account_title: str
    text: str
    state: State
    at: datetime
    address: str | None = None


@dataclass(frozen=True)
class StoppedGroup:
    """What became of several posts in the same way; `sentence` says what is to be done."""

    title: str
    sentence: str
    rows: tuple[StoppedRow, ...]


@dataclass(frozen=True)
class IncidentView:
    """One incident; `groups` is None where the reader may not see what it stopped."""

    row: IncidentRow
    facts: tuple[Fact, ...]
    groups: tuple[StoppedGroup, ...] | None = None
    history: tuple[HistoryLine, ...] = ()
    forms: tuple[FormView, ...] = ()


@dataclass(frozen=True)
class HeldRow:
    """A post that waits for a review; `address` is where to look at it, `note` why not by you."""

    post_id: PostId
    version: int
    account_title: str
    author: str
    text: str
    why: str
    held_at: datetime
    ends_at: datetime
    address: str | None = None
    note: str = ""


@dataclass(frozen=True)
class HeldView:
    """The queue of held posts, longest waiting first."""

    rows: tuple[HeldRow, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class HoldView:
    """Exactly what would go out if it were let go, and the form to say so: None where the reader
    may not, and then the row's `note` says why."""

    row: HeldRow
    targets: tuple[TargetView, ...]
    submitted_at: datetime
    due: datetime | None
    policy_version: str
    content_hash: str
    media: tuple[MediaView, ...] = ()
    findings: tuple[FindingView, ...] = ()
    form: FormView | None = None
    second_reader: str | None = None
    others: tuple[OtherWords, ...] = ()

    @property
    def version(self) -> int:
        """Of the post."""
        return self.row.version


def lasting(board: Board, accounts: Iterable[Account]) -> tuple[Lasting, ...]:
    """What a banner tells somebody who posts for these accounts."""
    return tuple(
        Lasting(each.incident_id, each.drill, concerns(each), each.declared_at)
        for each in board.over(accounts)
    )


def concerns(incident: Incident) -> str:
    """Whom an incident concerns, in words."""
    return "the whole force" if incident.scope is Scope.FORCE else incident.area
