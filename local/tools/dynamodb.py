"""Amazon's own DynamoDB engine, DynamoDB Local: fetched by Maven, checked, started on loopback."""

import hashlib
import os
import re
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from local.tools import BUILD, ROOT, FailedToolError, MissingToolError
from local.tools.beside import Beside
from local.tools.commands import run, tell
from local.tools.once import once

HOME = BUILD / "dynamodb-local"
RECIPE = ROOT / "tests" / "dynamodb"
LEAST_JAVA = 17
FETCH_SECONDS = 600
START_SECONDS = 60
"""A cold Java on two busy cores; it usually answers within three seconds."""
HEAP = 512
"""MB that Java may take for itself; what the engine keeps lies beside that."""
LEAN = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""One thread collects garbage: a hundred megabytes less than with Java's own choice, no slower. And
only the quick one of Java's two compilers: the thorough one takes ten seconds of a processor and
25 MB in an engine's first minute, and no request is cheaper for it: SQLite does the work."""


@dataclass(frozen=True)
class Java:
    """A Java development kit: what runs the engine and what compiles its launcher."""

    java: Path
    javac: Path


def find_java(engine: str = "DynamoDB Local") -> Java:
    """Java 17 or newer with its compiler, from JAVA_HOME or PATH, for that engine; else
    MissingToolError."""
    home = os.environ.get("JAVA_HOME")
    search = f"{home}/bin" if home else None
    java, javac = shutil.which("java", path=search), shutil.which("javac", path=search)
    if not java or not javac:
        raise MissingToolError(
            f"No Java development kit here; {engine} needs Java {LEAST_JAVA} or newer."
        )
    told = run((javac, "-version"), seconds=60)
    version = re.search(r"javac (\d+)", told)
    if version is None or int(version[1]) < LEAST_JAVA:
        raise MissingToolError(
            f"{engine} needs Java {LEAST_JAVA} or newer; this one says {told.strip()!r}."
        )
    return Java(Path(java), Path(javac))


def fetch_dynamodb_local() -> bool:
    """Put the engine and its native libraries into build/; True if there was anything to do."""
    java = find_java()
    recipe = [RECIPE / name for name in ("pom.xml", "SHA256SUMS", "Loopback.java")]

    def fetch() -> None:
        maven = shutil.which("mvn")
        if maven is None:
            raise MissingToolError("Maven (mvn) is needed to fetch DynamoDB Local; install it.")
        tell("Fetching Amazon's DynamoDB Local with Maven.")
        shutil.rmtree(HOME, ignore_errors=True)
        pom = ("-f", str(RECIPE / "pom.xml"), f"-DoutputDirectory={HOME}")
        run((maven, "-B", "-q", *pom, "dependency:copy-dependencies"), seconds=FETCH_SECONDS)
        check_sums(HOME, RECIPE)
        libraries = ("-cp", f"{HOME}/*", "-d", str(HOME))
        run((str(java.javac), *libraries, str(RECIPE / "Loopback.java")), seconds=120)

    return once(HOME / ".fetched", recipe, fetch)


class DynamoDBLocal(Beside):
    """A running engine."""

    name = "DynamoDB Local"


def start_dynamodb_local(
    port: int | None = None, *, folder: Path | None = None, heap: int = HEAP
) -> DynamoDBLocal:
    """Start the engine on a port (a free one if none is named) and wait until it answers. It keeps
    everything in memory, or in a file in `folder`; `heap` is what Java takes for itself, in MB.
    """
    fetch_dynamodb_local()
    java = (str(find_java().java), f"-Xmx{heap}m", *LEAN, f"-Djava.library.path={HOME}")
    launcher = ("-cp", f"{HOME}:{HOME}/*", "Loopback")
    where = ("-dbPath", str(_prepared(folder))) if folder else ("-inMemory",)
    engine = (*where, "-sharedDb", "-disableTelemetry", "-port")
    return DynamoDBLocal.begin(
        lambda chosen: (*java, *launcher, *engine, str(chosen)),
        port=port,
        cwd=HOME,
        seconds=START_SECONDS,
    )


def _prepared(folder: Path) -> Path:
    """A folder with an empty file of the engine's, set to write ahead: SQLite then waits for the
    disk once per transaction and not three times, and the engine keeps the file as it finds it."""
    file = folder / "shared-local-instance.db"
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode = WAL")
    return folder


def check_sums(home: Path, recipe: Path) -> None:
    """Every file Maven brought is one we know, byte for byte; else FailedToolError."""
    for line in (recipe / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        wanted, name = line.split(maxsplit=1)
        file = home / name
        found = hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else "missing"
        if found != wanted:
            raise FailedToolError(f"{name} is not the file we know ({found}).")
