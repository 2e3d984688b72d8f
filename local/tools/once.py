"""Work that is done once per input: a stamp holds the fingerprint of what was worked on."""

import fcntl
import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from local.tools import BUILD


def once(stamp: Path, inputs: Sequence[Path | str], work: Callable[[], None]) -> bool:
    """Do the work unless the stamp names these very inputs; True if it was done now.

    Two processes never work at once, and work that failed leaves no stamp.
    """
    wanted = fingerprint(inputs)
    if _reads(stamp, wanted):
        return False
    with _alone(stamp):
        if _reads(stamp, wanted):
            return False
        stamp.unlink(missing_ok=True)
        work()
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(wanted)
    return True


def fingerprint(inputs: Sequence[Path | str]) -> str:
    """SHA-256 over the content of files and the words of strings, in order."""
    digest = hashlib.sha256()
    for item in inputs:
        content = item.read_bytes() if isinstance(item, Path) else item.encode()
        digest.update(hashlib.sha256(content).digest())
    return digest.hexdigest()


def _reads(stamp: Path, wanted: str) -> bool:
    return stamp.is_file() and stamp.read_text() == wanted


@contextmanager
def _alone(stamp: Path) -> Iterator[None]:
    """Hold a lock that is the stamp's alone, away from the folder the work itself may remove."""
    locks = BUILD / "locks"
    locks.mkdir(parents=True, exist_ok=True)
    name = hashlib.sha256(str(stamp.resolve()).encode()).hexdigest()[:16]
    with (locks / name).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
