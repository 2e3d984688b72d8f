"""Everything that sealed months hold about one person, and what cannot be told of them.

    envelope: actor, approver, subject, reason      payload: every field, and every field's name

Sealed text is ciphertext here, whoever it is about: what holds any is listed, so that somebody who
may open it can look. People of the force are known by their ids, from every leaf that was read and
from the registry of all months that lie here, so that they can be told from who is looked for.
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from archive.reading.bags import Reading
from archive.reading.names import Names, longer_than
from archive.reading.pointers import fields_of, names_in
from archive.reading.read_record import Record, read_record
from archive.reading.sealed_bag import Bag, RecordFile
from shared.posts.acts import SYSTEM
from shared.recordlog.canonical import JSON
from shared.recordlog.sealed import SEALED

AS = {"/envelope/actor": "actor", "/envelope/approver": "approver", "/envelope/subject": "subject"}
NAMED = "named"
CIPHERTEXT = f"/payload/{SEALED}/"
_SEALED = f'"{SEALED}":{{'.encode()
_PEOPLE = re.compile(rb'"actor":"([^"]+)","approver":(?:null|"([^"]*)")')
_SUBJECT = re.compile(rb'"subject":"person:([^"@/]+)"')
"""Neither can stand within a text of an envelope, for there a quote is escaped."""

REGISTRY = "registry"
NOBODY = Names(())


@dataclass(frozen=True)
class Found:
    """A record that speaks of the person, and the pointers to where it does."""

    record: Record
    fields: tuple[str, ...]

    @property
    def roles(self) -> tuple[str, ...]:
        """As what they stand in it: actor, approver, subject, or only named."""
        return tuple(dict.fromkeys(AS.get(each, NAMED) for each in self.fields))


@dataclass(frozen=True)
class Unopened:
    """A leaf with sealed text, which nobody can read here; `names` tells whether what is not sealed
    of it speaks of the person, and `erased` that nobody can read it anywhere."""

    record: Record
    names: bool

    @property
    def erased(self) -> bool:
        """Whether its key is gone."""
        return self.record.is_erased


@dataclass
class Sighting:
    """What was met on the way through the months, filled as they are read."""

    unopened: list[Unopened] = field(default_factory=list)
    people: set[str] = field(default_factory=set)


def find_person(
    names: Names, reading: Reading, sighting: Sighting, longer: Names = NOBODY
) -> Iterator[Found]:
    """Every record about the person, in the order of the log, and not those that only have a
    `longer` name of somebody else; UntrueBagError."""
    for bag in reading.bags:
        for _, files in groupby(bag.record_files, lambda file: file.number):
            streams = [_records(names, bag, file, sighting) for file in files]
            for record in heapq.merge(*streams, key=lambda record: record.index):
                fields = tuple(fields_naming(names, record, longer))
                if record.is_sealed:
                    sighting.unopened.append(Unopened(record, bool(fields)))
                if fields:
                    yield Found(record, fields)


def people_in_registry(bags: Iterable[Bag]) -> set[str]:
    """The ids of people that the registry of these months speaks of; UntrueBagError."""
    sighting = Sighting()
    for bag in bags:
        for file in bag.record_files:
            if file.entity == REGISTRY:
                for raw in bag.lines(file):
                    _note_people(raw, sighting)
    return sighting.people


def fields_naming(names: Names, record: Record, longer: Names = NOBODY) -> Iterator[str]:
    """The pointers to all that says one of the names, by its value or by its own name."""
    for pointer, value in open_fields(record):
        text = value if isinstance(value, str) else ""
        named = any(names.stand_in(each, longer) for each in names_in(pointer))
        if named or names.stand_in(text, longer):
            yield pointer


def open_fields(record: Record) -> Iterator[tuple[str, JSON]]:
    """Every field of envelope and payload but ciphertext, by its pointer."""
    said = record.as_json()
    whole: JSON = {"envelope": said["envelope"], "payload": said["payload"]}
    for pointer, value in fields_of(whole):
        if not pointer.startswith(CIPHERTEXT):
            yield pointer, value


def others_than(names: Names, people: Iterable[str], also: Iterable[str] = ()) -> Names:
    """Everybody else: people whose id is none of the names, and whoever is named besides."""
    return Names(each for each in (*sorted(people), *also) if not names.are(each))


def perhaps_the_same(names: Names, people: Iterable[str]) -> tuple[str, ...]:
    """People whose id only holds one of the names: whoever asks has to say whether it is them."""
    return tuple(sorted(longer_than(names, people).said))


def _records(names: Names, bag: Bag, file: RecordFile, sighting: Sighting) -> Iterator[Record]:
    """The records of a file that may speak of the person, or hold sealed text."""
    for raw in bag.lines(file):
        _note_people(raw, sighting)
        if _SEALED in raw or names.may_stand_in_line(raw):
            yield read_record(bag, file, raw)


def _note_people(raw: bytes, sighting: Sighting) -> None:
    found = _PEOPLE.search(raw)
    subject = _SUBJECT.search(raw)
    for match in filter(None, (found, subject)):
        ids = (each.decode() for each in match.groups() if each)
        sighting.people.update(each for each in ids if each != SYSTEM)
