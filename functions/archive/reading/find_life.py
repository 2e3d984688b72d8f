"""The whole life of a post: every leaf about it, about its versions and targets, and about what
speaks of it (deletions, exceptions, its appeal, corrections and notes, erasures).

Leaves that name the post are found first. What they are about, such as a deletion, is looked for in
turn, until nothing new turns up: two rounds mostly, and no index that could be wrong.

LifeError
├── BadPostNameError    a text that names no post; carries it
└── NoLifeError         nothing in these months speaks of that post
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from rfc8785 import dumps

from archive.reading.bags import Reading
from archive.reading.read_record import Record, read_record
from shared.posts.acts import Happened
from shared.posts.deletion import Deleted
from shared.recordlog.canonical import JSON
from shared.recordlog.sealed import SEALED
from shared.records.pen import CROCKFORD

_NAMED = re.compile(
    rf"(?:post:)?(?P<post>[0-7][{CROCKFORD}]{{25}})(?:(?:@v|-)[1-9]\d{{0,5}}(?:/\S{{1,40}})?)?",
    re.ASCII,
)
_SUBJECT = re.compile(
    r"post:(?P<post>[^@]+)@v(?P<version>[1-9]\d{0,5})(?:/(?P<place>.+))?", re.ASCII
)
DELETION = "deletion:"
RIGHTS = ("corrects", "closes")
"""Where a post says which one it puts right, or whose appeal it ends."""

WORDS: frozenset[str] = frozenset(
    {Happened.SUBMITTED, Happened.BLOCKED, Happened.ENTERED_AFTERWARDS}
)
"""What brings the words of a version."""

OUTCOMES: Mapping[str, str] = {
    Happened.CLAIMED: "on its way",
    Happened.SENT: "published",
    Happened.UNCERTAIN: "uncertain",
    Happened.NOT_SENT: "not there; sent again",
    Happened.TARGET_HELD: "on hold",
    Happened.TARGET_FAILED: "not published",
    Happened.SETTLED: "settled by a person",
    Deleted.REMOVED: "taken away",
    Deleted.CAME_BACK: "came back",
    Deleted.PROVED: "taken away, and proved",
    Deleted.LEFT: "to be taken away by hand",
    Deleted.BY_HAND: "taken away by hand",
}
"""How a target stands after a leaf about it."""


class LifeError(Exception):
    """Root of why there is no life to show."""


class BadPostNameError(LifeError):
    """A text that names no post."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name[:40]!a} names no post. Give its id: 26 letters and digits.")
        self.name = name


class NoLifeError(LifeError):
    """Nothing in these months speaks of that post."""

    def __init__(self, post_id: str) -> None:
        super().__init__(f"Nothing in these months speaks of post {post_id}.")
        self.post_id = post_id


@dataclass(frozen=True)
class Told:
    """What a leaf says, as far as it leads to others."""

    leaf_id: str
    type: str
    subject: str
    payload: Mapping[str, JSON]


@dataclass(frozen=True)
class Version:
    """One version of it, with what the log says of it."""

    number: int
    records: tuple[Record, ...]

    @property
    def words(self) -> Record | None:
        """The leaf that brought its words; None where these months hold it not."""
        return next((each for each in self.records if each.envelope.type in WORDS), None)

    def places(self) -> dict[str, tuple[str, Record]]:
        """How each target stands at the end of these months, and by which leaf."""
        found: dict[str, tuple[str, Record]] = {}
        for record in self.records:
            place = place_of(record)
            stands = OUTCOMES.get(record.envelope.type)
            if place and stands:
                found[place] = (stands, record)
        return found


@dataclass(frozen=True)
class Life:
    """A post, and every record about it in the order of the log."""

    post_id: str
    reading: Reading
    records: tuple[Record, ...]

    @cached_property
    def versions(self) -> tuple[Version, ...]:
        """Its versions, oldest first."""
        by_number: dict[int, list[Record]] = {}
        for record in self.records:
            number = _version_in(record, self.post_id)
            if number is not None:
                by_number.setdefault(number, []).append(record)
        return tuple(Version(n, tuple(by_number[n])) for n in sorted(by_number))

    @property
    def besides(self) -> tuple[Record, ...]:
        """What is about it and about none of its versions alone."""
        return tuple(each for each in self.records if _version_in(each, self.post_id) is None)

    @cached_property
    def answer(self) -> bytes:
        """The answer as canonical JSON, with a newline."""
        return dumps(self.as_json()) + b"\n"

    @property
    def sha256(self) -> str:
        """Of the answer, hexadecimal: the same question of the same months has the same."""
        return sha256(self.answer).hexdigest()

    def as_json(self) -> dict[str, JSON]:
        """The answer: the question, the months it was read from, how each target stands, every
        leaf with its index and hash."""
        versions: list[JSON] = [
            {
                "places": {
                    place: {"leaf_index": record.index, "stands": stands}
                    for place, (stands, record) in version.places().items()
                },
                "version": version.number,
                "words": version.words.index if version.words else None,
            }
            for version in self.versions
        ]
        return {
            "question": {"show": self.post_id},
            "read": self.reading.as_json(),
            "records": [record.as_json() for record in self.records],
            "versions": versions,
        }


def post_named(name: str) -> str:
    """The id in a text that names a post or one of its versions; BadPostNameError."""
    match = _NAMED.fullmatch(name.strip())
    if match is None:
        raise BadPostNameError(name)
    return match["post"]


def find_life(post_id: str, reading: Reading) -> Life:
    """Its whole life in these months; NoLifeError, UntrueBagError."""
    names = {post_id}
    while True:
        found = list(_naming(reading, names))
        grown = names.union(*(leads_to(_told(each), post_id, names) for each in found))
        if grown == names:
            break
        names = grown
    if not found:
        raise NoLifeError(post_id)
    return Life(post_id, reading, tuple(sorted(found, key=lambda record: record.index)))


def _naming(reading: Reading, names: Iterable[str]) -> Iterator[Record]:
    pattern = re.compile(b"|".join(re.escape(name.encode()) for name in sorted(names)))
    for bag in reading.bags:
        for file in bag.record_files:
            for raw in bag.lines(file):
                if pattern.search(raw):
                    yield read_record(bag, file, raw)


def leads_to(told: Told, post_id: str, names: set[str]) -> Iterator[str]:
    """What else to look for in the life of a post, as it is spelled where it stands."""
    subject, said = told.subject, told.payload
    if SEALED in said:
        yield f"leaf:{told.leaf_id}"
    if subject.startswith(DELETION):
        yield subject
        yield _note_of(subject.removeprefix(DELETION))
    match = _SUBJECT.fullmatch(subject)
    if match and told.type in WORDS:
        about = (said.get(name) for name in RIGHTS)
        rights = any(isinstance(each, Mapping) and each.get("post_id") == post_id for each in about)
        if rights or _note_of(str(said.get("note_of"))) in names:
            yield f"post:{match['post']}@"


def _told(record: Record) -> Told:
    said = record.envelope
    return Told(said.leaf_id, said.type, said.subject, record.payload)


def _note_of(deletion_id: str) -> str:
    return f'"note_of":"{deletion_id}"'


def _version_in(record: Record, post_id: str) -> int | None:
    post, number = version_of(record) or ("", None)
    return number if post == post_id else None


def version_of(record: Record) -> tuple[str, int] | None:
    """The post and version that a leaf is about; None where it is about none."""
    match = _SUBJECT.fullmatch(record.envelope.subject)
    return (match["post"], int(match["version"])) if match else None


def place_of(record: Record) -> str | None:
    """The target that a leaf is about, such as `bluesky#2`; None where it is about none."""
    match = _SUBJECT.fullmatch(record.envelope.subject)
    return match["place"] if match else None
