"""Chromium for the page tests: named by CHROMIUM, found on PATH, or installed on Debian."""

import os
import shutil
from pathlib import Path

from local.tools import FailedToolError, MissingToolError
from local.tools.commands import run, tell

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""What distributions call it, most likely first."""

APT_SECONDS = 600
"""Chromium and what it needs are about 100 MB."""


def find_chromium() -> Path:
    """A browser that Playwright can drive; never one that Playwright downloads."""
    found = _named() or _on_path()
    if found:
        return found
    if not _may_install():
        raise MissingToolError(
            "The page tests need Chromium: install it, or name a Chrome in the variable CHROMIUM."
        )
    tell("No Chromium here: installing Debian's.")
    apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        run(("apt-get", "update", "-qq"), seconds=APT_SECONDS, env=apt)
        packages = ("chromium", "fonts-liberation")
        run(
            ("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages),
            seconds=APT_SECONDS,
            env=apt,
        )
    except FailedToolError as failed:
        raise MissingToolError(f"Chromium could not be installed. {failed}") from failed
    found = _on_path()
    if found is None:
        raise MissingToolError("Debian's chromium is installed, yet it is not on PATH.")
    return found


def _named() -> Path | None:
    named = os.environ.get("CHROMIUM")
    if not named:
        return None
    if not os.access(named, os.X_OK):
        raise MissingToolError(f"CHROMIUM names {named}, which is not a program.")
    return Path(named)


def _on_path() -> Path | None:
    return next((Path(path) for name in NAMES if (path := shutil.which(name))), None)


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None
