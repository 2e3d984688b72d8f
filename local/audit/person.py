"""`bluelamp audit person`: everything about one person, and what speaks of others withheld.

What opens the pack is written beside it and stays with the force. What a machine cannot decide is
told on standard error: somebody reads the pack before it is handed over.
"""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive.exporting.export_foi import kept_openings
from archive.exporting.export_person import GROUND, export_person, orders_for, speaks_of_both
from archive.exporting.parcel import parcel_at
from archive.exporting.redact import Order, redact
from archive.reading.bags import Bags
from archive.reading.find_person import (
    Found,
    Sighting,
    Unopened,
    find_person,
    others_than,
    people_in_registry,
    perhaps_the_same,
)
from archive.reading.names import Names, NobodyError, longer_than, names_to_look_for
from local.audit.asked import HELD, answered, keys_given, months_asked
from local.audit.foi import few_enough, require_apart, secret_in, write_for_the_owner
from local.audit.folders import FolderShelf
from local.audit.plain import plain
from local.audit.progress import Progress
from shared.recordlog.canonical import JSON

MOST_BYTES = 10_000_000
PLACES_TOLD = 20


def run(given: argparse.Namespace) -> int:
    """Hand it out."""
    return answered(_person, given)


def _person(given: argparse.Namespace) -> int:
    names = names_to_look_for(given.names)
    given.secret = given.secret or _beside(given.out, "secret")
    given.kept = given.kept or _beside(given.out, "kept")
    require_apart(given.out, given.secret, given.kept)
    with Progress() as progress:
        reading = months_asked(given, progress)
        here = Bags(FolderShelf(given.archive), keys_given(given.key), progress.opened)
        sighting, also = Sighting(), _listed(given.others)
        found = few_enough(find_person(names, reading, sighting, longer_than(names, also)))
        people = sighting.people | people_in_registry(map(here.bag, here.months))
        if not found:
            raise NobodyError(names, len(sighting.unopened))
        others = others_than(names, people, also)
        orders = [o for each in found for o in orders_for(each, names, others, _ground(given))]
        read = {each.month for each in reading.bags}
        unread = [str(month) for month in here.months if month not in read]
        about = {
            **_asked(given, names),
            "not_read": [*unread],
            "read": reading.as_json(),
            "unopened": len(sighting.unopened),
        }
        count, digest = _hand_out(given, found, orders, sighting.unopened, about)
    for line in (
        *_alike(perhaps_the_same(names, people - {*also})),
        *_speaking_of_both(found, orders),
        *_not_seen(sighting.unopened, unread),
    ):
        print(line, file=sys.stderr)
    print(f"{count} in {given.out}: SHA-256 of about.json {digest}")
    return HELD


def _hand_out(
    given: argparse.Namespace,
    found: Sequence[Found],
    orders: Sequence[Order],
    unopened: Sequence[Unopened],
    about: Mapping[str, JSON],
) -> tuple[int, str]:
    records = [each.record for each in found]
    redacted = redact(records, orders, secret_in(given.secret))
    with parcel_at(given.out) as parcel:
        count = export_person(found, redacted, orders, unopened, parcel)
        digest = parcel.finish({**about, "count": count})
        write_for_the_owner(given.kept, kept_openings(redacted))
    return count, digest


def _asked(given: argparse.Namespace, names: Names) -> dict[str, JSON]:
    """The question; whom else it was told of stays with the force."""
    return {
        "export": {
            "format": "person",
            "names": [*names.said],
            "reference": given.reference,
        }
    }


def _alike(people: Sequence[str]) -> Iterator[str]:
    for each in map(plain, people):
        yield (
            f"{each} is withheld, and may be the same person: give that id too if it is, or name "
            "it in --others if it is not."
        )


def _speaking_of_both(found: Sequence[Found], orders: Sequence[Order]) -> Iterator[str]:
    withheld: dict[int | None, set[str]] = {}
    for order in orders:
        withheld.setdefault(order.leaf, set()).add(order.pointer)
    both = [
        f"{plain(pointer)} of leaf {each.record.index}"
        for each in found
        for pointer in speaks_of_both(each, withheld.get(each.record.index, ()))
    ]
    if both:
        told = [*both[:PLACES_TOLD], *(["…"] if len(both) > PLACES_TOLD else [])]
        yield f"Withheld, though it speaks of the person too, {len(both)}: {'; '.join(told)}."


def _not_seen(unopened: Sequence[Unopened], unread: Sequence[str]) -> Iterator[str]:
    if unopened:
        naming = sum(1 for each in unopened if each.names)
        yield (
            f"{len(unopened)} leaves hold text that cannot be read here, {naming} of them speak of "
            "the person: unopened.csv."
        )
    if unread:
        yield f"Not read: {', '.join(unread)}."


def _beside(out: Path, ending: str) -> Path:
    return out.with_name(f"{out.name}.{ending}")


def _ground(given: argparse.Namespace) -> str:
    said: str = given.ground.strip()
    return said or GROUND


def _listed(file: Path | None) -> list[str]:
    """The names in a file, one a line."""
    if file is None:
        return []
    with file.open("rb") as held:
        return held.read(MOST_BYTES).decode("utf-8-sig").splitlines()
