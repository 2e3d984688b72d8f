"""Sealed text: kept with its key apart, erased by two people, and gone from every row."""

import json
from datetime import timedelta

import pytest

from archive.erase import erase_approved
from shared.posts.names import ErasureId
from shared.recordlog.erasure import (
    AskedBeforeError,
    Basis,
    Erasure,
    NothingSealedError,
    State,
    carried_out,
    decided,
)
from shared.recordlog.leaf import verify_payload
from shared.records.erasures import Erasures
from shared.records.errors import ChangedError, NotFoundError
from shared.records.log import recording
from shared.records.outbox import Outbox
from shared.records.payloads import ErasedError, Payloads
from shared.records.pen import ulid
from shared.records.transaction import commit
from tests.builders import NOW, a_pen, an_act

TEXT = {"author": "@somebody", "text": "Ezra did it"}
LATER = NOW + timedelta(hours=1)


def record(store, **changes):
    """An act; the id of its leaf."""
    before = {leaf.leaf_id for leaf in Outbox(store).pending(100)}
    commit(store.connection, recording(store, a_pen(), an_act(**changes)))
    [made] = {leaf.leaf_id for leaf in Outbox(store).pending(100)} - before
    return made


def asked(leaf_id, number=1):
    erasure_id = ErasureId(ulid(NOW, number.to_bytes(10, "big")))
    return Erasure(erasure_id, leaf_id, Basis.OBJECTION, "Complaint 17", "ann", NOW)


def everything(store):
    """Every row of every table, as text."""
    rows = [row.serialize() for table in store.all() for row in table.scan()]
    return repr(rows)


def types(store):
    return [json.loads(leaf.envelope)["type"] for leaf in Outbox(store).pending(100)]


def test_personal_text_is_read_with_its_key_and_lies_nowhere_in_clear(store):
    leaf_id = record(store, personal=TEXT)

    assert Payloads(store).personal(leaf_id) == TEXT
    assert "Ezra" not in everything(store)


def test_an_act_with_nothing_personal_writes_no_key(store):
    leaf_id = record(store)

    with pytest.raises(NotFoundError):
        Payloads(store).personal(leaf_id)


def test_an_erasure_takes_key_and_salt_and_leaves_the_record_and_its_neighbours(store):
    leaf_id, other = record(store, personal=TEXT), record(store, personal={"text": "Mira"})
    kept = Payloads(store).get(leaf_id)
    key = store.record_keys.get(leaf_id).key
    erasures = Erasures(store, a_pen())
    erasure = asked(leaf_id)

    erasures.ask(erasure)
    assert erase_approved(erasures, LATER) == ()
    erasures.decide(erasure, decided(erasure, "bob", NOW))
    assert erase_approved(erasures, LATER) == (erasure.erasure_id,)
    assert erase_approved(erasures, LATER) == ()

    with pytest.raises(ErasedError) as refused:
        Payloads(store).personal(leaf_id)
    assert refused.value.erasure_id == erasure.erasure_id
    text = everything(store)
    assert repr(kept.salt)[2:-1] not in text
    assert store.payloads.get(leaf_id).salt is None
    assert store.record_keys.get(leaf_id).key is None
    assert key not in [row.key for row in store.record_keys.scan()]
    assert store.payloads.get(leaf_id).payload == kept.payload
    assert Payloads(store).personal(other) == {"text": "Mira"}
    assert erasures.get(erasure.erasure_id).state is State.DONE
    assert types(store)[-3:] == ["erasure.asked", "erasure.approved", "erasure.done"]


def test_every_step_commits_to_what_it_says(store):
    leaf_id = record(store, personal=TEXT)
    erasures, erasure = Erasures(store, a_pen()), asked(leaf_id)
    erasures.ask(erasure)
    erasures.decide(erasure, decided(erasure, "bob", LATER))
    erase_approved(erasures, LATER)

    for leaf in Outbox(store).pending(100):
        if leaf.leaf_id != leaf_id:
            payload = Payloads(store).get(leaf.leaf_id)
            verify_payload(leaf.envelope, payload.payload, payload.salt)


def test_only_sealed_text_can_be_asked_about_and_only_once(store):
    erasures = Erasures(store, a_pen())
    with pytest.raises(NothingSealedError):
        erasures.ask(asked(record(store)))
    leaf_id = record(store, personal=TEXT)
    first = asked(leaf_id)
    erasures.ask(first)

    with pytest.raises(AskedBeforeError) as refused:
        erasures.ask(asked(leaf_id, 2))
    assert refused.value.erasure_id == first.erasure_id
    erasures.decide(first, decided(first, "bob", LATER))
    erase_approved(erasures, LATER)
    with pytest.raises(NothingSealedError):
        erasures.ask(asked(leaf_id, 3))
    assert len(erasures.all()) == 1


def test_what_was_refused_stays_readable_and_can_be_asked_anew(store):
    leaf_id = record(store, personal=TEXT)
    erasures, first = Erasures(store, a_pen()), asked(leaf_id)
    erasures.ask(first)

    erasures.decide(first, decided(first, "bob", LATER, refused_for="Needed for a trial."))

    assert erase_approved(erasures, LATER) == ()
    assert Payloads(store).personal(leaf_id) == TEXT
    erasures.ask(asked(leaf_id, 2))


def test_two_who_decide_at_once_decide_once(store):
    erasures, erasure = Erasures(store, a_pen()), asked(record(store, personal=TEXT))
    erasures.ask(erasure)
    erasures.decide(erasure, decided(erasure, "bob", LATER))

    with pytest.raises(ChangedError):
        erasures.decide(erasure, decided(erasure, "cid", LATER, refused_for="No."))


def test_a_row_that_says_approved_by_whoever_asked_destroys_nothing(store):
    leaf_id = record(store, personal=TEXT)
    erasures, erasure = Erasures(store, a_pen()), asked(leaf_id)
    erasures.ask(erasure)
    forged = decided(erasure, "bob", LATER)
    erasures.decide(erasure, forged.__class__(**{**vars(forged), "decided_by": "ann"}))

    assert erase_approved(erasures, LATER) == ()
    assert Payloads(store).personal(leaf_id) == TEXT


def test_of_two_who_carry_it_out_at_once_one_does_and_says_so_once(store):
    erasures, erasure = Erasures(store, a_pen()), asked(record(store, personal=TEXT))
    erasures.ask(erasure)
    approved = decided(erasure, "bob", LATER)
    erasures.decide(erasure, approved)
    erasures.carry_out(approved, carried_out(approved, LATER))

    with pytest.raises(ChangedError):
        erasures.carry_out(approved, carried_out(approved, LATER))
    assert types(store).count("erasure.done") == 1


def test_a_row_that_marks_which_erasure_stands_is_no_erasure(store):
    erasures, erasure = Erasures(store, a_pen()), asked(record(store, personal=TEXT))
    erasures.ask(erasure)

    with pytest.raises(NotFoundError):
        erasures.get(ErasureId(f"leaf:{erasure.leaf_id}"))
    assert erasures.all() == (erasure,)
