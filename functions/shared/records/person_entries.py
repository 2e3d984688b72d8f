"""How a person is spelled in their row; what is as usual is left out, as with accounts."""

from datetime import date
from typing import Any

from shared.accounts.registry import (
    Acceptance,
    Delegation,
    Leave,
    Person,
    PersonStatus,
    Role,
)
from shared.accounts.training import Topic, Training
from shared.posts.names import PersonId
from shared.records.account_entries import read_change, spelled_change, without_usual
from shared.records.registry_rows import PersonRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables

APPROVERS = "approvers"
LISTED = "people"


def person_row(tables: Tables, person: Person) -> PersonRow:
    """The row of a person; only who is active and has a place in the rota is in its index."""
    on_duty = person.duty is not None and person.status is PersonStatus.ACTIVE
    entry = {
        "name": person.name,
        "email": person.email,
        "mobile": person.mobile,
        "role": person.role.value,
        "status": person.status.value,
        "duty": person.duty,
        **without_usual(person, _later(person)),
    }
    return tables.people(
        person_id=person.person_id,
        listed=LISTED,
        email_key=person.email.casefold() or None,
        rota=APPROVERS if on_duty else None,
        duty=person.duty if on_duty else None,
        entry=as_json(entry),
    )


def _later(person: Person) -> dict[str, Any]:
    accepted, verified = person.acceptance, person.reverified_at
    return {
        "rank": person.rank,
        "training": [[each.topic.value, each.on.isoformat()] for each in person.training],
        "acceptance": accepted and [accepted.version, accepted.on.isoformat()],
        "leave": [
            [period.first_day.isoformat(), period.last_day.isoformat(), period.cover]
            for period in person.leave
        ],
        "reverified_at": verified and written(verified),
        "history": [spelled_change(change) for change in person.history],
        "senior": person.senior,
        "delegations": [
            [each.to, each.first_day.isoformat(), each.last_day.isoformat(), each.why]
            for each in person.delegations
        ],
    }


def person_of(row: PersonRow) -> Person:
    """The person a row holds."""
    entry = from_json(row.entry)
    accepted, verified = entry.get("acceptance"), entry.get("reverified_at")
    return Person(
        person_id=PersonId(row.person_id),
        name=entry["name"],
        email=entry["email"],
        mobile=entry["mobile"],
        role=Role(entry["role"]),
        status=PersonStatus(entry["status"]),
        duty=entry["duty"],
        rank=entry.get("rank", ""),
        training=tuple(
            Training(Topic(topic), date.fromisoformat(day))
            for topic, day in entry.get("training", ())
        ),
        acceptance=Acceptance(accepted[0], date.fromisoformat(accepted[1])) if accepted else None,
        leave=tuple(
            Leave(date.fromisoformat(first), date.fromisoformat(last), cover)
            for first, last, cover in entry.get("leave", ())
        ),
        reverified_at=moment(verified) if verified else None,
        history=tuple(read_change(change, PersonStatus) for change in entry.get("history", ())),
        senior=entry.get("senior", False),
        delegations=tuple(
            Delegation(PersonId(to), date.fromisoformat(first), date.fromisoformat(last), why)
            for to, first, last, why in entry.get("delegations", ())
        ),
    )
