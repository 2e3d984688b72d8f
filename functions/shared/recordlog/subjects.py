"""What a leaf is about, and when: so that whoever keeps something can tell whether it is that.

    account:leek-npt   post:<ulid>   person:<id>

Named by its envelope, or by what it commits to in the open. A comment that was taken down names its
account, and not the post beneath which it stood.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Leaf
from shared.recordlog.sealed import SEALED

_NAMED = re.compile(r"((?:account|person|post):[0-9A-Za-z-]+)(?:[@/].*)?", re.DOTALL)
_KINDS = {"account_id": "account", "asked_by": "person", "decided_by": "person", "post_id": "post"}
"""Fields of payloads that hold a bare name."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TIME = 10
"""Characters of a ULID that say when: milliseconds since 1970."""


def subjects_of(leaf: Leaf) -> frozenset[str]:
    """Everything the leaf is about. It is one of ours, and need not be proved to be (`leaf`)."""
    said = json.loads(leaf.envelope)
    people = {f"person:{each}" for each in (said["actor"], said["approver"]) if each}
    account = {f"account:{said['account']}"} if said["account"] else set()
    return frozenset({*people, *account, *_bare(said["subject"]), *_in(json.loads(leaf.payload))})


def moment_of(leaf_id: str) -> datetime:
    """When it happened, to the millisecond; ValueError for what is no ULID."""
    made = 0
    for character in leaf_id[:_TIME]:
        made = made * len(_DIGITS) + _DIGITS.index(character)
    return datetime.fromtimestamp(made / 1000, UTC)


def _in(value: JSON, field: str = "") -> Iterator[str]:
    """The subjects a payload names; nothing is read of what is sealed."""
    if isinstance(value, str):
        yield from _bare(f"{_KINDS[field]}:{value}" if field in _KINDS else value)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name != SEALED:
                yield from _in(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _in(each, field)


def _bare(text: str) -> Iterator[str]:
    """A subject without its version and its target; nothing if it is none."""
    if named := _NAMED.fullmatch(text):
        yield named[1]
