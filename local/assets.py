"""Builds the static files of the pages: `python -m local.assets`, or `--check` to compare only.

The story: the look in `local/look` and GOV.UK Frontend from `node_modules` become one style sheet
with no more than the templates use; every file gets a name that bears its hash; a manifest tells
the pages those names. The result is committed, so that whoever runs Bluelamp needs no Node.
"""

import argparse
import hashlib
import json
import re
import subprocess
import sys
from pathlib import Path

from local.tools import ROOT, ToolError
from local.tools.node import find_node, npm_ci
from local.trimming import Vocabulary, trimmed

LOOK = ROOT / "local" / "look"
TEMPLATES = ROOT / "functions" / "shared" / "pages" / "templates"
STATIC = ROOT / "functions" / "shared" / "pages" / "static"
SASS = ROOT / "node_modules" / "sass" / "sass.js"
LICENCE = "govuk-frontend.licence.txt"
BUILD_SECONDS = 120

# The typeface and the crown may only be used on GOV.UK itself.
NOT_OURS = re.compile(r"GDS Transport|@font-face|crown|url\(", re.IGNORECASE)


class AssetError(Exception):
    """The static files could not be built; the sentence says what to do."""


def build() -> dict[str, bytes]:
    """Every file of the static folder, by name, manifest and licence included."""
    plain = {
        "bluelamp.css": _style_sheet(),
        "check.js": (LOOK / "check.js").read_bytes(),
        "shrink.js": (LOOK / "shrink.js").read_bytes(),
        "lamp.svg": (LOOK / "lamp.svg").read_bytes(),
    }
    names = {name: _hashed(name, content) for name, content in plain.items()}
    files = {names[name]: content for name, content in plain.items()}
    files["manifest.json"] = json.dumps(names, indent=2, sort_keys=True).encode() + b"\n"
    files[LICENCE] = (LOOK / LICENCE).read_bytes()
    return files


def write(files: dict[str, bytes], folder: Path) -> None:
    """The folder holds these files and no others."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, content in files.items():
        (folder / name).write_bytes(content)


def differences(files: dict[str, bytes], folder: Path) -> list[str]:
    """Names whose content on disk is not what would be built, or that should not be there."""
    there = {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}
    return sorted(name for name in files.keys() | there if files.get(name) != there.get(name))


def _style_sheet() -> bytes:
    npm_ci(ROOT)
    command = [
        str(find_node().binary),
        str(SASS),
        "--no-source-map",
        "--no-charset",
        "--style=compressed",
        f"--load-path={ROOT / 'node_modules'}",
        str(LOOK / "bluelamp.scss"),
    ]
    done = subprocess.run(command, capture_output=True, timeout=BUILD_SECONDS, check=False)
    if done.returncode != 0:
        raise AssetError(f"The style sheet did not compile:\n{done.stderr.decode()}")
    css = trimmed(done.stdout.decode(), _vocabulary())
    foreign = NOT_OURS.search(css)
    if foreign:
        raise AssetError(f"The style sheet contains {foreign.group()!r}, which is not ours to use.")
    return f"/*! With parts of GOV.UK Frontend; see {LICENCE} */\n{css}\n".encode()


def _vocabulary() -> Vocabulary:
    sources = [*sorted(TEMPLATES.glob("*.html")), *sorted(LOOK.glob("*.js"))]
    return Vocabulary.of(*(path.read_text(encoding="utf-8") for path in sources))


def _hashed(name: str, content: bytes) -> str:
    stem, suffix = name.rsplit(".", 1)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"


def main() -> int:
    """Exit code 0: built, or nothing differs; 1: something does, or the build failed."""
    parser = argparse.ArgumentParser(prog="python -m local.assets", description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    only_compare = parser.parse_args().check
    try:
        files = build()
    except (AssetError, ToolError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if not only_compare:
        write(files, STATIC)
    stale = differences(files, STATIC)
    if stale:
        sys.stderr.write(f"Not as built: {', '.join(stale)}. Run python -m local.assets\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
