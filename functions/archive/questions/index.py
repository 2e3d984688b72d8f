"""The copy of sealed months in a folder, as a question finds it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from archive.questions.columns import COLUMNS
from archive.questions.engine import MEMORY_MB, start
from archive.questions.errors import BadSearchError, TooLongError, TooMuchError
from archive.questions.views import EVERYTHING, made

if TYPE_CHECKING:  # as in engine.py
    from duckdb import DuckDBPyConnection

TAUGHT = (
    "CREATE MACRO json_extract_scalar(json, path) AS json_extract_string(json, path)",
    "CREATE MACRO json_format(json) AS CAST(json AS VARCHAR)",
    "CREATE MACRO sequence(first, last) AS range(first, last + 1)",
    "CREATE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern)",
)
"""What Athena calls otherwise than DuckDB."""

LEAVES = """
CREATE VIEW leaves AS SELECT * FROM read_parquet(
  '{folder}/*/month=*/*.parquet',
  hive_partitioning = true, hive_types = {{'month': VARCHAR}}, union_by_name = true
)
"""
"""What an older edition did not write is null."""

NO_LEAVES = "CREATE VIEW leaves AS SELECT {columns}, '' AS month WHERE false"
"""Months in which nothing happened have no file."""

AT_ONCE = 2_000
"""Rows that are fetched together."""

AGAIN = 0.02
"""Seconds between two tries to stop a question."""

NO_REGEX = "This is no regular expression of RE2: {why}."

Value = str | int | float | bool | datetime | None | Sequence[str]
"""A moment is UTC and does not say so, as the copy has it."""


@dataclass(frozen=True)
class Answer:
    """The rows of an answer, under these columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def as_dicts(self) -> list[dict[str, Any]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Found:
    """An answer that is still being read."""

    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class Index:
    """A folder with the copy of some months. Questions can neither write nor look elsewhere."""

    def __init__(self, folder: Path, *, memory_mb: int = MEMORY_MB, threads: int = 1) -> None:
        self._engine = start(folder.resolve(), memory_mb=memory_mb, threads=threads)
        for macro in TAUGHT:
            self._engine.execute(macro)
        self._engine.execute(_leaves_in(folder.resolve()))
        for name, text in made("getvariable('size')").items():
            self._engine.execute(f"CREATE VIEW {name} AS {text}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._engine.close()

    def ask(
        self,
        question: str,
        given: Mapping[str, Value] | None = None,
        *,
        size: int = EVERYTHING,
        seconds: float = 60.0,
    ) -> Answer:
        """The answer to a question on the views (`$name` stands for what is given), on what was
        known when the log had this size; TooLongError."""
        with self.asking(question, given, size=size, seconds=seconds) as found:
            return Answer(found.columns, tuple(found.rows))

    @contextmanager
    def asking(
        self,
        question: str,
        given: Mapping[str, Value] | None = None,
        *,
        size: int = EVERYTHING,
        seconds: float = 60.0,
    ) -> Iterator[Found]:
        """The same, row by row, so that a long answer is never held whole; TooLongError and
        TooMuchError come when it is asked, or while it is read."""
        import duckdb

        with self._stopped_after(seconds) as late:
            try:
                self._engine.execute(f"SET VARIABLE size = {int(size)}")
                asked = self._engine.execute(question, dict(given or {}))
                columns = tuple(column[0] for column in asked.description or ())
                yield Found(columns, _fetched(asked, late, seconds))
            except duckdb.OutOfMemoryException as error:
                raise TooMuchError from error
            except (duckdb.InterruptException, RuntimeError) as error:
                # What is stopped while it is still being prepared is a RuntimeError.
                if not late.is_set():
                    raise
                raise TooLongError(seconds) from error

    def require_regex(self, pattern: str) -> None:
        """BadSearchError for a regular expression that RE2 does not take."""
        import duckdb

        try:
            self._engine.execute("SELECT regexp_matches('', $pattern, 'i')", {"pattern": pattern})
        except duckdb.InvalidInputException as error:
            why = str(error).removeprefix("Invalid Input Error: ").splitlines()[0]
            raise BadSearchError("regex", NO_REGEX.format(why=why)) from error

    @contextmanager
    def _stopped_after(self, seconds: float) -> Iterator[Event]:
        """Stop what the engine is doing after so long; the event tells whether that was so. It is
        told again and again: between two statements an engine does not hear it."""
        late, over = Event(), Event()

        def stop() -> None:
            if over.wait(seconds):
                return
            late.set()
            while not over.wait(AGAIN):
                self._engine.interrupt()

        watch = Thread(target=stop, daemon=True)
        watch.start()
        try:
            yield late
        finally:
            over.set()
            watch.join()  # so that no later question is stopped in place of this one


def _leaves_in(folder: Path) -> str:
    """The leaves of all months in a folder."""
    if any(folder.glob("*/month=*/*.parquet")):
        spelt = str(folder).replace("'", "''")
        return LEAVES.format(folder=spelt)
    columns = ", ".join(f'CAST(NULL AS {each.duckdb}) AS "{each.name}"' for each in COLUMNS)
    return NO_LEAVES.format(columns=columns)


def _fetched(asked: "DuckDBPyConnection", late: Event, seconds: float) -> Iterator[tuple[Any, ...]]:
    while rows := asked.fetchmany(AT_ONCE):
        if late.is_set():  # the engine was done before it could be stopped
            raise TooLongError(seconds)
        yield from rows
