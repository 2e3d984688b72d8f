"""Versity's S3 gateway, a second opinion on S3: built with Go, checked by go.sum, on loopback.

moto answers as S3 does but holds little of what Object Lock promises; this server holds it.
"""

import os
import re
import shutil
from pathlib import Path

from local.tools import BUILD, ROOT, FailedToolError, MissingToolError
from local.tools.beside import Beside
from local.tools.commands import run, tell
from local.tools.once import once

HOME = BUILD / "versitygw"
PROGRAM = HOME / "s3"
RECIPE = ROOT / "tests" / "s3"
LEAST_GO = (1, 21)
"""From here on Go fetches the newer Go that a module asks for by itself."""

FETCH_SECONDS = 600
BUILD_SECONDS = 1800
"""Compiling everything the gateway can speak takes some minutes on two cores, the first time."""

START_SECONDS = 30


class VersityGateway(Beside):
    """A running gateway that keeps its buckets in a folder."""

    name = "Versity's S3 gateway"


def find_go() -> str:
    """Go, new enough, from PATH; else MissingToolError."""
    go = shutil.which("go")
    if go is None:
        raise MissingToolError(f"No Go here; {VersityGateway.name} is built with it.")
    told = run((go, "env", "GOVERSION"), seconds=60)
    version = re.search(r"go(\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < LEAST_GO:
        least = ".".join(map(str, LEAST_GO))
        raise MissingToolError(
            f"{VersityGateway.name} needs Go {least} or newer; this one says {told.strip()!r}."
        )
    return go


def build_versitygw() -> bool:
    """Put the gateway into build/; True if there was anything to do."""
    go = find_go()
    recipe = [RECIPE / name for name in ("main.go", "go.mod", "go.sum")]

    def build() -> None:
        tell(f"Building {VersityGateway.name} with Go (some minutes, the first time).")
        env = {**os.environ, "CGO_ENABLED": "0"}
        try:
            run((go, "mod", "download"), seconds=FETCH_SECONDS, cwd=RECIPE, env=env)
        except FailedToolError as failed:
            raise MissingToolError(f"{VersityGateway.name} cannot be fetched. {failed}") from failed
        order = (go, "build", "-mod=readonly", "-trimpath", "-o", str(PROGRAM), ".")
        run(order, seconds=BUILD_SECONDS, cwd=RECIPE, env=env)

    return once(HOME / ".built", recipe, build)


def start_versitygw(folder: Path, port: int | None = None) -> VersityGateway:
    """Start it on an empty folder, on a port (a free one if none is named), and wait until it
    answers."""
    build_versitygw()
    return VersityGateway.begin(
        lambda chosen: (str(PROGRAM), str(chosen), str(folder.resolve())),
        port=port,
        cwd=folder,
        seconds=START_SECONDS,
    )
