"""What there is to draw from: every version of a post that went out somewhere, as the month says.

A version counts once, however many platforms and parts it has, and whether or not it was taken away
again: it was said. What somebody entered afterwards counts in the month in which they did.
"""

from collections import defaultdict
from collections.abc import Iterator

from archive.reading.find_life import version_of
from archive.reading.read_record import Record, read_record
from archive.reading.sealed_bag import Bag
from shared.posts.acts import Happened
from shared.samples.draw import name_of

ENTITY = "publication"
TYPES = frozenset({Happened.SENT.value, Happened.SETTLED.value})
SEAMS = tuple(f'"type":"{each}"'.encode() for each in TYPES)
"""Most lines are told apart without being parsed."""

SENT = "sent"


def published_in(bag: Bag) -> dict[str, frozenset[str]]:
    """The names of the posts that went out in a month, by account; UntrueBagError."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in _sent(bag):
        version = version_of(record)
        if version is not None and record.envelope.account is not None:
            found[record.envelope.account].add(name_of(*version))
    return {account: frozenset(names) for account, names in sorted(found.items())}


def _sent(bag: Bag) -> Iterator[Record]:
    for file in bag.record_files:
        if file.entity != ENTITY:
            continue
        for raw in bag.lines(file):
            if any(seam in raw for seam in SEAMS):
                record = read_record(bag, file, raw)
                if _says_sent(record):
                    yield record


def _says_sent(record: Record) -> bool:
    """Whether the platform showed it, or somebody says that it does."""
    if record.envelope.type == Happened.SETTLED:
        return record.payload.get("decision") == SENT
    return record.envelope.type == Happened.SENT
