"""Which Bluelamp this is, as certificates name it: version, git commit, and its dependencies."""

from hashlib import sha256
from pathlib import Path

import archive
from archive.exporting.certificate import System

VERSION = "0.1.0"
LOCK = Path(archive.__file__).parents[1] / "requirements.txt"
"""The locked list of what is shipped; it goes along."""

UNKNOWN = "unknown (the list was not shipped)"


def this_system(commit: str, lock: Path = LOCK) -> System:
    """As it was deployed; `commit` is what the deployment said it is."""
    digest = sha256(lock.read_bytes()).hexdigest() if lock.is_file() else UNKNOWN
    return System("Bluelamp", VERSION, commit, digest)
