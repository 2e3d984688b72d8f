"""Dynoxide, a DynamoDB on SQLite: built with Rust, every crate checked, on loopback.

For trials that are too long for Amazon's own engine, which takes several times its processor time
and memory. What is right, Amazon's says: `tests/records` hold this one to the same.
"""

import json
import re
import shutil
import tomllib
from pathlib import Path

from local.tools import BUILD, ROOT, FailedToolError, MissingToolError
from local.tools.beside import Beside
from local.tools.commands import run, tell
from local.tools.once import once

HOME = BUILD / "dynoxide"
PROGRAM = HOME / "target" / "release" / "dynoxide"
RECIPE = ROOT / "tests" / "dynoxide"
CRATE = "dynoxide-rs"
LEAST_RUST = (1, 88)
"""What Dynoxide says that it needs."""

FETCH_SECONDS = 600
BUILD_SECONDS = 1800
"""SQLite and some hundred crates take some minutes to compile on two cores, the first time."""

START_SECONDS = 30


class Dynoxide(Beside):
    """A running engine that keeps everything in one file."""

    name = "Dynoxide"


def find_cargo() -> str:
    """Rust's builder, new enough, from PATH; else MissingToolError."""
    cargo = shutil.which("cargo")
    if cargo is None:
        raise MissingToolError(f"No Rust here; {Dynoxide.name} is built with its cargo.")
    told = run((cargo, "--version"), seconds=60)
    version = re.search(r"cargo (\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < LEAST_RUST:
        least = ".".join(map(str, LEAST_RUST))
        raise MissingToolError(
            f"{Dynoxide.name} needs Rust {least} or newer; this one says {told.strip()!r}."
        )
    return cargo


def build_dynoxide() -> bool:
    """Put the engine into build/; True if there was anything to do."""
    cargo = find_cargo()
    recipe = [RECIPE / name for name in ("Cargo.toml", "CRATES", "src/main.rs")]

    def build() -> None:
        tell(f"Building {Dynoxide.name} with Rust (some minutes, the first time).")
        shutil.rmtree(HOME, ignore_errors=True)
        shutil.copytree(RECIPE, HOME)
        try:
            _lock(cargo)
        except FailedToolError as failed:
            raise MissingToolError(f"{Dynoxide.name} cannot be fetched. {failed}") from failed
        check_crates(HOME / "Cargo.lock", RECIPE / "CRATES")
        order = (cargo, "build", "--release", "--locked", "--offline", "--quiet")
        run(order, seconds=BUILD_SECONDS, cwd=HOME)

    return once(HOME / ".built", recipe, build)


def start_dynoxide(folder: Path, port: int | None = None) -> Dynoxide:
    """Start it on a file in a folder, on a port (a free one if none is named), and wait until it
    answers."""
    build_dynoxide()
    file = folder.resolve() / "dynoxide.db"
    return Dynoxide.begin(
        lambda chosen: (str(PROGRAM), str(chosen), str(file)),
        port=port,
        cwd=folder,
        seconds=START_SECONDS,
    )


def check_crates(lock: Path, known: Path) -> None:
    """Every crate that would be built is one we know, by its checksum; else FailedToolError."""
    sums = set(known.read_text(encoding="utf-8").splitlines())
    locked = tomllib.loads(lock.read_text(encoding="utf-8"))["package"]
    for crate in locked:
        found = f"{crate.get('checksum')}  {crate['name']}-{crate['version']}"
        if "checksum" in crate and found not in sums:
            raise FailedToolError(f"{crate['name']} {crate['version']} is not a crate we know.")


def _lock(cargo: str) -> None:
    """Fetch what Dynoxide itself was built and tested with: its own lock comes with its crate."""
    run((cargo, "fetch", "--quiet"), seconds=FETCH_SECONDS, cwd=HOME)
    asked = (cargo, "metadata", "--format-version", "1", "--offline", "--quiet")
    crates = json.loads(run(asked, seconds=FETCH_SECONDS, cwd=HOME))["packages"]
    [manifest] = (Path(each["manifest_path"]) for each in crates if each["name"] == CRATE)
    shutil.copyfile(manifest.with_name("Cargo.lock"), HOME / "Cargo.lock")
    run((cargo, "fetch", "--quiet"), seconds=FETCH_SECONDS, cwd=HOME)
