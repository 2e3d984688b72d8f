"""`bluelamp audit reveal`: is a withheld field what it is now said to be?

Whoever was given the pack runs it with the opening they were given later; the force runs it with
the file it kept, and with `--archive` holds it against the record as well.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from archive.exporting.export_foi import held_against, stands_in
from archive.exporting.export_tables import JSON_LINES
from archive.exporting.redact import BadOpeningError, Opening, read_opening
from archive.reading.bags import Bags
from archive.reading.read_record import find_record
from local.audit.asked import FOUND, HELD, answered, keys_given
from local.audit.folders import FolderShelf
from local.audit.plain import plain

LONGEST_LINE = 1 << 22


def run(given: argparse.Namespace) -> int:
    """Say so, opening by opening; 1 if one opens nothing."""
    return answered(_reveal, given)


def _reveal(given: argparse.Namespace) -> int:
    openings = [each for each in _openings(given.openings) if _is_asked(each, given)]
    if not openings:
        raise BadOpeningError("There is no opening of that field in the file.")
    outcome = HELD
    with (given.pack / JSON_LINES).open("rb") as lines:
        pack = iter(lambda: lines.readline(LONGEST_LINE), b"")
        for opening, holds in held_against(pack, openings):
            sound = holds and _is_in_archive(opening, given)
            where = f"leaf {opening.leaf}, {plain(opening.pointer)}"
            if sound:
                print(json.dumps(opening.as_json()))  # ASCII: it may be read on a terminal
                print(f"{where}: it is what was withheld.", file=sys.stderr)
            else:
                print(f"{where}: this is not what was withheld.", file=sys.stderr)
                outcome = FOUND
    return outcome


def _openings(file: Path) -> Iterator[Opening]:
    with file.open("rb") as lines:
        while line := lines.readline(LONGEST_LINE):
            try:
                said = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise BadOpeningError("This is no opening of a withheld field.") from error
            yield read_opening(said)


def _is_asked(opening: Opening, given: argparse.Namespace) -> bool:
    return given.leaf in (None, opening.leaf) and given.field in (None, opening.pointer)


def _is_in_archive(opening: Opening, given: argparse.Namespace) -> bool:
    if given.archive is None:
        return True
    reading = Bags(FolderShelf(given.archive), keys_given(given.key)).between()
    record = find_record(reading.holding(opening.leaf), opening.leaf)
    return stands_in(record.as_json(), opening)
