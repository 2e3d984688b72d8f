"""The copy of sealed months in a folder, as a question finds it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Any, Self

from archive.questions.engine import MEMORY_MB, start
from archive.questions.errors import TooLongError
from archive.questions.views import EVERYTHING, made

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

Value = str | int | float | bool | None | Sequence[str]


@dataclass(frozen=True)
class Answer:
    """The rows of an answer, under these columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def as_dicts(self) -> list[dict[str, Any]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Index:
    """A folder with the copy of some months. Questions can neither write nor look elsewhere."""

    def __init__(self, folder: Path, *, memory_mb: int = MEMORY_MB, threads: int = 1) -> None:
        self._engine = start(folder.resolve(), memory_mb=memory_mb, threads=threads)
        for macro in TAUGHT:
            self._engine.execute(macro)
        spelt = str(folder.resolve()).replace("'", "''")
        self._engine.execute(LEAVES.format(folder=spelt))
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
        import duckdb

        timer = Timer(seconds, self._engine.interrupt)
        timer.start()
        try:
            self._engine.execute(f"SET VARIABLE size = {int(size)}")
            found = self._engine.execute(question, dict(given or {}))
            columns = tuple(column[0] for column in found.description or ())
            return Answer(columns, tuple(found.fetchall()))
        except duckdb.InterruptException as error:
            raise TooLongError(seconds) from error
        finally:
            timer.cancel()
