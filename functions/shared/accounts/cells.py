"""An account as a line of a table: what stands in each column, and back.

Several things in one cell are parted by `;`; a handle is `platform name service`, a reserved name
`platform name`, two-step verification `platform day`. An empty cell is the usual value. No cell
holds a secret, a mobile number, or the name of a person; what happened to an account (its history,
that closing it was proposed or declined) is the record log's, and no table's.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from shared.accounts.checklist import Item
from shared.accounts.errors import Fault
from shared.accounts.registry import (
    Account,
    AccountKind,
    AccountStatus,
    ApprovalMode,
    Handle,
    Level,
    ReservedName,
    TwoStep,
)
from shared.posts.names import AccountId, PersonId, PlatformName

Cells = Mapping[str, str]

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)

REQUIRED = ("account_id", "title", "level", "area", "purpose", "audience", "email", "owner")
"""Columns no table may be without."""

COLUMNS = (
    *("account_id", "title", "level", "kind", "area", "purpose", "audience", "email", "handles"),
    *("owner", "deputies", "members", "communications_manager", "parent", "senior"),
    *("approval_mode", "status", "force_page", "house_rules", "checklist", "reserved_names"),
    *("rhythm_hours", "two_step", "review_date"),
)
"""Every column, in the order in which they are written."""

_YES, _NO = "yes", "no"


class CellError(Exception):
    """A cell that says nothing we know; `str()` says what it should say."""


def cells_of(account: Account) -> dict[str, str]:
    """What stands in each column for an account."""
    return {
        "account_id": account.account_id,
        "title": account.title,
        "level": account.level.value,
        "kind": account.kind.value,
        "area": account.area,
        "purpose": account.purpose,
        "audience": account.audience,
        "email": account.email,
        "handles": _joined(f"{h.platform} {h.name} {h.service}" for h in account.handles),
        "owner": account.owner,
        "deputies": _joined(sorted(account.deputies)),
        "members": _joined(sorted(account.members)),
        "communications_manager": account.communications_manager or "",
        "parent": account.parent or "",
        "senior": _YES if account.senior else _NO,
        "approval_mode": account.approval_mode.value,
        "status": account.status.value,
        "force_page": account.force_page,
        "house_rules": account.house_rules,
        "checklist": _joined(sorted(account.checklist)),
        "reserved_names": _joined(f"{r.platform} {r.name}" for r in account.reserved_names),
        "rhythm_hours": "" if account.rhythm_hours is None else str(account.rhythm_hours),
        "two_step": _joined(f"{step.platform} {step.on.isoformat()}" for step in account.two_step),
        "review_date": account.review_date.isoformat() if account.review_date else "",
    }


class _Reader:
    """The cells of one line, and what is wrong with those that were read."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells
        self.faults: list[Fault] = []

    def read(self, column: str, reader: Callable[[str], T], usual: T) -> T:
        """What a cell says; the usual value if it is empty or says nothing we know."""
        text = self.text(column)
        try:
            return reader(text) if text else usual
        except CellError as error:
            self.faults.append(Fault(column, str(error)))
            return usual

    def text(self, column: str) -> str:
        """A cell without the space around it."""
        return self._cells.get(column, "").strip()


def account_in(cells: Cells) -> tuple[Account | None, tuple[Fault, ...]]:
    """The account a line holds; or none, and what is wrong with each cell that cannot be read."""
    line = _Reader(cells)
    text, read = line.text, line.read
    if not text("level"):
        line.faults.append(Fault("level", f"Say which level: {_listed(Level)}."))
    account = Account(
        account_id=AccountId(text("account_id")),
        title=text("title"),
        level=read("level", _one_of(Level), Level.NEIGHBOURHOOD),
        area=text("area"),
        email=text("email"),
        handles=read("handles", _handles, ()),
        owner=PersonId(text("owner")),
        members=read("members", _people, frozenset()),
        deputies=read("deputies", _people, frozenset()),
        senior=read("senior", _yes_or_no, False),
        approval_mode=read("approval_mode", _one_of(ApprovalMode), ApprovalMode.FLAGGED),
        status=read("status", _one_of(AccountStatus), AccountStatus.REQUESTED),
        kind=read("kind", _one_of(AccountKind), AccountKind.TEAM),
        purpose=text("purpose"),
        audience=text("audience"),
        parent=AccountId(text("parent")) or None,
        communications_manager=PersonId(text("communications_manager")) or None,
        force_page=text("force_page"),
        house_rules=text("house_rules"),
        checklist=read("checklist", _items, frozenset()),
        reserved_names=read("reserved_names", _reserved, ()),
        rhythm_hours=read("rhythm_hours", _hours, None),
        two_step=read("two_step", _two_steps, ()),
        review_date=read("review_date", _day, None),
    )
    return (None if line.faults else account), tuple(line.faults)


def _joined(parts: Any) -> str:
    return "; ".join(parts)


def _parts(text: str) -> list[str]:
    return [part for each in text.split(";") if (part := each.strip())]


def _listed(kind: type[StrEnum]) -> str:
    return ", ".join(member.value for member in kind)


def _one_of(kind: type[E]) -> Callable[[str], E]:
    def read(text: str) -> E:
        try:
            return kind(text.lower())
        except ValueError as error:
            raise CellError(f"{_shown(text)} is none of {_listed(kind)}.") from error

    return read


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 40 else text[:40] + "…")  # noqa: PLR2004 - enough to find it


def _yes_or_no(text: str) -> bool:
    if text.lower() not in {_YES, _NO}:
        raise CellError(f"Write yes or no, not {_shown(text)}.")
    return text.lower() == _YES


def _people(text: str) -> frozenset[PersonId]:
    return frozenset(map(PersonId, _parts(text)))


def _items(text: str) -> frozenset[Item]:
    return frozenset(map(_one_of(Item), _parts(text)))


def _words(part: str, form: str) -> list[str]:
    words = part.split()
    if len(words) != len(form.split()):
        raise CellError(f"Write {form}, not {_shown(part)}.")
    return words


def _handles(text: str) -> tuple[Handle, ...]:
    words = (_words(part, "platform name service") for part in _parts(text))
    return tuple(Handle(PlatformName(where), name, service) for where, name, service in words)


def _reserved(text: str) -> tuple[ReservedName, ...]:
    words = (_words(part, "platform name") for part in _parts(text))
    return tuple(ReservedName(PlatformName(where), name) for where, name in words)


def _two_steps(text: str) -> tuple[TwoStep, ...]:
    words = (_words(part, "platform day") for part in _parts(text))
    return tuple(TwoStep(PlatformName(where), _day(on)) for where, on in words)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise CellError(f"Write a day as 2026-11-20, not {_shown(text)}.") from error


def _hours(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 4:  # noqa: PLR2004 - a month is 744
        raise CellError(f"Write a number of hours, not {_shown(text)}.")
    return int(text)
