"""An FOI pack from the command line, and what stays with the force: the secret and the openings."""

import argparse
import os
import secrets
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from archive.exporting.export_foi import MOST, export_foi, kept_openings
from archive.exporting.parcel import TakenFolderError, parcel_at
from archive.exporting.redact import SECRET_BYTES, BadRedactionError, read_orders, redact
from archive.reading.bags import Reading
from archive.reading.read_record import Record
from shared.recordlog.canonical import JSON

MOST_BYTES = 10_000_000
FOR_THE_OWNER = 0o600
Each = TypeVar("Each")


def give_out(
    given: argparse.Namespace, reading: Reading, records: Iterator[Record]
) -> tuple[int, str]:
    """The pack, and beside it what opens it; how many records, and the hash of all."""
    if not (given.redactions and given.secret and given.kept):
        raise BadRedactionError("An FOI pack needs --redactions, --secret and --kept.")
    require_apart(given.out, given.secret, given.kept)
    with given.redactions.open("rb") as held:
        orders = read_orders(held.read(MOST_BYTES))
    some = few_enough(records)
    redacted = redact(some, orders, secret_in(given.secret))
    with parcel_at(given.out) as parcel:
        count = export_foi(redacted, parcel, may_stand=given.may_stand)
        asked: JSON = {"format": "foi", "reference": given.reference}
        about: dict[str, JSON] = {"count": count, "export": asked, "read": reading.as_json()}
        digest = parcel.finish(about)
        write_for_the_owner(given.kept, kept_openings(redacted))
    return count, digest


def require_apart(out: Path, secret: Path, kept: Path) -> None:
    """BadRedactionError if what opens a pack would lie in it, TakenFolderError if something lies
    where it is to go."""
    folder = out.resolve()
    if any(each.resolve().is_relative_to(folder) for each in (secret, kept)):
        raise BadRedactionError("What opens the pack stays with the force: not in the folder.")
    if kept.exists():
        raise TakenFolderError(kept)


def few_enough(records: Iterator[Each]) -> list[Each]:
    """As many as a person can read before they are given out; BadRedactionError."""
    some = list(islice(records, MOST + 1))
    if len(some) > MOST:
        raise BadRedactionError(f"That is more than {MOST} records. Ask for fewer, or by month.")
    return some


def secret_in(file: Path) -> bytes:
    """The force's secret; drawn, where there is none yet. BadRedactionError."""
    if not file.exists():
        write_for_the_owner(file, f"{secrets.token_bytes(SECRET_BYTES).hex()}\n".encode())
    with file.open("rb") as held:
        said = held.read(MOST_BYTES)
    try:
        return bytes.fromhex(said.decode("ascii").strip())
    except ValueError as error:
        raise BadRedactionError(f"{file} holds no secret of ours.") from error


def write_for_the_owner(file: Path, data: bytes) -> None:
    """A new file that nobody else may read."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FOR_THE_OWNER)
    with os.fdopen(handle, "wb") as held:
        held.write(data)
