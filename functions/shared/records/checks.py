"""Daily checks: that somebody looked through what was said to an account, once for each day."""

from collections.abc import Iterable
from datetime import date

from shared.mentions.acts import Heard, subject_of_check
from shared.mentions.checks import Check
from shared.posts.names import AccountId, PersonId
from shared.recordlog.leaf import Act
from shared.records.errors import AlreadyExistsError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

CHECK = "check:"


class Checks:
    """Where daily checks are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def record(self, check: Check) -> bool:
        """On record; False if somebody had looked that day before."""
        table = self._tables.mentions
        name = _name(check.account, check.day)
        row = table(mention_id=name, entry=as_json({"by": check.by, "at": written(check.at)}))
        taken = AlreadyExistsError("check", name)
        put = Write(row, table.mention_id.does_not_exist(), lambda _: taken)
        act = Act(
            type=Heard.CHECKED.value,
            account=check.account,
            subject=subject_of_check(check.account, check.day.isoformat()),
            at=check.at,
            actor=check.by,
            approver=None,
            reason=None,
            payload={"day": check.day.isoformat()},
        )
        try:
            commit(self._tables.connection, [put, *recording(self._tables, self._pen, act)])
        except AlreadyExistsError:
            return False
        return True

    def several(self, wanted: Iterable[tuple[AccountId, date]]) -> tuple[Check, ...]:
        """Those there are of these, in this order."""
        keys = {each: Key(self._tables.mentions, (_name(*each),)) for each in wanted}
        found = fetch(self._tables.connection, keys.values())
        rows = {each: from_json(found[key].entry) for each, key in keys.items() if key in found}
        return tuple(
            Check(*each, PersonId(held["by"]), moment(held["at"])) for each, held in rows.items()
        )


def _name(account: AccountId, day: date) -> str:
    return f"{CHECK}{account}/{day.isoformat()}"
