"""How an account is spelled in its row. What is as usual is left out, so that rows from before a
field was thought of read, and compare, as they always did.
"""

from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from shared.accounts.checklist import Item
from shared.accounts.registry import (
    Account,
    AccountKind,
    AccountStatus,
    ApprovalMode,
    ClosureProposed,
    Handle,
    Level,
    PersonStatus,
    ReservedName,
    StatusChange,
    TwoStep,
)
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.registry_rows import AccountRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

LISTED = "accounts"

Entry = dict[str, Any]


def account_row(tables: Tables, account: Account, part_of: str | None = None) -> AccountRow:
    """The row of an account; sets are sorted, so that equal entries are equal text."""
    entry = {
        "title": account.title,
        "level": account.level.value,
        "area": account.area,
        "email": account.email,
        "handles": [[h.platform, h.name, h.service] for h in account.handles],
        "owner": account.owner,
        "members": sorted(account.members),
        "deputies": sorted(account.deputies),
        "senior": account.senior,
        "approval_mode": account.approval_mode.value,
        "status": account.status.value,
        **without_usual(account, _later(account)),
    }
    return tables.accounts(
        account_id=account.account_id, listed=LISTED, part_of=part_of, entry=as_json(entry)
    )


def _later(account: Account) -> Entry:
    """The fields that rows have had since the registry keeps more than who may speak."""
    proposed = account.closure_proposed
    return {
        "kind": account.kind.value,
        "purpose": account.purpose,
        "audience": account.audience,
        "parent": account.parent,
        "communications_manager": account.communications_manager,
        "force_page": account.force_page,
        "house_rules": account.house_rules,
        "checklist": sorted(item.value for item in account.checklist),
        "reserved_names": [[name.platform, name.name] for name in account.reserved_names],
        "rhythm_hours": account.rhythm_hours,
        "two_step": [[step.platform, step.on.isoformat()] for step in account.two_step],
        "review_date": account.review_date and account.review_date.isoformat(),
        "history": [spelled_change(change) for change in account.history],
        "closure_proposed": proposed and [written(proposed.at), written(proposed.silent_since)],
        "kept_open_at": account.kept_open_at and written(account.kept_open_at),
    }


def without_usual(shape: Any, spelled: Entry) -> Entry:
    """What differs from the usual value of its field."""
    usual = {field.name: field.default for field in fields(shape)}
    return {name: value for name, value in spelled.items() if getattr(shape, name) != usual[name]}


def account_of(row: AccountRow) -> Account:
    """The account a row holds."""
    entry = from_json(row.entry)
    return Account(
        account_id=AccountId(row.account_id),
        title=entry["title"],
        level=Level(entry["level"]),
        area=entry["area"],
        email=entry["email"],
        handles=tuple(Handle(PlatformName(p), name, url) for p, name, url in entry["handles"]),
        owner=PersonId(entry["owner"]),
        members=_people(entry["members"]),
        deputies=_people(entry["deputies"]),
        senior=entry["senior"],
        approval_mode=ApprovalMode(entry["approval_mode"]),
        status=AccountStatus(entry["status"]),
        kind=AccountKind(entry.get("kind", AccountKind.TEAM)),
        purpose=entry.get("purpose", ""),
        audience=entry.get("audience", ""),
        parent=entry.get("parent"),
        communications_manager=entry.get("communications_manager"),
        force_page=entry.get("force_page", ""),
        house_rules=entry.get("house_rules", ""),
        checklist=frozenset(map(Item, entry.get("checklist", ()))),
        reserved_names=tuple(
            ReservedName(PlatformName(platform), name)
            for platform, name in entry.get("reserved_names", ())
        ),
        rhythm_hours=entry.get("rhythm_hours"),
        two_step=tuple(
            TwoStep(PlatformName(platform), date.fromisoformat(day))
            for platform, day in entry.get("two_step", ())
        ),
        review_date=day_of(entry.get("review_date")),
        history=tuple(read_change(change, AccountStatus) for change in entry.get("history", ())),
        closure_proposed=_proposed_in(entry.get("closure_proposed")),
        kept_open_at=moment(kept) if (kept := entry.get("kept_open_at")) else None,
    )


def _proposed_in(spelled: list[str] | None) -> ClosureProposed | None:
    return ClosureProposed(*map(moment, spelled)) if spelled else None


def _people(listed: Iterable[str]) -> frozenset[PersonId]:
    return frozenset(map(PersonId, listed))


def day_of(text: str | None) -> date | None:
    """The day that `isoformat` wrote, or none."""
    return date.fromisoformat(text) if text else None


def spelled_change(change: StatusChange) -> list[str]:
    """One step of a life as its row has it."""
    return [change.status.value, written(change.at), change.by, change.why]


def read_change(spelled: list[str], kind: type[AccountStatus] | type[PersonStatus]) -> StatusChange:
    """The step that `spelled_change` wrote."""
    status, at, by, why = spelled
    return StatusChange(kind(status), moment(at), by, why)
