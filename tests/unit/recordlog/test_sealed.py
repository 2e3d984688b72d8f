import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.recordlog.errors import LeafError, MalformedError
from shared.recordlog.leaf import Act, leaf, verify_payload
from shared.recordlog.sealed import BLOCK, Lock, seal, unseal
from tests.unit.recordlog import logs
from tests.unit.recordlog.test_leaf import AT, LEAF_ID, SALT

LOCK = Lock(b"k" * 32, b"n" * 12)
TEXT = {"author": "@somebody", "text": "I know who did it: Ezra, at number 9"}


def an_act(**changes):
    usual = {"payload": {"platform": "sandbox"}, "personal": TEXT}
    return Act(
        "takedown.done", None, "mention:1", AT, "ann", None, "house-rules", **usual | changes
    )


def test_personal_text_is_sealed_in_the_payload_and_opens_with_its_key():
    made = leaf(an_act(), LEAF_ID, SALT, LOCK)

    for word in (b"Ezra", b"somebody", b"number 9"):
        assert word not in made.payload
        assert word not in made.envelope
    assert made.key == LOCK.key
    assert json.loads(made.payload)["platform"] == "sandbox"
    assert unseal(made.payload, made.key, LEAF_ID) == TEXT


def test_the_leaf_commits_to_the_ciphertext_so_its_proof_needs_no_key():
    made = leaf(an_act(), LEAF_ID, SALT, LOCK)

    verify_payload(made.envelope, made.payload, made.salt)


def test_an_act_with_nothing_personal_has_no_key_and_the_bytes_it_always_had():
    with_lock = leaf(an_act(personal={}), LEAF_ID, SALT, LOCK)

    assert with_lock == leaf(an_act(personal={}), LEAF_ID, SALT)
    assert with_lock.key is None
    assert with_lock.payload == b'{"platform":"sandbox"}'


def test_it_opens_with_no_other_key_and_in_no_other_leaf():
    made = leaf(an_act(), LEAF_ID, SALT, LOCK)

    with pytest.raises(MalformedError):
        unseal(made.payload, b"x" * 32, LEAF_ID)
    with pytest.raises(MalformedError):
        unseal(made.payload, LOCK.key, LEAF_ID[:-1] + "C")
    for odd in (b"{}", b"[]", b"", b'{"sealed":1}', b'{"sealed":{"nonce":"?","text":"?"}}'):
        with pytest.raises(MalformedError):
            unseal(odd, LOCK.key, LEAF_ID)


@given(st.integers(0))
@example(113553)  # a bit of the last character that says nothing
def test_a_ciphertext_with_any_bit_flipped_does_not_open(bit):
    sealed = dict(seal(TEXT, LOCK, LEAF_ID))
    text = sealed["text"].encode()
    sealed["text"] = logs.flip(text, bit % (len(text) * 8)).decode("latin-1")

    with pytest.raises(MalformedError):
        unseal(json.dumps({"sealed": sealed}).encode(), LOCK.key, LEAF_ID)


def test_how_long_a_text_was_does_not_show():
    lengths = {len(seal({"text": "x" * n}, LOCK, LEAF_ID)["text"]) for n in range(BLOCK - 20)}

    assert len(lengths) == 1


def test_nothing_personal_is_recorded_without_a_lock_or_beside_its_place():
    with pytest.raises(LeafError):
        leaf(an_act(), LEAF_ID, SALT)
    with pytest.raises(LeafError):
        leaf(an_act(payload={"sealed": "mine"}), LEAF_ID, SALT, LOCK)
    for lock in (Lock(b"k" * 31, b"n" * 12), Lock(b"k" * 32, b"n" * 11)):
        with pytest.raises(LeafError):
            seal(TEXT, lock, LEAF_ID)


def test_what_is_personal_is_not_shown_by_what_holds_it():
    assert "Ezra" not in repr(an_act())
    assert "kkk" not in repr(LOCK)
