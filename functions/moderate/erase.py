"""Asks for sealed text to be erased, approves or refuses it: two people, each by name.

Nothing is destroyed here: this room writes down that two people agreed, and a function that nobody
can reach from outside carries it out within the hour.
"""

from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import Person
from shared.posts.names import ErasureId, LeafId
from shared.recordlog.erasure import Basis, Erasure, decided
from shared.records.erasures import Erasures
from shared.records.pen import ENTROPY_BYTES, Pen, ulid


@dataclass(frozen=True)
class ErasureDesk:
    """Where erasures are kept, and what makes their ids."""

    erasures: Erasures
    pen: Pen


@dataclass(frozen=True)
class Wish:
    """Which record, on what ground, and why."""

    leaf_id: LeafId
    basis: Basis
    why: str


def ask(wish: Wish, *, by: Person, desk: ErasureDesk, now: datetime) -> Erasure:
    """The erasure, waiting for a second person; NothingSealedError, AskedBeforeError,
    OnHoldError."""
    erasure_id = ErasureId(ulid(now, desk.pen.chance(ENTROPY_BYTES)))
    erasure = Erasure(erasure_id, wish.leaf_id, wish.basis, wish.why.strip(), by.person_id, now)
    desk.erasures.ask(erasure)
    return erasure


def approve(erasure_id: ErasureId, *, by: Person, desk: ErasureDesk, now: datetime) -> Erasure:
    """A second person agrees; OwnErasureError, DecidedBeforeError, OnHoldError."""
    before = desk.erasures.get(erasure_id)
    after = decided(before, by.person_id, now)
    desk.erasures.decide(before, after)
    return after


def refuse(
    erasure_id: ErasureId, why: str, *, by: Person, desk: ErasureDesk, now: datetime
) -> Erasure:
    """It stays readable, and why is on record; whoever asked may take it back so as well."""
    before = desk.erasures.get(erasure_id)
    after = decided(before, by.person_id, now, refused_for=why.strip())
    desk.erasures.decide(before, after)
    return after
