"""Which Bluelamp this is, for a certificate: version, git commit, and the list of dependencies."""

import subprocess
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from archive.exporting.certificate import System
from local.tools import ROOT

UNKNOWN = "unknown (not run from a checkout)"
CHANGED = " with changes that are not committed"
LOCK = Path("functions") / "requirements.txt"


def this_system(root: Path = ROOT) -> System:
    """As it stands on this machine."""
    commit = _git(root, "rev-parse", "HEAD")
    changed = CHANGED if commit and _git(root, "status", "--porcelain", "-uno") else ""
    lock = root / LOCK
    digest = sha256(lock.read_bytes()).hexdigest() if lock.is_file() else UNKNOWN
    return System(
        "Bluelamp", version("bluelamp"), f"{commit}{changed}" if commit else UNKNOWN, digest
    )


def _git(root: Path, *arguments: str) -> str:
    """What git says; nothing where there is none, or no checkout of ours."""
    if not (root / ".git").exists():
        return ""
    try:
        ran = subprocess.run(
            ["git", "--no-optional-locks", *arguments],
            cwd=root,
            capture_output=True,
            check=True,
            timeout=30,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return ran.stdout.decode("ascii", "replace").strip()
