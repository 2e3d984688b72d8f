"""Public posts as Activity Streams 2.0: what was said, changed and taken away, and nothing else.

Create where a post was published, Update where it was struck out in a feed or changed on its
platform, Delete with a Tombstone where it was taken away; in the order of the log, each with its
leaf. Nobody of ours is named: the account speaks. Words that were taken away are not given out
again: of such a post there is the Create, without content, and the Delete.

The order of the story: a first reading finds what was taken away; a second writes, and holds the
words of a version only until it was concluded.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import escape
from urllib.parse import quote

from rfc8785 import dumps

from archive.exporting.parcel import Parcel
from archive.reading.find_life import version_of
from archive.reading.public_places import TYPES, Where, altered_at, corrected_by, gone_from, sent_at
from archive.reading.read_record import Record
from shared.posts.acts import Happened
from shared.posts.correction import STRUCK_OUT_ON
from shared.posts.life import Outcome
from shared.recordlog.canonical import JSON
from shared.records.pen import CROCKFORD

OUTBOX = "outbox.json"
CONTEXT: JSON = [
    "https://www.w3.org/ns/activitystreams",
    {
        "bluelamp": "urn:uuid:6f0f5f4a-5d1b-5d55-9d6e-6f6f5c7f0a01#",
        "leafHash": "bluelamp:leafHash",
        "leafIndex": "bluelamp:leafIndex",
        "sha256": "bluelamp:sha256",
    },
]
"""Ours are the leaf's place and hash, and the hash of a picture; readers who do not know them may
pass over them."""

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
WORDS = (Happened.SUBMITTED, Happened.ENTERED_AFTERWARDS)
OVER = (
    *(Happened.SUPERSEDED, Happened.WITHDRAWN, Happened.EXPIRED, Happened.REFUSED),
    *(Happened.RETURNED, Happened.REJECTED, Happened.EDITED, Happened.CONCLUDED),
)
UNKNOWN = frozenset({Outcome.PENDING, Outcome.UNCERTAIN})
"""Somebody may still say that it stands there."""

READ = tuple(str(each) for each in (*WORDS, *OVER, *TYPES))
"""The types of leaves that have to be read for it."""

STRUCK = "These words were wrong, and are struck out beside those that are true."
ALTERED = "These words were changed on the platform, with no act of ours."
"""What they were changed to is somebody else's, and is not said again."""

Records = Callable[[], Iterator[Record]]


@dataclass
class _Said:
    """What versions say that are not concluded yet."""

    versions: dict[tuple[str, int], Record] = field(default_factory=dict)

    def hear(self, record: Record) -> None:
        """Keep its words, or let go of what is over."""
        version = version_of(record)
        if version is None:
            return
        if record.envelope.type in WORDS:
            self.versions[version] = record
        elif record.envelope.type in OVER and not _may_be_settled(record):
            self.versions.pop(version, None)

    def of(self, where: Where) -> Mapping[str, JSON]:
        """What was sent in, as far as these months hold it."""
        found = self.versions.get((where.post, where.version))
        return found.payload if found else {}


def _may_be_settled(record: Record) -> bool:
    outcomes = record.payload.get("outcomes")
    return isinstance(outcomes, Mapping) and not UNKNOWN.isdisjoint(map(str, outcomes.values()))


def export_activities(records: Records, parcel: Parcel, *, every_platform: bool = False) -> int:
    """One OrderedCollection; how many activities. `records` are read twice."""
    taken_away = {where for record in records() if (where := gone_from(record))}
    said, count = _Said(), 0
    with parcel.stream(OUTBOX) as file:
        file.write(b'{"@context":' + dumps(CONTEXT) + b',"orderedItems":[')
        for record in records():
            said.hear(record)
            for where, activity in _activities(record, said, taken_away):
                if every_platform or where.is_public:
                    file.write((b",\n" if count else b"\n") + dumps(activity))
                    count += 1
        file.write(b'\n],"totalItems":%d,"type":"OrderedCollection"}\n' % count)
    return count


def _activities(
    record: Record, said: _Said, taken_away: set[Where]
) -> Iterator[tuple[Where, dict[str, JSON]]]:
    """What a leaf says that the public could see, and where."""
    if where := gone_from(record):
        tombstone = {"deleted": _at(record), "formerType": "Note", "type": "Tombstone"}
        yield where, _activity("Delete", record, {**tombstone, "id": _id(record, where)})
    elif where := sent_at(record):
        words = said.of(where)
        yield where, _activity("Create", record, _note(record, where, words, taken_away))
        older = corrected_by(where, words)
        is_struck = "corrects" in words and where.platform in STRUCK_OUT_ON
        if older and is_struck and older not in taken_away:
            yield older, _activity("Update", record, _changed(record, older, STRUCK))
    elif (where := altered_at(record)) and where not in taken_away:
        yield where, _activity("Update", record, _changed(record, where, ALTERED))


def _changed(record: Record, where: Where, summary: str) -> dict[str, JSON]:
    said = {"id": _id(record, where), "summary": summary, "type": "Note"}
    return {**said, "updated": _at(record)}


def _note(
    record: Record, where: Where, words: Mapping[str, JSON], taken_away: set[Where]
) -> dict[str, JSON]:
    note: dict[str, JSON] = {
        "attributedTo": _actor(record),
        "id": _id(record, where),
        "published": _at(record),
        "to": [PUBLIC],
        "type": "Note",
    }
    url = record.payload.get("url")
    if isinstance(url, str) and url.startswith(("https://", "http://")):
        note["url"] = url
    if older := corrected_by(where, words):
        note["inReplyTo"] = _id(record, older)
    if where in taken_away:
        return note
    text = record.payload.get("text_read_back") or words.get("text")
    if isinstance(text, str):
        note["content"] = _html(text)
    pictures = words.get("pictures")
    if isinstance(pictures, list) and where.is_first:
        shown = (each for each in pictures if isinstance(each, Mapping))
        note["attachment"] = [
            {"name": each.get("alt"), "sha256": each.get("sha256"), "type": "Image"}
            for each in shown
        ]
    return note


def _activity(kind: str, record: Record, what: Mapping[str, JSON]) -> dict[str, JSON]:
    return {
        "actor": _actor(record),
        "id": f"{_tag(record, record.envelope.at)}:leaf/{record.index}/{kind.lower()}",
        "leafHash": record.leaf_hash,
        "leafIndex": record.index,
        "object": what,
        "published": _at(record),
        "to": [PUBLIC],
        "type": kind,
    }


def _actor(record: Record) -> JSON:
    account = record.envelope.account or "unknown"
    named = f"{_tag(record, _EPOCH)}:account/{quote(account, safe='')}"
    return {"id": named, "name": account, "type": "Organization"}


_EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def _id(record: Record, where: Where) -> str:
    """A name for it, the same in every export: the day in it is that of the post's own id."""
    made = 0
    for character in where.post[:10]:
        made = made * len(CROCKFORD) + max(CROCKFORD.find(character), 0)
    try:
        day = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=made)
    except OverflowError:
        day = _EPOCH
    place = quote(where.place, safe="")
    return f"{_tag(record, day)}:post/{quote(where.post, safe='')}@v{where.version}/{place}"


def _tag(record: Record, day: datetime) -> str:
    """The beginning of a name that nobody else gives (RFC 4151)."""
    return f"tag:{record.bag.sealed.origin.partition('/')[0]},{day:%Y-%m-%d}"


def _at(record: Record) -> str:
    return record.envelope.at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _html(text: str) -> str:
    paragraphs = (escape(each).replace("\n", "<br>") for each in text.split("\n\n"))
    return "".join(f"<p>{each}</p>" for each in paragraphs)
