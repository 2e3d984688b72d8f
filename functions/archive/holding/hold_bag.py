"""One month's bag, held or let go: every object that its manifests name, and its note.

The version that counts is the one whose bytes the manifest names, whatever lies above it. Each is
looked at, changed where it has to be, and looked at again: S3's own answer, not ours, says that it
is held. Whoever is killed leaves objects that the next run finds as they are.

HoldBagError
├── NotThereError     no version of a file has the bytes that were sealed; says which
└── NotHeldError      S3 took a hold and does not tell of it, or the other way round; says which
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from itertools import islice
from typing import Protocol

from archive.holding.locks import Seen
from archive.reading.sealed_bag import Bag
from shared.months import bag as layout

AT_ONCE = 256
"""Objects between two looks at the clock."""


class Holder(Protocol):
    """The bucket, as far as legal holds go (`locks.Locks`)."""

    def versions(self, prefix: str) -> Mapping[str, tuple[str, ...]]:
        """Every version of every object below a prefix, newest first."""

    def look(self, path: str, version: str) -> Seen:
        """What is there."""

    def place(self, path: str, version: str) -> None:
        """Hold it."""

    def let_go(self, path: str, version: str) -> None:
        """Hold it no longer."""


class HoldBagError(Exception):
    """Root of what keeps a bag from being held or let go."""


class NotThereError(HoldBagError):
    """No version of a file has the bytes that were sealed."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} is not there as it was sealed. Verify the month.")
        self.path = path


class NotHeldError(HoldBagError):
    """S3 took a hold and does not tell of it, or the other way round."""

    def __init__(self, path: str, *, held: bool) -> None:
        wanted = "held" if held else "let go"
        super().__init__(f"{path} was to be {wanted}, and S3 says that it is not.")
        self.path = path


class LateError(HoldBagError):
    """There is no time for the rest; the next run carries on."""


@dataclass(frozen=True)
class Keeper:
    """What holds and lets go: the bucket, who works at it at once, and whether it is time still."""

    locks: Holder
    pool: Executor
    is_time: Callable[[], bool] = lambda: True


def hold_bag(bag: Bag, keeper: Keeper) -> int:
    """How many objects of the month are held, every one seen to be; NotThereError, NotHeldError,
    LateError."""
    return _set_all(bag, keeper, held=True)


def let_bag_go(bag: Bag, keeper: Keeper) -> int:
    """How many objects of the month there are, none of them held; errors as above."""
    return _set_all(bag, keeper, held=False)


def sealed_objects(bag: Bag) -> Iterator[tuple[str, str]]:
    """Path in the archive and SHA-256 of everything that is the month; its note comes last."""
    folder = layout.folder(bag.month)
    for path, digest in sorted(bag.files.items()):
        yield folder + path, digest
    yield folder + layout.TAG_MANIFEST, bag.sealed.bag
    yield layout.note_path(bag.month), sha256(bag.note).hexdigest()


def _set_all(bag: Bag, keeper: Keeper, *, held: bool) -> int:
    note = layout.note_path(bag.month)
    versions = {
        **keeper.locks.versions(layout.folder(bag.month)),
        **keeper.locks.versions(note),
    }
    one = partial(_set, versions=versions, locks=keeper.locks, held=held)
    done = 0
    for several in _batches(sealed_objects(bag)):
        if not keeper.is_time():
            raise LateError(f"{bag.month}: {done} objects were seen to.")
        done += sum(1 for _ in keeper.pool.map(one, several))
    return done


def _set(
    named: tuple[str, str],
    *,
    versions: Mapping[str, tuple[str, ...]],
    locks: Holder,
    held: bool,
) -> None:
    path, digest = named
    version, seen = _version(path, digest, versions.get(path, ()), locks)
    if seen.held == held:
        return
    (locks.place if held else locks.let_go)(path, version)
    if locks.look(path, version).held != held:
        raise NotHeldError(path, held=held)


def _version(path: str, digest: str, versions: Iterable[str], locks: Holder) -> tuple[str, Seen]:
    for version in versions:
        seen = locks.look(path, version)
        if seen.digest == digest:
            return version, seen
    raise NotThereError(path)


def _batches(named: Iterator[tuple[str, str]]) -> Iterator[list[tuple[str, str]]]:
    while several := list(islice(named, AT_ONCE)):
        yield several
