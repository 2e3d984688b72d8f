"""How every room of `bluelamp audit` begins and ends: months opened by keys, and an exit code."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from archive.exporting.certificate import CertificateError
from archive.exporting.export_court import BundleError
from archive.exporting.export_foi import PackError
from archive.exporting.parcel import ParcelError
from archive.exporting.redact import RedactionError
from archive.questions.errors import NotDerivedError, QuestionError
from archive.reading.as_sealed import BagError, BrokenChainError, UntrueBagError
from archive.reading.bags import Bags, Reading
from archive.reading.find_leaf import FindError
from archive.reading.find_life import LifeError
from archive.reading.known_keys import Keys, read_keys
from archive.reading.names import NamingError
from archive.reading.pointers import BadPointerError
from local.audit.errors import NoMakerError, NotHeldError
from local.audit.folders import FolderShelf
from local.audit.progress import Progress
from shared.months.errors import MonthError
from shared.months.month import read_month
from shared.months.retention import RetentionError
from shared.recordlog.errors import RecordLogError
from shared.samples.errors import SampleError

HELD, FOUND, WRONG_USE = 0, 1, 2
MOST_KEY_BYTES = 100_000

WRONG = (UntrueBagError, BrokenChainError, NotDerivedError, PackError, NotHeldError)
"""What says that something is wrong with the months, or would be with what is handed out."""

REFUSED = (
    *(BagError, BundleError, CertificateError, FindError, LifeError, MonthError, ParcelError),
    *(BadPointerError, NoMakerError, QuestionError, RecordLogError, RedactionError),
    *(NamingError, RetentionError, SampleError, OSError, UnicodeDecodeError),
)
"""What says that it was asked wrongly, or of months that are not here."""

BELIEVED = (
    "No key was given, so the keys in the bags are believed. Compare them with those the force "
    "publishes:"
)


def answered(deed: Callable[[argparse.Namespace], int], given: argparse.Namespace) -> int:
    """The exit code of a deed; what went wrong is one sentence on standard error."""
    try:
        outcome = deed(given)
        sys.stdout.flush()
        return outcome
    except BrokenPipeError:  # whoever read the answer left before the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return WRONG_USE
    except WRONG as error:
        print(error, file=sys.stderr)
        return FOUND
    except REFUSED as error:
        print(error, file=sys.stderr)
        return WRONG_USE


def keys_given(given: list[str]) -> Keys | None:
    """The keys on the command line: each a vkey, or a file of them; None where there are none."""
    if not given:
        return None
    keys = Keys(())
    for each in given:
        file = Path(each)
        if "+" in each and not file.exists():
            keys += read_keys(each)
        else:
            keys += read_keys(_small(file).decode("ascii"))
    return keys


def months_asked(given: argparse.Namespace, progress: Progress) -> Reading:
    """The months that were asked for, opened; whoever gave no key is told which are believed."""
    first, last = (read_month(each) if each else None for each in (given.first, given.last))
    bags = Bags(FolderShelf(given.archive), keys_given(given.key), progress.opened)
    reading = bags.between(first, last)
    if not given.key:
        print(f"{BELIEVED}\n{reading.bags[-1].keys}", end="", file=sys.stderr)
    for month in reading.missing:
        print(f"{month} is missing here.", file=sys.stderr)
    return reading


def months_told(reading: Reading) -> Iterator[str]:
    """Which months an answer was read from, as lines."""
    for bag in reading.bags:
        yield f"Read: {bag.month}, {bag.span}"
        yield f"      bag {bag.sealed.bag}"
    for month in reading.missing:
        yield f"Missing: {month}"


def _small(file: Path) -> bytes:
    with file.open("rb") as held:
        return held.read(MOST_KEY_BYTES)
