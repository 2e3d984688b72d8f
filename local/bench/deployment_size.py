"""What one function weighs unzipped: our code and everything that is installed beside it."""

import re
from importlib.metadata import distribution
from pathlib import Path

from local.bench.row import Row, at_most
from local.tools import ROOT

FUNCTIONS = ROOT / "functions"
LIMIT_MB = 90.0
MB = 1_000_000
_PINNED = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)


def rows() -> list[Row]:
    """One row: every function has the same code and the same packages (ADR 0001)."""
    ours = sum(size(path) for path in FUNCTIONS.rglob("*") if path.is_file())
    names = pinned(FUNCTIONS / "requirements.txt")
    theirs = sum(installed(name) for name in names)
    counted = (
        f"functions/ ({ours / MB:.1f} MB) and {len(names)} packages as installed here, no bytecode"
    )
    return [
        at_most("deployment, API functions unzipped", (ours + theirs) / MB, "MB", LIMIT_MB, counted)
    ]


def pinned(listed: Path) -> list[str]:
    """The names in a list of packages."""
    names: list[str] = _PINNED.findall(listed.read_text("utf-8"))
    return names


def installed(name: str) -> int:
    """Bytes of a distribution, by its own RECORD."""
    return sum(size(Path(str(file.locate()))) for file in distribution(name).files or ())


def size(path: Path) -> int:
    """Bytes of a file; bytecode is made where it runs and does not count."""
    return 0 if path.suffix == ".pyc" else path.stat().st_size
