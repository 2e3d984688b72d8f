"""The answer to a question, on a terminal or as canonical JSON."""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from archive.questions.answer import Answered
from archive.reading.bags import Reading
from local.audit.asked import months_told
from local.audit.copy import FOLDER
from local.audit.plain import indented, plain
from shared.recordlog.canonical import JSON, canonical_json

OF_EVERY_ROW = ("leaf_index", "leaf_hash", "month")
"""What stands in the last line of each."""


def copy_folder(archive: Path, said: Path | None) -> Path:
    """Where the copy lies."""
    return said or archive / FOLDER


def hand_out(answered: Answered, reading: Reading, *, as_json: bool) -> None:
    """Print it. As JSON it is one line: `{asked, columns, next, read, rows, sha256, total}`."""
    if as_json:
        whole: dict[str, JSON] = {**answered.as_json(), "read": reading.as_json()}
        sys.stdout.buffer.write(canonical_json(whole) + b"\n")
        sys.stdout.buffer.flush()
        return
    for line in told(answered, reading):
        print(line)


def told(answered: Answered, reading: Reading) -> Iterator[str]:
    """The months that were read, row by row what was found, and the hash of all rows."""
    yield from months_told(reading)
    yield ""
    for row in answered.rows:
        yield from _row(row)
        yield ""
    shown = f"{len(answered.rows)} of {answered.total} rows"
    further = "" if answered.next is None else f"; further rows: --after {answered.next}"
    yield f"{shown}{further}. Answer: SHA-256 {answered.sha256}"


def _row(row: Mapping[str, JSON]) -> Iterator[str]:
    for name, value in row.items():
        if name in OF_EVERY_ROW or value in (None, ""):
            continue
        yield from indented(str(value), f"{plain(name)}: ")
    yield f"  leaf {row['leaf_index']} in {row['month']}, hash {row['leaf_hash']}"
