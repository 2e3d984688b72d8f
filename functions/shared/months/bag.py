"""A month's bag (BagIt, RFC 8493): where everything lies in it, and the files that say so.

    bagit.txt  bag-info.txt  manifest-sha256.txt  tagmanifest-sha256.txt
    data/README.txt  data/verify.py  data/counts.json  data/reconciliation.json
    data/schema/*.schema.json
    data/records/<entity>/part-00000.jsonl.gz      65,536 leaves of the month to a part
    data/log/checkpoint.start  checkpoint.end  consistency.json  pubkeys.vkey  tile/…
    data/timestamp.tsr  data/cosignatures/<witness>

The hash of the tag manifest stands for the whole bag.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from shared.months.month import Month

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
DATA, LOG, RECORDS = "data/", "data/log/", "data/records/"
START, END = LOG + "checkpoint.start", LOG + "checkpoint.end"
CONSISTENCY, KEYS = LOG + "consistency.json", LOG + "pubkeys.vkey"
COUNTS, RECONCILIATION = DATA + "counts.json", DATA + "reconciliation.json"
TIMESTAMP, COSIGNATURES = DATA + "timestamp.tsr", DATA + "cosignatures/"

PART = 65_536
"""Leaves of one part: what one call of a function writes."""


@dataclass(frozen=True)
class Part:
    """The leaves from `first` to before `after`, as one worker writes them."""

    number: int
    first: int
    after: int


def parts_of(start: int, end: int) -> tuple[Part, ...]:
    """The parts of a month; none where nothing was logged."""
    return tuple(
        Part(number, first, min(first + PART, end))
        for number, first in enumerate(range(start, end, PART))
    )


def folder(month: Month) -> str:
    """Where its bag lies in the archive."""
    return f"month={month}/"


def note_path(month: Month) -> str:
    """Where its note lies in the archive, written last."""
    return f"commit/{month}.note"


def records_path(entity: str, part: int) -> str:
    """Where the lines of one entity in one part lie in the bag."""
    return f"{RECORDS}{entity}/part-{part:05}.jsonl.gz"


def manifest(hashes: Mapping[str, str]) -> bytes:
    """A manifest: lower-case hexadecimal SHA-256 by path, in the order of paths."""
    return "".join(f"{hashes[path]}  {path}\n" for path in sorted(hashes)).encode()


def digest(data: bytes) -> str:
    """Lower-case hexadecimal SHA-256."""
    return sha256(data).hexdigest()


def bag_info(month: Month, origin: str, *, previous: str | None, octets: int, files: int) -> bytes:
    """What the bag says of itself; `previous` is the bag hash of the month before it. Nothing in it
    depends on when it was made, so that whoever makes it again makes the same."""
    facts = {
        "Source-Organization": origin.partition("/")[0],
        "External-Identifier": f"{origin}/{month}",
        "Bagging-Date": f"{month.ends:%Y-%m-%d}",
        "Payload-Oxum": f"{octets}.{files}",
        "Bluelamp-Month": str(month),
        "Bluelamp-Origin": origin,
        "Bluelamp-Previous": previous or "none",
    }
    return "".join(f"{name}: {value}\n" for name, value in facts.items()).encode()
