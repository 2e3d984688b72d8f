"""A month's note: the few lines that seal its bag, signed, and written last.

    bluelamp-month/v1
    <origin of the log>
    month 2026-10
    bag <SHA-256 of the tag manifest>
    start <size> <root>
    end <size> <root>
    previous <bag hash of the month before, or none>

It is a signed note as checkpoints are, by a key of the archive's own, and can be taken for none:
its first line is no origin.
"""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from shared.months.errors import BadMonthError, BadNoteError
from shared.months.logslice import Cut
from shared.months.month import Month, read_month
from shared.recordlog.checkpoint import decimal
from shared.recordlog.errors import MalformedError
from shared.recordlog.note import Signer, VerifierKey, decode_base64, open_note, sign_note
from shared.recordlog.tree import EMPTY_ROOT, HASH_BYTES

KIND = "bluelamp-month/v1"
NAMES = ("month", "bag", "start", "end", "previous")
NONE = "none"

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Sealed:
    """What a month's note says; `bag` and `previous` are lower-case hexadecimal SHA-256."""

    origin: str
    month: Month
    bag: str
    start: Cut
    end: Cut
    previous: str | None

    def text(self) -> str:
        """The text that is signed."""
        said = (str(self.month), self.bag, _spelt(self.start), _spelt(self.end))
        values = (*said, self.previous or NONE)
        lines = [f"{name} {value}" for name, value in zip(NAMES, values, strict=True)]
        return "".join(f"{line}\n" for line in (KIND, self.origin, *lines))


def sign_month(sealed: Sealed, signers: Sequence[Signer]) -> bytes:
    """The signed note; BadNoteError for one that nobody could read again."""
    parse_month(sealed.text())
    return sign_note(sealed.text(), signers)


def open_month(data: bytes, known: Sequence[VerifierKey], origin: str) -> Sealed:
    """What a note says that a known key carries, of the log we asked for; UnverifiedError,
    BadNoteError."""
    sealed = parse_month(open_note(data, known).text)
    if sealed.origin != origin:
        raise BadNoteError(f"it is of {sealed.origin}, not of {origin}")
    return sealed


def parse_month(text: str) -> Sealed:
    """Read the text of a note, proving nothing; BadNoteError unless it is to the byte."""
    try:
        sealed = _read(text)
    except (MalformedError, BadMonthError, ValueError) as error:
        raise BadNoteError("its lines are not the ones we write") from error
    if sealed.text() != text:
        raise BadNoteError("it is not written as we write it")
    return sealed


def _read(text: str) -> Sealed:
    kind, origin, *lines, _ = text.split("\n")
    names, values = zip(*(line.split(" ", 1) for line in lines), strict=True)
    if kind != KIND or names != NAMES:
        raise ValueError(kind)
    month, bag, start, end, previous = values
    if not _HASH.fullmatch(bag) or (previous != NONE and not _HASH.fullmatch(previous)):
        raise ValueError(bag)
    before = None if previous == NONE else previous
    sealed = Sealed(origin, read_month(month), bag, _cut(start), _cut(end), before)
    if not origin or sealed.start.size > sealed.end.size:
        raise ValueError(text)
    return sealed


def _spelt(cut: Cut) -> str:
    return f"{cut.size} {base64.b64encode(cut.root).decode()}"


def _cut(text: str) -> Cut:
    size, root = text.split(" ")
    cut = Cut(decimal(size, "note"), decode_base64(root, "note"))
    if len(cut.root) != HASH_BYTES or (cut.size == 0 and cut.root != EMPTY_ROOT):
        raise ValueError(root)
    return cut
