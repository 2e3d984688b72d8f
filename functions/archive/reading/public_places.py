"""What leaves say of posts that the public could see: where one stands, changed, or is gone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from archive.reading.find_life import place_of, version_of
from archive.reading.read_record import Record
from shared.posts.acts import Happened
from shared.posts.deletion import Deleted
from shared.posts.exception_found import Cause, Change, Noticed
from shared.posts.threads import SEPARATOR
from shared.recordlog.canonical import JSON

NOT_PUBLIC = frozenset({"sandbox", "viva-engage"})
"""A trial, and the force's own network."""

GONE = (Deleted.REMOVED, Deleted.BY_HAND)
TYPES = (*GONE, Happened.SENT, Happened.SETTLED, Noticed.FOUND, Noticed.CLOSED)
"""The leaves that say so."""

_PLACE = re.compile(rf"[a-z][a-z-]{{0,40}}(?:{SEPARATOR}[1-9]\d?)?", re.ASCII)

_VERSION = re.compile(r"[1-9]\d{0,5}", re.ASCII)


@dataclass(frozen=True)
class Where:
    """A post of ours as it stands somewhere: version, and platform with the part of a thread."""

    post: str
    version: int
    place: str

    @property
    def platform(self) -> str:
        """On which platform."""
        return self.place.partition(SEPARATOR)[0]

    @property
    def is_first(self) -> bool:
        """Whether it is all of it there, or the first part of a thread."""
        return self.place == self.platform

    @property
    def is_public(self) -> bool:
        """Whether anybody could see it there."""
        return self.platform not in NOT_PUBLIC


def sent_at(record: Record) -> Where | None:
    """Where it stands since this leaf."""
    settled = record.envelope.type == Happened.SETTLED and record.payload.get("decision") == "sent"
    return _where(record) if settled or record.envelope.type == Happened.SENT else None


def gone_from(record: Record) -> Where | None:
    """Where it is gone from since this leaf."""
    if record.envelope.type in GONE:
        return _where(record)
    said = record.payload
    closed = record.envelope.type == Noticed.CLOSED and said.get("change") == Change.GONE
    return _excepted(record) if closed and said.get("cause") != Cause.MISTAKEN else None


def altered_at(record: Record) -> Where | None:
    """Where it says something else since this leaf, by nobody's leave."""
    is_other = record.envelope.reason == Change.ALTERED and record.payload.get("shown")
    return _excepted(record) if record.envelope.type == Noticed.FOUND and is_other else None


def _excepted(record: Record) -> Where | None:
    """The post that an exception is about: `<id>-<version>`, and where."""
    post, _, number = str(record.payload.get("post")).rpartition("-")
    place = record.payload.get("place")
    if not _VERSION.fullmatch(number) or not isinstance(place, str) or not _PLACE.fullmatch(place):
        return None
    return Where(post, int(number), place)


def corrected_by(where: Where, words: Mapping[str, JSON]) -> Where | None:
    """The post that these words put right, or close, where they do."""
    about = words.get("corrects") or words.get("closes")
    if not isinstance(about, Mapping):
        return None
    post, version = about.get("post_id"), about.get("version")
    if not isinstance(post, str) or not isinstance(version, int):
        return None
    return Where(post, version, where.platform)


def _where(record: Record) -> Where | None:
    version, place = version_of(record), place_of(record)
    is_place = version is not None and place is not None and _PLACE.fullmatch(place)
    return Where(*version, place) if version and place and is_place else None
