"""The project's own files, as the laws of the house look at them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTIONS = ROOT / "functions"
LOCAL = ROOT / "local"
SECOND_READER = ROOT / "second_reader"
DARKROOM = ROOT / "darkroom"
VERBS = ("enter", "register", "compose", "moderate", "publish", "archive", "watch", "subscribe")


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is committed or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=60,
        text=True,
    )
    paths = (ROOT / name for name in listed.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def text_files() -> Iterator[tuple[Path, str]]:
    """Every such file that is text, with its text."""
    for path in project_files():
        content = path.read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8", errors="replace")


def product_modules() -> list[Path]:
    """Every Python file of functions/, second_reader/, darkroom/ and local/."""
    roots = {FUNCTIONS, SECOND_READER, DARKROOM, LOCAL}
    return [p for p in project_files() if p.suffix == ".py" and roots & set(p.parents)]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def named(path: Path) -> str:
    """A path as a person would say it."""
    return path.relative_to(ROOT).as_posix()


@cache
def settings() -> dict[str, object]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
