"""The limits that servers told of themselves, one row a server; what they said last and can be
believed stays until they say otherwise."""

from collections.abc import Iterable
from dataclasses import asdict

from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerAnswer, ServerLimits
from shared.recordlog.leaf import Act
from shared.records.errors import ChangedError
from shared.records.log import recording
from shared.records.pen import Pen
from shared.records.reading import Key, fetch
from shared.records.server_rows import ServerLimitRow
from shared.records.spelling import as_json, from_json, moment, written
from shared.records.tables import Tables
from shared.records.transaction import Write, commit

Server = tuple[PlatformName, str]


def server_name(platform: PlatformName, service: str) -> str:
    """What the row of a server is called, and how leaves name it."""
    return f"{platform} {service.rstrip('/')}"


class ServersTold:
    """Where the limits of servers are kept."""

    def __init__(self, tables: Tables, pen: Pen) -> None:
        self._tables = tables
        self._pen = pen

    def several(self, servers: Iterable[Server]) -> dict[Server, ServerAnswer]:
        """Those of them that were asked before, in one call."""
        table = self._tables.server_limits
        keys = {Key(table, (server_name(*server),)): server for server in servers}
        if not keys:
            return {}
        found = fetch(self._tables.connection, list(keys))
        return {keys[key]: answer_of(row) for key, row in found.items()}

    def keep(self, before: ServerAnswer | None, after: ServerAnswer, act: Act | None) -> None:
        """Another answer in the place of `before`; ChangedError if that is not what stands. No act
        where nothing changed but the moment."""
        entry = self._tables.server_limits.entry
        same = entry == _entry(before) if before else entry.does_not_exist()
        name = server_name(after.platform, after.service)
        changed = ChangedError("server", name, "was asked by somebody else")
        row = self._tables.server_limits(server=name, entry=_entry(after))
        leaf = recording(self._tables, self._pen, act) if act else []
        commit(self._tables.connection, [Write(row, same, lambda _: changed), *leaf])


def _entry(answer: ServerAnswer) -> str:
    limits = {**asdict(answer.limits), "types": list(answer.limits.types)}
    told_at = written(answer.told_at) if answer.told_at else None
    return as_json(
        {
            "platform": answer.platform,
            "service": answer.service,
            "asked_at": written(answer.asked_at),
            "limits": limits,
            "told_at": told_at,
            "fault": answer.fault,
        }
    )


def answer_of(row: ServerLimitRow) -> ServerAnswer:
    """The answer a row holds."""
    entry = from_json(row.entry)
    limits = entry["limits"]
    return ServerAnswer(
        platform=PlatformName(entry["platform"]),
        service=entry["service"],
        asked_at=moment(entry["asked_at"]),
        limits=ServerLimits(**{**limits, "types": tuple(limits["types"])}),
        told_at=moment(entry["told_at"]) if entry["told_at"] else None,
        fault=entry["fault"],
    )
