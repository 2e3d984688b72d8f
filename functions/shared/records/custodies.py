"""Custody of platform keys, one row a target: who set them and when, never what they are."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from shared.accounts.acts import Happened, target_subject
from shared.accounts.custody import Check, Custody, Use
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.recordlog.leaf import Act
from shared.records.errors import ChangedError, NotFoundError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import one
from shared.records.registry_rows import CustodyRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.together import are_written, commit_each
from shared.records.transaction import Write, commit


class Custodies:
    """Where custody is kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def find(
        self, account_id: AccountId, platform: PlatformName, use: Use = Use.PUBLISH
    ) -> Custody | None:
        """The custody of a target, None if nobody ever set its keys."""
        place = platform if use is Use.PUBLISH else f"{platform}/{use.value}"
        try:
            return custody_of(one(self._tables.custodies, account_id, place))
        except NotFoundError:
            return None

    def of(self, account_id: AccountId) -> tuple[Custody, ...]:
        """Every target of an account, by platform."""
        rows = self._tables.custodies.query(account_id, consistent_read=True)
        return tuple(map(custody_of, rows))

    def all(self) -> tuple[Custody, ...]:
        """Every target, by account and platform."""
        rows = self._tables.custodies.scan(consistent_read=True)
        return tuple(sorted(map(custody_of, rows), key=lambda custody: custody.target))

    def ends(self, account_id: AccountId) -> dict[PlatformName, datetime]:
        """When an account's keys end, by platform, of those to publish whose end is known."""
        found = (each for each in self.of(account_id) if each.use is Use.PUBLISH)
        return {each.platform: each.ends_at for each in found if each.ends_at}

    def change(self, before: Custody | None, after: Custody, act: Act | None) -> None:
        """Another custody in the place of `before`; ChangedError if that is not what stands. No
        act where nothing happened: a check that found what the last one found.
        """
        commit(self._tables.connection, self._changing(before, after, act))

    def change_each(self, changes: Iterable[tuple[Custody, Custody, Act | None]]) -> list[bool]:
        """The same of many that have nothing to do with one another; whether it is so of each, for
        somebody may have set new keys meanwhile."""
        writes = [self._changing(*each) for each in changes]
        return are_written(commit_each(self._tables.connection, writes), unless=ChangedError)

    def _changing(self, before: Custody | None, after: Custody, act: Act | None) -> list[Write]:
        entry = self._tables.custodies.entry
        same = (
            entry == custody_row(self._tables, before).entry if before else entry.does_not_exist()
        )
        changed = ChangedError("custody", after.target, "was changed by somebody else")
        put = Write(custody_row(self._tables, after), same, lambda _: changed)
        return [put, *(recording(self._tables, self._pen, act) if act else [])]


def custody_row(tables: Tables, custody: Custody) -> CustodyRow:
    """The row of a custody."""
    moments = {
        name: written(at) if (at := getattr(custody, name)) else None
        for name in ("set_at", "begun_at", "forced_at", "checked_at")
    }
    entry = {
        "known_by": sorted(custody.known_by),
        "set_by": custody.set_by,
        "due": custody.due.isoformat(),
        "check": custody.check.value,
        **moments,
        # Only where it is known: what was kept before it was asked for reads as it was written.
        **({"ends_at": written(custody.ends_at)} if custody.ends_at else {}),
    }
    return tables.custodies(
        account_id=custody.account_id, platform=custody.place, entry=as_json(entry)
    )


def custody_of(row: CustodyRow) -> Custody:
    """The custody a row holds."""
    entry = from_json(row.entry)
    moments = {
        name: moment(entry[name]) if entry[name] else None
        for name in ("set_at", "begun_at", "forced_at", "checked_at")
    }
    platform, _, use = row.platform.partition("/")
    return Custody(
        account_id=AccountId(row.account_id),
        platform=PlatformName(platform),
        use=Use(use or Use.PUBLISH),
        known_by=frozenset(map(PersonId, entry["known_by"])),
        set_by=PersonId(entry["set_by"]),
        due=date.fromisoformat(entry["due"]),
        check=Check(entry["check"]),
        ends_at=moment(entry["ends_at"]) if entry.get("ends_at") else None,
        **moments,
    )


def force_rotation(
    custodies: Custodies, known: Iterable[Custody], at: datetime, actor: str
) -> tuple[Custody, ...]:
    """Each of these has to be changed at once, for somebody who knew it lost access; told once."""
    forced = []
    for custody in known:
        if custody.forced_at is None:
            after = replace(custody, forced_at=at)
            custodies.change(custody, after, _forced(custody, at, actor))
            forced.append(after)
    return tuple(forced)


def _forced(custody: Custody, at: datetime, actor: str) -> Act:
    return Act(
        type=Happened.ROTATION_FORCED.value,
        account=custody.account_id,
        subject=target_subject(custody.account_id, custody.place),
        at=at,
        actor=actor,
        approver=None,
        reason="Somebody who knew the keys has no access any more.",
        payload={},
    )
