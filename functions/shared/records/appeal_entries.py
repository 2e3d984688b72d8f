"""Appeals as rows, and back; and what every leaf about one says."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from shared.posts.acts import SYSTEM
from shared.posts.appeal import (
    Appeal,
    Appealed,
    AppealState,
    Copy,
    Fate,
    Said,
    Settled,
    subject_of,
)
from shared.posts.names import AccountId, PersonId, PostId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.appeal_rows import HEAD, OPEN, AppealRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables


def appeal_row(tables: Tables, appeal: Appeal) -> AppealRow:
    """The head of an appeal."""
    lasts = appeal.state is not AppealState.CLOSED
    ends_on = appeal.ends_on.isoformat()
    entry = {
        "account": appeal.account,
        "owner": appeal.owner,
        "opened_at": written(appeal.opened_at),
        "ends_on": ends_on,
        "state": appeal.state.value,
        "added": list(appeal.added),
        "copies": [_copy(each) for each in appeal.copies],
        "found": _said(appeal.found),
        "closed": _said(appeal.closed),
    }
    return tables.appeals(
        appeal_id=appeal.appeal_id,
        item=HEAD,
        entry=as_json(entry),
        open=OPEN if lasts else None,
        ends_on=ends_on if lasts else None,
    )


def appeal_of(row: AppealRow) -> Appeal:
    """The appeal a head holds."""
    held: dict[str, Any] = from_json(row.entry)
    return Appeal(
        appeal_id=PostId(row.appeal_id),
        account=AccountId(held["account"]),
        owner=PersonId(held["owner"]),
        opened_at=moment(held["opened_at"]),
        ends_on=date.fromisoformat(held["ends_on"]),
        state=AppealState(held["state"]),
        added=tuple(map(PostId, held["added"])),
        copies=tuple(map(_copy_of, held["copies"])),
        found=_said_of(held["found"]),
        closed=_said_of(held["closed"]),
    )


def act_on_appeal(
    appeal: Appeal,
    happened: Appealed,
    at: datetime,
    payload: Mapping[str, JSON],
    *,
    actor: PersonId | str = SYSTEM,
    reason: str | None = None,
    personal: Mapping[str, JSON] | None = None,
) -> Act:
    """What happened to an appeal; `personal` is sealed, and can be erased."""
    return Act(
        type=happened.value,
        account=appeal.account,
        subject=subject_of(appeal.appeal_id),
        at=at,
        actor=actor,
        approver=None,
        reason=reason,
        payload=payload,
        personal=personal or {},
    )


def _copy(copy: Copy) -> dict[str, Any]:
    said = copy.settled
    settled = {**asdict(said), "fate": said.fate.value, "at": written(said.at)} if said else None
    return {**asdict(copy), "at": written(copy.at), "settled": settled}


def _copy_of(held: dict[str, Any]) -> Copy:
    said = held["settled"]
    settled = (
        Settled(**{**said, "fate": Fate(said["fate"]), "at": moment(said["at"])}) if said else None
    )
    return Copy(**{**held, "at": moment(held["at"]), "settled": settled})


def _said(said: Said | None) -> dict[str, Any] | None:
    return {**asdict(said), "at": written(said.at)} if said else None


def _said_of(held: dict[str, Any] | None) -> Said | None:
    return Said(**{**held, "at": moment(held["at"])}) if held else None
