"""How incidents and their board are spelled in rows."""

from typing import Any

from shared.accounts.incident import NO_INCIDENTS, Board, Event, Incident, Scope, Telling
from shared.posts.names import AccountId, IncidentId, PersonId
from shared.records.incident_rows import IncidentRow
from shared.records.spelling import as_json, from_json, moment, written

Entry = dict[str, Any]


def entry_of(incident: Incident) -> str:
    """An incident as it lies in its row; whom it was told to lies beside it."""
    return as_json(_spelled(incident))


def incident_of(row: IncidentRow) -> Incident:
    """The incident a row holds."""
    return _read(from_json(row.entry), tellings_of(row.tellings))


def board_entry(board: Board) -> str:
    """The incidents of a board as they lie in its row."""
    return as_json([_spelled(incident) for incident in board.incidents])


def board_of(row: IncidentRow | None) -> Board:
    """The board a row holds; before the first incident there is none, and it is empty."""
    if row is None:
        return NO_INCIDENTS
    return Board(int(row.generation), tuple(_read(each, ()) for each in from_json(row.entry)))


def tellings_text(tellings: tuple[Telling, ...]) -> str:
    """Who was told of an incident, as it lies in its row."""
    return as_json(
        [
            {
                "event": told.event.value,
                "first_at": written(told.first_at) if told.first_at else None,
                "last_at": written(told.last_at) if told.last_at else None,
                "told_at": written(told.told_at),
                "letters": told.letters,
                "undelivered": list(told.undelivered),
            }
            for told in tellings
        ]
    )


def tellings_of(text: str | None) -> tuple[Telling, ...]:
    """What `tellings_text` wrote."""
    return tuple(
        Telling(
            event=Event(told["event"]),
            first_at=moment(told["first_at"]) if told["first_at"] else None,
            last_at=moment(told["last_at"]) if told["last_at"] else None,
            told_at=moment(told["told_at"]),
            letters=told["letters"],
            undelivered=tuple(map(PersonId, told["undelivered"])),
        )
        for told in (from_json(text) if text else ())
    )


def _spelled(incident: Incident) -> Entry:
    ended = incident.stood_down_at
    return {
        "incident_id": incident.incident_id,
        "scope": incident.scope.value,
        "area": incident.area,
        "lpt": incident.lpt,
        "why": incident.why,
        "declared_by": incident.declared_by,
        "declared_at": written(incident.declared_at),
        "exempt": sorted(incident.exempt),
        "drill": incident.drill,
        "stood_down_by": incident.stood_down_by,
        "stood_down_at": written(ended) if ended else None,
        "stood_down_why": incident.stood_down_why,
    }


def _read(entry: Entry, tellings: tuple[Telling, ...]) -> Incident:
    ended = entry["stood_down_at"]
    return Incident(
        incident_id=IncidentId(entry["incident_id"]),
        scope=Scope(entry["scope"]),
        area=entry["area"],
        lpt=AccountId(entry["lpt"]) if entry["lpt"] else None,
        why=entry["why"],
        declared_by=PersonId(entry["declared_by"]),
        declared_at=moment(entry["declared_at"]),
        exempt=frozenset(map(AccountId, entry["exempt"])),
        drill=entry["drill"],
        stood_down_by=PersonId(entry["stood_down_by"]) if entry["stood_down_by"] else None,
        stood_down_at=moment(ended) if ended else None,
        stood_down_why=entry["stood_down_why"],
        tellings=tellings,
    )
