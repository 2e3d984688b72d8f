"""Orders of proofs: kept with the leaves that say who asked, and what came of it; ended once."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.months.month import Month
from shared.months.proof_order import (
    Checked,
    Kind,
    MadeFile,
    Needed,
    Order,
    Producer,
    checked,
    made,
    wrong,
)
from shared.posts.names import PersonId, ProofId
from shared.records.errors import (
    AlreadyExistsError,
    ChangedError,
    InvalidCursorError,
    NotFoundError,
)
from shared.records.outbox import Outbox
from shared.records.proofs import Proofs
from tests.builders import NOW, a_pen

OCTOBER = Month(2026, 10)
ORDER = Order(
    proof_id=ProofId("01K0000000000000000000000P"),
    kind=Kind.BUNDLE,
    about="post:01K0000000000000000000000B",
    first=OCTOBER,
    last=OCTOBER.next,
    needed=(Needed(OCTOBER, "a" * 64),),
    asked_by=PersonId("p-auditor"),
    asked_at=NOW,
    leaves=(3, 7, 2_000_000),
    producer=Producer("Siân Marsh", "records manager", "SM", 1),
)
LATER = NOW + timedelta(minutes=3)
FILES = (MadeFile("bundle.zip", 1_000_000, "b" * 64),)


def types(store):
    return [json.loads(leaf.envelope)["type"] for leaf in Outbox(store).pending(10)]


def test_an_order_comes_back_as_it_was_asked_and_as_it_went_on(store):
    kept = Proofs(store, a_pen())
    kept.ask(ORDER)
    assert kept.get(ORDER.proof_id) == ORDER

    further = checked(ORDER, Checked(OCTOBER, "2026-10 holds: 9 leaves.\n“é”"))
    kept.note(ORDER, further)
    assert kept.get(ORDER.proof_id) == further

    over = made(further, FILES, "Leaf 3 has text that was erased.", LATER)
    kept.end(further, over)
    assert kept.get(ORDER.proof_id) == over
    assert types(store) == ["proof.asked", "proof.made"]


def test_it_is_asked_once_and_ended_once(store):
    kept = Proofs(store, a_pen())
    kept.ask(ORDER)
    with pytest.raises(AlreadyExistsError):
        kept.ask(ORDER)
    over = wrong(ORDER, "The bag is another.", LATER)
    kept.end(ORDER, over)

    for again in (kept.end, kept.note):
        with pytest.raises(ChangedError):
            again(ORDER, over)

    assert types(store) == ["proof.asked", "proof.wrong"]


@pytest.mark.parametrize("name", ["", "01K0000000000000000000000Z", "x" * 3000, "\ud800"])
def test_there_is_no_order_that_nobody_gave(store, name):
    with pytest.raises(NotFoundError):
        Proofs(store, a_pen()).get(ProofId(name))


def test_orders_are_listed_newest_first_page_by_page(store):
    kept = Proofs(store, a_pen())
    ids = [ProofId(f"01K000000000000000000000{number:02}") for number in range(5)]
    for proof_id in ids:
        kept.ask(replace(ORDER, proof_id=proof_id))

    found, cursor = [], None
    while True:
        part = kept.all(cursor, 2)
        found += [each.proof_id for each in part.entries]
        if part.cursor is None:
            break
        cursor = part.cursor

    assert found == ids[::-1]
    with pytest.raises(InvalidCursorError):
        kept.all("zzz")
