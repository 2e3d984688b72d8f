"""`bluelamp audit show`: a post's whole life, for a person or as canonical JSON."""

import argparse
import json
import sys
from collections.abc import Iterator

from archive.reading.find_life import Life, find_life, post_named
from archive.reading.in_words import in_words
from archive.reading.pointers import fields_of
from archive.reading.read_record import Record
from local.audit.asked import HELD, answered, months_asked, months_told
from local.audit.plain import indented, plain
from local.audit.progress import Progress

EVERY_LEAF = frozenset({"/content_hash"})
"""What every leaf about a post says, and nobody has to read each time."""


def run(given: argparse.Namespace) -> int:
    """Show it."""
    return answered(_show, given)


def _show(given: argparse.Namespace) -> int:
    post_id = post_named(given.post)
    with Progress() as progress:
        life = find_life(post_id, months_asked(given, progress))
    if given.json:
        sys.stdout.buffer.write(life.answer)
        sys.stdout.buffer.flush()
    else:
        for line in told(life):
            print(line)
    return HELD


def told(life: Life) -> Iterator[str]:
    """The life as lines: how each version stands, then leaf by leaf."""
    yield f"Post {life.post_id}"
    yield from months_told(life.reading)
    for version in life.versions:
        yield ""
        words = version.words
        told = _said_by(words) if words else "sent in before these months"
        yield f"Version {version.number}, {told}"
        if words:
            yield from indented(str(words.payload.get("text", "")))
        for place, (stands, record) in sorted(version.places().items()):
            yield f"  {plain(place)}: {stands} (leaf {record.index})"
    yield ""
    for record in life.records:
        yield from _leaf(record)
    yield f"{len(life.records)} leaves. Answer: SHA-256 {life.sha256}"


def _said_by(record: Record) -> str:
    return f"by {plain(record.envelope.actor)} at {record.envelope.at:%Y-%m-%d %H:%M:%S} UTC"


def _leaf(record: Record) -> Iterator[str]:
    said = record.envelope
    approved = f", approved by {plain(said.approver)}" if said.approver else ""
    yield f"{in_words(said.type)} ({plain(said.type)})"
    yield f"  {_said_by(record)}{approved}"
    yield f"  {plain(said.subject)}{f'; {plain(said.account)}' if said.account else ''}"
    if said.reason:
        yield from indented(said.reason, "  reason: ")
    for pointer, value in fields_of(record.payload):
        if pointer in EVERY_LEAF or value in ("", None) or not pointer:
            continue
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        yield from indented(text, f"  {plain(pointer[1:])}: ")
    if record.is_erased:
        yield "  erased: what was sealed in it cannot be read by anybody any more"
    yield f"  leaf {record.index}, hash {record.leaf_hash}, id {plain(said.leaf_id)}"
    yield ""
