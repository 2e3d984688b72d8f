"""Policy change as a recorded act: somebody proposes a pack, somebody else approves it (G06).

A proposal is named by the SHA-256 of the pack's canonical JSON, so that whoever approves approves
these words and no others.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

import rfc8785

from shared.policy.errors import InvalidPackError
from shared.policy.model import bundled_model
from shared.policy.pack import BUNDLED, Pack, load, read
from shared.policy.rules import RULES
from shared.posts.names import PersonId


class Happened(StrEnum):
    """Types of leaves that speak of the policy."""

    PROPOSED = "policy.proposed"
    APPROVED = "policy.approved"
    REVIEW_TOLD = "policy.review_due_told"


def subject(digest: str) -> str:
    """How leaves name a pack."""
    return f"policy:{digest}"


@dataclass(frozen=True)
class Proposal:
    """A pack as proposed; `content` is its canonical JSON, `digest` the hash of that (hex)."""

    digest: str
    content: str
    version: str
    proposed_by: PersonId
    proposed_at: datetime
    why: str
    approved_by: PersonId | None = None
    approved_at: datetime | None = None


def canonical(content: Mapping[str, Any]) -> tuple[str, str]:
    """A pack's canonical JSON and its digest; InvalidPackError for what has none."""
    try:
        written = rfc8785.dumps(dict(content))
        return written.decode(), hashlib.sha256(written).hexdigest()
    except (ValueError, RecursionError) as error:
        raise InvalidPackError("file", "holds what JSON cannot keep exactly") from error


@lru_cache(maxsize=2)
def shipped(today: date) -> Pack:
    """The pack that ships with the code, expired or not: what this code has learnt to look for."""
    return read(BUNDLED.read_bytes(), today, bundled_model())


def usable(content: str, today: date) -> Pack:
    """The pack, if every rule of this code finds in it what it needs; else InvalidPackError."""
    pack, ours = load(content.encode(), today), shipped(today)
    for rule in RULES:
        pack.rule(rule.__module__.rpartition(".")[2].replace("_", "-"))
    for name in ours.terms:
        pack.term_list(name)
    for name in ours.limits:
        if name not in pack.limits:
            raise InvalidPackError(f"limits.{name}", "is missing")
    return pack


def approved(content: str, today: date) -> Pack:
    """A pack that was approved, as today's code reads it: of what the code has learnt since, it
    says what the pack that ships with the code says. ExpiredPackError, InvalidPackError."""
    pack, ours = load(content.encode(), today), shipped(today)
    return replace(
        pack,
        limits={**ours.limits, **pack.limits},
        terms={**ours.terms, **pack.terms},
        rules={**ours.rules, **pack.rules},
    )
