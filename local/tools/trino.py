"""Trino, the engine that Athena is made of: fetched by Maven, checked, asked in a process of its
own. Only one test needs it (`tests/trino`)."""

import shutil
import subprocess
from collections.abc import Sequence

from local.tools import BUILD, ROOT, FailedToolError, MissingToolError
from local.tools.commands import run, tell
from local.tools.dynamodb import check_sums, find_java
from local.tools.once import once

HOME = BUILD / "trino"
RECIPE = ROOT / "tests" / "trino"
FETCH_SECONDS, ASK_SECONDS = 900, 300
FIELD, ROW, BLOCK, NULL = "\x1f", "\x1e", "\x1d", "\x00"


def fetch_trino() -> bool:
    """Put the engine into build/; True if there was anything to do."""
    java = find_java("Trino")
    recipe = [RECIPE / name for name in ("pom.xml", "SHA256SUMS", "Ask.java")]

    def fetch() -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise MissingToolError("Maven (mvn) is needed to fetch Trino; install it.")
        tell("Fetching Trino with Maven (90 MB).")
        shutil.rmtree(HOME, ignore_errors=True)
        pom = ("-f", str(RECIPE / "pom.xml"), f"-DoutputDirectory={HOME}")
        run((maven, "-B", "-q", *pom, "dependency:copy-dependencies"), seconds=FETCH_SECONDS)
        check_sums(HOME, RECIPE)
        run(
            (str(java.javac), "-cp", f"{HOME}/*", "-d", str(HOME), str(RECIPE / "Ask.java")),
            seconds=120,
        )

    return once(HOME / ".fetched", recipe, fetch)


def ask_trino(statements: Sequence[str]) -> list[list[tuple[str | None, ...]]]:
    """The rows of each statement, every value as Trino writes it; one engine for all of them, that
    begins with nothing. FailedToolError with the first that it refuses."""
    fetch_trino()
    opened = ("--add-opens", "java.base/java.nio=ALL-UNNAMED")
    java = (str(find_java("Trino").java), "-Xmx1500m", *opened, "-cp", f"{HOME}:{HOME}/*", "Ask")
    done = subprocess.run(
        java,
        input=NULL.join(statements),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=ASK_SECONDS,
        check=False,
    )
    blocks = done.stdout.split(BLOCK)[:-1]
    if len(blocks) != len(statements):
        raise FailedToolError(f"Trino answered {len(blocks)} of {len(statements)} statements.")
    answers = [_rows(block) for block in blocks]
    for statement, rows in zip(statements, answers, strict=True):
        if rows and rows[0][0] == "error":
            raise FailedToolError(f"Trino refuses {statement[:200]!r}: {rows[0][1]}")
    return answers


def _rows(block: str) -> list[tuple[str | None, ...]]:
    rows = (row.split(FIELD)[:-1] for row in block.split(ROW)[:-1])
    return [tuple(None if field == NULL else field for field in row) for row in rows]
