"""When somebody last signed in to each name that the force keeps: said by a person, each with its
leaf. Which names are kept is in the registry; a name that leaves it is asked about no more."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from shared.impostors.acts import Chased
from shared.impostors.kept_names import KeptName
from shared.posts.names import PersonId
from shared.records.errors import ChangedError
from shared.records.impostor_entries import act_on_name
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

NAME = "name:"


class KeptNames:
    """Where it is kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def signed_in(self, keys: Iterable[str]) -> dict[str, date]:
        """Of these names, by their keys, the day somebody last signed in, where anybody said so."""
        wanted = {key: Key(self._tables.impostors, (f"{NAME}{key}",)) for key in keys}
        rows = fetch(self._tables.connection, wanted.values())
        return {
            key: date.fromisoformat(from_json(rows[row].entry)["signed_in"])
            for key, row in wanted.items()
            if row in rows
        }

    def keep(self, before: KeptName, signed_in: date, by: PersonId, at: datetime) -> KeptName:
        """Somebody signed in to it on that day; ChangedError if somebody else said so meanwhile."""
        after, table = replace(before, signed_in=signed_in), self._tables.impostors
        row = table(case_id=f"{NAME}{before.key}", entry=_entry(after))
        same = table.entry == _entry(before) if before.signed_in else table.entry.does_not_exist()
        changed = ChangedError("name", before.key, "was signed in to by somebody else")
        act = act_on_name(after, Chased.NAME_KEPT, at, by)
        write = Write(row, same, lambda _: changed)
        commit(self._tables.connection, [write, *recording(self._tables, self._pen, act)])
        return after


def _entry(kept: KeptName) -> str:
    return as_json({"signed_in": kept.signed_in.isoformat() if kept.signed_in else None})
