"""Who last searched by hand for impostors of an account on a platform, and on which day: said by a
person, each with its leaf."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from shared.impostors.acts import Chased, subject_of_search
from shared.impostors.hand_searches import Asking, HandSearch
from shared.posts.acts import SYSTEM
from shared.posts.names import AccountId, PersonId
from shared.recordlog.leaf import Act
from shared.records.errors import ChangedError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.spelling import as_json, from_json
from shared.records.tables import Tables
from shared.records.targets import Target, as_read, read_targets, row_name
from shared.records.transaction import Write, commit

BY_HAND = "by_hand:"


class HandSearches:
    """Where it is kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def several(self, targets: Iterable[Target]) -> dict[Target, HandSearch]:
        """The last search of each of these; one that nobody searched is empty."""
        table = self._tables.impostors
        return read_targets(self._tables, table, BY_HAND, targets, read=_read, empty=HandSearch)

    def keep(
        self, before: Sequence[HandSearch], searched_on: date, by: PersonId, at: datetime
    ) -> tuple[HandSearch, ...]:
        """Somebody searched all of these on that day; ChangedError if somebody else has said so of
        one of them meanwhile, and then none is kept."""
        after = tuple(replace(each, searched_on=searched_on, by=by) for each in before)
        writes = []
        for was, now in zip(before, after, strict=True):
            act = act_of_search(now, at)
            writes += [self._write(was, now), *recording(self._tables, self._pen, act)]
        commit(self._tables.connection, writes)
        return after

    def _write(self, before: HandSearch, after: HandSearch) -> Write:
        table = self._tables.impostors
        row = table(case_id=row_name(BY_HAND, (after.account, after.platform)), entry=_entry(after))
        same = as_read(table.entry, _entry(before) if before.searched_on else None)
        changed = ChangedError("search by hand", row.case_id, "was made by somebody else")
        return Write(row, same, lambda _: changed)


def act_of_search(search: HandSearch, at: datetime) -> Act:
    """That somebody searched there."""
    return Act(
        type=Chased.SEARCHED_BY_HAND.value,
        account=search.account,
        subject=subject_of_search(search.account, search.platform),
        at=at,
        actor=search.by or SYSTEM,
        approver=None,
        reason=None,
        payload={"platform": search.platform, "searched_on": _day(search)},
    )


def act_of_asking(account: AccountId, asked: Asking, at: datetime) -> Act:
    """That somebody was asked to search for this account."""
    return Act(
        type=Chased.SEARCH_ASKED.value,
        account=account,
        subject=subject_of_search(account),
        at=at,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"of": asked.name, "platforms": list(asked.platforms)},
    )


def _entry(search: HandSearch) -> str:
    return as_json({"searched_on": _day(search), "by": search.by})


def _day(search: HandSearch) -> str | None:
    return search.searched_on.isoformat() if search.searched_on else None


def _read(target: Target, entry: str) -> HandSearch:
    held: dict[str, Any] = from_json(entry)
    return HandSearch(*target, date.fromisoformat(held["searched_on"]), PersonId(held["by"]))
