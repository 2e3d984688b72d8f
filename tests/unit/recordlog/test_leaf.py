import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from enum import StrEnum

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog.canonical import canonical_json
from shared.recordlog.errors import LeafError, MalformedError, PayloadMismatchError
from shared.recordlog.leaf import Act, leaf, read_envelope, verify_payload
from tests.unit.recordlog import logs

SALT = bytes(range(32))
LEAF_ID = "01JD3Q0V5K7N8M2R4T6W8Y0Z1B"
AT = datetime(2026, 11, 20, 9, 30, 15, 123456, tzinfo=UTC)


def an_act(**changes):
    act = Act(
        type="Approved",
        account="leeds-city-centre",
        subject="post:01JD3PZZZZ@v1",
        at=AT,
        actor="person:ann",
        approver="person:bob",
        reason=None,
        payload={"text": "Road closed, café open: use the A64", "hashes": ["ab", "cd"], "round": 1},
    )
    return replace(act, **changes)


def test_an_envelope_is_these_very_bytes():
    made = leaf(an_act(), LEAF_ID, SALT)

    payload = (
        '{"hashes":["ab","cd"],"round":1,"text":"Road closed, café open: use the A64"}'.encode()
    )
    committed = hashlib.sha256(SALT + payload).hexdigest()
    assert made.payload == payload
    assert made.envelope == (
        b'{"account":"leeds-city-centre","actor":"person:ann","approver":"person:bob",'
        b'"at":"2026-11-20T09:30:15.123Z","id":"01JD3Q0V5K7N8M2R4T6W8Y0Z1B",'
        b'"payload_sha256":"' + committed.encode() + b'","reason":null,'
        b'"subject":"post:01JD3PZZZZ@v1","type":"Approved","v":1}'
    )


def test_an_envelope_reads_back_as_it_was_meant():
    made = leaf(an_act(), LEAF_ID, SALT)

    read = read_envelope(made.envelope)

    assert (read.leaf_id, read.type, read.reason) == (LEAF_ID, "Approved", None)
    assert read.at == AT.replace(microsecond=123000)
    verify_payload(made.envelope, made.payload, made.salt)


def test_the_wording_stays_out_of_the_envelope():
    made = leaf(an_act(), LEAF_ID, SALT)

    assert b"A64" not in made.envelope
    assert made.envelope != leaf(an_act(), LEAF_ID, SALT[::-1]).envelope


@given(st.integers(0))
def test_a_payload_or_salt_with_any_bit_flipped_is_not_the_one_committed_to(bit):
    made = leaf(an_act(), LEAF_ID, SALT)
    forged_payload = logs.flip(made.payload, bit % (len(made.payload) * 8))
    forged_salt = logs.flip(made.salt, bit % 256)

    with pytest.raises(PayloadMismatchError):
        verify_payload(made.envelope, forged_payload, made.salt)
    with pytest.raises(PayloadMismatchError) as caught:
        verify_payload(made.envelope, made.payload, forged_salt)
    assert caught.value.leaf_id == LEAF_ID


def test_bytes_moved_from_payload_to_salt_are_noticed():
    made = leaf(an_act(), LEAF_ID, SALT)

    with pytest.raises(PayloadMismatchError):
        verify_payload(made.envelope, made.payload[1:], made.salt + made.payload[:1])


def test_the_time_of_an_act_is_written_in_utc():
    summer = AT.astimezone(timezone(timedelta(hours=1)))

    assert leaf(an_act(at=summer), LEAF_ID, SALT) == leaf(an_act(), LEAF_ID, SALT)


@pytest.mark.parametrize(
    ("changes", "salt", "why"),
    [
        ({"at": AT.replace(tzinfo=None)}, SALT, "no time zone"),
        ({"payload": {"seconds": 1.5}}, SALT, "a float"),
        ({"payload": {"deep": [{"x": float("nan")}]}}, SALT, "not a number"),
        ({"payload": {"raw": b"bytes"}}, SALT, "bytes"),
        ({"payload": {"raw": {"a set"}}}, SALT, "a set"),
        ({"payload": {1: "one"}}, SALT, "a key that is no text"),
        ({"payload": {"n": 2**53}}, SALT, "a number other languages round"),
        ({"payload": {"n": -(2**53)}}, SALT, "a number other languages round"),
        ({"payload": {"text": "\ud800"}}, SALT, "half a surrogate pair"),
        ({"payload": {"\ud800": "text"}}, SALT, "half a surrogate pair as a key"),
        ({"reason": "x" * 65_535}, SALT, "an entry longer than its length field"),
        ({}, SALT[:31], "a short salt"),
        ({}, SALT + b"x", "a long salt"),
    ],
)
def test_what_cannot_be_a_leaf_is_refused(changes, salt, why):
    with pytest.raises(LeafError):
        leaf(an_act(**changes), LEAF_ID, salt)


def test_a_payload_nested_without_end_is_refused():
    nested = "bottom"
    for _ in range(100_000):
        nested = [nested]

    with pytest.raises(LeafError, match="nested"):
        leaf(an_act(payload={"nested": nested}), LEAF_ID, SALT)


def test_the_longest_envelope_has_65_535_bytes():
    room = 65_535 - len(leaf(an_act(reason=""), LEAF_ID, SALT).envelope)

    assert len(leaf(an_act(reason="x" * room), LEAF_ID, SALT).envelope) == 65_535
    with pytest.raises(LeafError, match="65536 bytes"):
        leaf(an_act(reason="x" * (room + 1)), LEAF_ID, SALT)


def spoilt(**changes):
    fields = json.loads(leaf(an_act(), LEAF_ID, SALT).envelope)
    fields.update(changes)
    return json.dumps(fields, separators=(",", ":"), sort_keys=True).encode()


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        (b"", "nothing"),
        (b"[]", "not an object"),
        (b"{}", "no fields"),
        (b"\xff", "not UTF-8"),
        (b"[" * 100_000, "nested without end"),
        (spoilt(v=2), "another version"),
        (spoilt(v=True), "a version that only looks like one"),
        (spoilt(extra=1), "a field more"),
        (spoilt(actor=None), "nobody did it"),
        (spoilt(account=7), "a number for a name"),
        (spoilt(at="2026-11-20T09:30:15Z"), "no milliseconds"),
        (spoilt(at="2026-11-20T09:30:15.123+00:00"), "another spelling of UTC"),
        (spoilt(at="2026-11-20T09:30:15.123"), "no time zone"),
        (spoilt(at="yesterday"), "no time"),
        (spoilt(reason=1.5), "a float"),
        (spoilt() + b"\n", "a byte more"),
        (spoilt().replace(b'"v":1', b'"v":1,"v":1'), "a field twice"),
        (spoilt().replace(b":", b": ", 1), "not canonical"),
        (spoilt().decode().encode("utf-16"), "another encoding"),
    ],
)
def test_an_entry_that_is_not_to_the_byte_an_envelope_is_refused(entry, why):
    with pytest.raises(MalformedError):
        read_envelope(entry)


TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_canonical_json_is_that_of_the_reference_library(value):
    assert canonical_json(value) == rfc8785.dumps(value)


def test_keys_sort_by_utf_16_units_as_rfc_8785_asks():
    # U+FB33 comes before U+1F600 as a character, but behind its first UTF-16 unit.
    written = canonical_json({"\ufb33": 1, "\U0001f600": 2})

    assert written == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_a_named_text_is_written_as_its_text():
    class Colour(StrEnum):
        BLUE = "blue"

    assert (
        canonical_json({"lamp": Colour.BLUE, "tuple": (1, 2)}) == b'{"lamp":"blue","tuple":[1,2]}'
    )
