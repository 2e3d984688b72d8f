"""A question and its answer: a page of rows, how many there are, and one hash over all of them.

    asked = asked_search(Search.read(said), index)     # or asked_fixed(fixed("own_approvals"), …)
    first = answer(index, asked, limit=50)
    second = answer(index, asked, first.next, limit=50)      # as long as `next` is not None

Rows come in the order of the log. Each is one line of canonical JSON (RFC 8785) with its newline, a
member for each column, moments in RFC 3339, UTC, with milliseconds; `sha256` is over the lines of
all rows, whichever page is asked for. So the same question of the same months, as of the same size,
has the same hash, and whoever joins the pages can work it out.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, Any

from archive.questions.errors import BadSearchError, TooManyRowsError
from archive.questions.index import Index, Value
from archive.questions.search import Search
from archive.questions.search_fields import stamp
from archive.questions.views import EVERYTHING
from shared.recordlog.canonical import JSON, canonical_json

if TYPE_CHECKING:  # a search needs no pack
    from archive.questions.pack import Fixed

SECONDS = 20.0
MOST_ROWS = 100_000
"""Of all pages together; nobody reads more."""

MOST_ON_A_PAGE = 1_000

IN_ORDER = "SELECT * FROM (\n{sql}\n) ORDER BY leaf_index"
_GIVEN = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Asked:
    """A question with everything that was given to it. `name` is `search`, or a fixed question's;
    `size` is how much of the log is known; `said` is what was asked, as the answer repeats it."""

    name: str
    sql: str
    given: Mapping[str, Value]
    size: int
    said: Mapping[str, JSON]

    def as_json(self) -> dict[str, JSON]:
        """What was asked: everything that the answer depends on but the months; no `as_of` where
        all that was read is known."""
        known: dict[str, JSON] = {} if self.size >= EVERYTHING else {"as_of": self.size}
        return {"given": dict(self.said), "question": self.name, **known}


@dataclass(frozen=True)
class Answered:
    """One page: `rows` by column, in the order of the log; `total` and `sha256` are of all rows;
    `next` is the leaf after which the next page begins, None on the last."""

    asked: Asked
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, JSON], ...]
    total: int
    sha256: str
    next: int | None

    def as_json(self) -> dict[str, JSON]:
        """`{asked, columns, next, rows, sha256, total}`, each row an object."""
        return {
            "asked": self.asked.as_json(),
            "columns": list(self.columns),
            "next": self.next,
            "rows": list(self.rows),
            "sha256": self.sha256,
            "total": self.total,
        }


def asked_search(search: Search, index: Index, size: int = EVERYTHING) -> Asked:
    """A search, where the log has this size at the end of the months that are read. As of a moment,
    the log had the size 1 + the highest leaf that happened by then. BadSearchError for a regular
    expression that RE2 does not take."""
    if search.regex is not None:
        index.require_regex(search.regex)
    as_of = search.as_of
    known = size_at(index, as_of) if isinstance(as_of, datetime) else as_of
    size = size if known is None else min(size, known)
    return Asked("search", search.sql, search.given, size, search.as_json())


def asked_fixed(
    fixed: "Fixed",
    since: datetime,
    until: datetime,
    given: Mapping[str, str] | None = None,
    size: int = EVERYTHING,
) -> Asked:
    """A fixed question about what happened at or after `since` and before `until` (both aware).
    What is given, such as `{"seconds": "10"}`, is read as its default is; BadSearchError."""
    typed = given or {}
    unknown = sorted(typed.keys() - fixed.defaults.keys())
    if unknown:
        raise BadSearchError(unknown[0], f"The question “{fixed.name}” is given no such value.")
    values: dict[str, Value] = {
        name: _like(name, usual, typed[name]) if name in typed else usual
        for name, usual in fixed.defaults.items()
    }
    said: dict[str, Any] = {"since": stamp(since), "until": stamp(until), **values}
    values |= {"since": _naive(since), "until": _naive(until)}
    named = set(_GIVEN.findall(fixed.sql))
    bound = {name: value for name, value in values.items() if name in named}
    return Asked(fixed.name, fixed.sql, bound, size, said)


def size_at(index: Index, moment: datetime) -> int:
    """How many leaves the log had at that moment, as far as the copy tells: 1 + the highest leaf
    that happened by then."""
    question = 'SELECT coalesce(1 + max(leaf_index), 0) FROM leaves WHERE "at" <= $moment'
    [[size]] = index.ask(question, {"moment": _naive(moment)}).rows
    return int(size)


def answer(
    index: Index,
    asked: Asked,
    after: int | None = None,
    limit: int = 100,
    *,
    seconds: float = SECONDS,
) -> Answered:
    """The page that begins behind the leaf `after`; rows of one leaf stay together, so a page may
    be longer than `limit` by those. TooLongError, TooMuchError, TooManyRowsError."""
    wanted = max(1, min(limit, MOST_ON_A_PAGE))
    page: list[dict[str, JSON]] = []
    total, last, goes_on, digest = 0, None, False, sha256()
    sql = IN_ORDER.format(sql=asked.sql)
    with index.asking(sql, asked.given, size=asked.size, seconds=seconds) as found:
        for leaf, rows in _by_leaf(found.columns, found.rows):
            total += len(rows)
            if total > MOST_ROWS:
                raise TooManyRowsError(MOST_ROWS)
            for line, _ in rows:
                digest.update(line)
            if after is not None and leaf <= after:
                continue
            if len(page) >= wanted:
                goes_on = True
                continue
            page += [row for _, row in rows]
            last = leaf
        columns = found.columns
    return Answered(
        asked, columns, tuple(page), total, digest.hexdigest(), last if goes_on else None
    )


def _by_leaf(
    columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]
) -> Iterator[tuple[int, list[tuple[bytes, dict[str, JSON]]]]]:
    """Each leaf with its rows as lines and as objects; those of one leaf in the order of their
    lines, which no engine has a say in."""
    said = ({name: _plain(each) for name, each in zip(columns, row, strict=True)} for row in rows)
    for leaf, same in groupby(said, lambda row: row["leaf_index"]):
        lines = [(canonical_json(row) + b"\n", row) for row in same]
        yield int(str(leaf)), sorted(lines, key=lambda each: each[0])


def _plain(value: Any) -> JSON:
    """A value of the engine as JSON has it; a fraction is spelt, for no log of ours has any."""
    if isinstance(value, datetime):
        return stamp(value.replace(tzinfo=UTC) if value.tzinfo is None else value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)


def _like(name: str, usual: Value, typed: str) -> Value:
    """What was typed, as the usual value is; BadSearchError."""
    if isinstance(usual, str) or usual is None:
        return typed
    if isinstance(usual, int) and not isinstance(usual, bool) and _is_number(typed):
        return int(typed)
    raise BadSearchError(name, f"Write {name} as a whole number, such as {usual}.")


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdigit() and len(typed) < 10  # noqa: PLR2004 - of an INTEGER


def _naive(moment: datetime) -> datetime:
    """As the copy has moments: UTC, and not saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
