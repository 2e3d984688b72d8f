"""`bluelamp audit export`: records in a folder, in the form that whoever asked can use."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from archive.exporting.export_activities import READ, export_activities
from archive.exporting.export_court import exhibits_of, export_court
from archive.exporting.export_tables import export_csv, export_html, export_jsonl
from archive.exporting.parcel import Parcel, parcel_at
from archive.reading.bags import Reading
from archive.reading.choose_records import Wanted, chosen
from archive.reading.find_leaf import NoLeafError
from archive.reading.find_life import find_life, post_named
from archive.reading.read_record import Record
from local.audit.asked import HELD, answered, months_asked
from local.audit.certify import certified
from local.audit.foi import give_out
from local.audit.progress import Progress
from shared.recordlog.canonical import JSON

TITLE = "Records from the record log"
MOST_LEAVES = 1_000_000
LONGEST_LINE = 1 << 21


def run(given: argparse.Namespace) -> int:
    """Hand them out."""
    return answered(_export, given)


def _export(given: argparse.Namespace) -> int:
    wanted = _wanted(given)
    with Progress() as progress:
        reading = months_asked(given, progress)
        if given.format == "foi":
            count, digest = give_out(given, reading, _records(given, wanted, reading)())
        else:
            write = _FORMATS[given.format](given, wanted, reading, progress)
            with parcel_at(given.out) as parcel:
                count = write(parcel)
                digest = parcel.finish(_about(given, wanted, reading, count))
    print(f"{count} in {given.out}: SHA-256 of about.json {digest}")
    return HELD


Write = Callable[[Parcel], int]


def _jsonl(given: argparse.Namespace, wanted: Wanted, reading: Reading, _: Progress) -> Write:
    return lambda parcel: export_jsonl(_records(given, wanted, reading)(), parcel)


def _csv(given: argparse.Namespace, wanted: Wanted, reading: Reading, _: Progress) -> Write:
    return lambda parcel: export_csv(_records(given, wanted, reading)(), parcel)


def _html(given: argparse.Namespace, wanted: Wanted, reading: Reading, _: Progress) -> Write:
    return lambda parcel: export_html(_records(given, wanted, reading)(), parcel, TITLE)


def _court(
    given: argparse.Namespace, wanted: Wanted, reading: Reading, progress: Progress
) -> Write:
    exhibits = exhibits_of(_records(given, wanted, reading)(), given.exhibit, given.number)
    if not exhibits:
        raise NoLeafError("that fits")
    asked = json.dumps(_question(given, wanted), sort_keys=True, ensure_ascii=False)
    certificate = certified(given, reading, exhibits, f"export court {asked}", progress)
    return lambda parcel: export_court(certificate, parcel)


def _activities(given: argparse.Namespace, wanted: Wanted, reading: Reading, _: Progress) -> Write:
    narrowed = Wanted(**{**vars(wanted), "types": READ})
    records = _records(given, narrowed, reading)
    return lambda parcel: export_activities(records, parcel, every_platform=given.every_platform)


_FORMATS: dict[str, Callable[[argparse.Namespace, Wanted, Reading, Progress], Write]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "html": _html,
    "court": _court,
    "activities": _activities,
}


def _records(
    given: argparse.Namespace, wanted: Wanted, reading: Reading
) -> Callable[[], Iterator[Record]]:
    if not given.post:
        return lambda: chosen(reading, wanted)
    life = find_life(post_named(given.post), reading)
    return lambda: (record for record in life.records if wanted.fits(record))


def _wanted(given: argparse.Namespace) -> Wanted:
    return Wanted(
        account=given.account,
        who=given.who,
        types=tuple(given.type),
        since=given.since,
        until=given.until,
        leaves=_leaves(given.leaves) if given.leaves else None,
    )


def _leaves(name: str) -> frozenset[int]:
    """The indexes in a file: a number a line, or an object with leaf_index; NoLeafError."""
    if name == "-":
        return frozenset(_indexes(sys.stdin.buffer))
    with Path(name).open("rb") as lines:
        return frozenset(_indexes(lines))


def _indexes(lines: Any) -> Iterator[int]:
    count = 0
    while line := lines.readline(LONGEST_LINE):
        text = line.strip()
        if not text:
            continue
        count += 1
        try:
            said = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise NoLeafError(text.decode("utf-8", "replace")) from error
        index = said.get("leaf_index") if isinstance(said, dict) else said
        if type(index) is not int or index < 0 or count > MOST_LEAVES:
            raise NoLeafError(text.decode("utf-8", "replace"))
        yield index


def _question(given: argparse.Namespace, wanted: Wanted) -> dict[str, JSON]:
    post: dict[str, JSON] = {"post": post_named(given.post)} if given.post else {}
    return {**post, **wanted.as_json()}


def _about(
    given: argparse.Namespace, wanted: Wanted, reading: Reading, count: int
) -> dict[str, JSON]:
    """What was asked, and of which months; nothing of when, or by whom."""
    asked: dict[str, JSON] = {"format": given.format, "which": _question(given, wanted)}
    if given.every_platform:
        asked["every_platform"] = True
    return {"count": count, "export": asked, "read": reading.as_json()}
