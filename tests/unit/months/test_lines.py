"""A line is put together from what was hashed, and comes apart to the byte without being parsed."""

import base64
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months.errors import BadLineError
from shared.months.lines import (
    FOLLOWERS,
    REGISTRY,
    entity_of,
    leaf_id_of,
    line_of,
    read_line,
    type_of,
)
from shared.recordlog.canonical import canonical_json
from shared.recordlog.errors import LeafError, PayloadMismatchError
from shared.recordlog.leaf import Act, leaf, read_envelope
from shared.recordlog.tree import leaf_hash
from tests.unit.recordlog import logs

SEAMS = (
    '{"envelope":',
    ',"leaf_index":',
    ',"payload":',
    ',"salt":null}',
    ',"salt":"',
    '"}\n',
    '","type":"a.b","',
    ',"payload_sha256":"',
    "\\",
    '"',
    "é€\U0001f6a7\u2028",
)
WORDS = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(st.sampled_from(SEAMS)).map(
    "".join
)
NAMES = st.from_regex(r"[a-z][a-z_]{0,9}\.[a-z][a-z_]{0,9}", fullmatch=True)
SALTS = st.binary(min_size=32, max_size=32)
LEAF_ID = "01JC0000000000000000000000"


@st.composite
def leaves(draw):
    act = Act(
        type=draw(NAMES),
        account=draw(WORDS | st.none()),
        subject=draw(WORDS),
        at=datetime(2026, 10, 1, tzinfo=UTC),
        actor=draw(WORDS),
        approver=draw(WORDS | st.none()),
        reason=draw(WORDS | st.none()),
        payload=draw(st.dictionaries(WORDS.filter(lambda name: name != "sealed"), WORDS)),
    )
    return leaf(act, LEAF_ID, draw(SALTS))


INDEXES = st.integers(0, 10**18 - 1)


@given(leaves(), INDEXES, st.booleans())
def test_a_line_comes_apart_into_what_it_was_put_together_from(made, index, erased):
    salt = None if erased else made.salt

    data = line_of(index, made.envelope, made.payload, salt)
    line = read_line(data)

    assert (line.leaf_index, line.envelope, line.payload, line.salt) == (
        index,
        made.envelope,
        made.payload,
        salt,
    )
    assert line.leaf_hash == leaf_hash(made.envelope)
    line.verify()


@given(leaves(), st.integers(0, 2**53 - 1))
def test_a_line_is_canonical_json_and_ends_with_its_only_newline(made, index):
    data = line_of(index, made.envelope, made.payload, made.salt)

    parsed = json.loads(data)
    assert canonical_json(parsed) + b"\n" == data
    assert data.count(b"\n") == 1
    assert parsed["leaf_index"] == index
    assert base64.b64decode(parsed["salt"]) == made.salt


@given(leaves())
def test_type_and_id_are_those_of_the_envelope_however_its_words_look(made):
    envelope = read_envelope(made.envelope)

    assert type_of(made.envelope) == envelope.type
    assert leaf_id_of(made.envelope) == envelope.leaf_id
    assert entity_of(made.envelope) in {"registry", "followers", envelope.type.split(".")[0]}


@given(leaves(), st.integers(0))
def test_a_line_with_any_bit_flipped_is_another_line_or_none(made, bit):
    data = line_of(7, made.envelope, made.payload, made.salt)
    forged = logs.flip(data, bit % (len(data) * 8))

    try:
        line = read_line(forged)
        line.verify()
    except (BadLineError, PayloadMismatchError):
        return
    same = (line.leaf_index, line.envelope, line.payload, line.salt)
    assert same != (7, made.envelope, made.payload, made.salt)
    assert line_of(*same) == forged
    assert line.leaf_index != 7 or line.leaf_hash != leaf_hash(made.envelope)


@given(st.binary(max_size=300))
def test_whatever_the_bytes_are_a_line_or_a_reason_comes_of_it(data):
    with pytest.raises(BadLineError):
        read_line(data)


ENVELOPE, PAYLOAD, SALT = b'{"type":"a.b","v":1}', b'{"text":"x"}', b"s" * 32
LINE = line_of(7, ENVELOPE, PAYLOAD, SALT)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "seams"),
        (LINE[:-1], "seams"),
        (LINE + b"\n", "seams"),
        (b" " + LINE, "seams"),
        (LINE.replace(b"envelope", b"Envelope"), "seams"),
        (LINE.replace(b'"leaf_index":', b'"leaf_index" :'), "seams"),
        (LINE.replace(b":7", b":07"), "no number"),
        (LINE.replace(b":7", b":-7"), "no number"),
        (LINE.replace(b":7", b":7.0"), "no number"),
        (LINE.replace(b":7", b":" + b"7" * 19), "no number"),
        (LINE.replace(b":7", ":٧".encode()), "no number"),
        (LINE.replace(b":7", b":"), "no number"),
        (LINE.replace(b"=", b"!"), "32 bytes in base64"),
        (LINE.replace(b"=", b""), "32 bytes in base64"),
        (LINE.replace(b"cw==", b"").replace(b"c3Nz", b"", 1), "32 bytes in base64"),
        (line_of(7, ENVELOPE, PAYLOAD, b"s" * 31), "32 bytes"),
        (line_of(7, ENVELOPE, PAYLOAD, b"s" * 33), "32 bytes"),
        (line_of(7, ENVELOPE, PAYLOAD, b""), "32 bytes"),
        (LINE.replace(b'M="', b'N="'), "not spelt"),
        (LINE.replace(b'"salt":"', b'"salt":\''), "32 bytes"),
        (LINE.replace(b'="}', b"='}"), "32 bytes"),
        (LINE.replace(b"salt", b"Salt"), "32 bytes"),
        (line_of(7, ENVELOPE, b"", SALT), "no object"),
        (line_of(7, ENVELOPE, b"1", None), "no object"),
        (line_of(7, b"[]", PAYLOAD, SALT), "no object"),
        (line_of(7, b"", PAYLOAD, None), "no object"),
    ],
)
def test_what_is_not_as_we_write_it_is_no_line(data, why):
    with pytest.raises(BadLineError) as caught:
        read_line(data)
    assert why in str(caught.value)


def a_leaf(kind="post.submitted"):
    at = datetime(2026, 10, 1, tzinfo=UTC)
    act = Act(kind, None, "post:1", at, "pc-okafor", None, None, {"text": "x"})
    return leaf(act, LEAF_ID, SALT)


def test_another_payload_or_salt_is_not_what_was_committed_to():
    made = a_leaf()
    for payload, salt in ((b'{"text":"y"}', SALT), (made.payload, b"t" * 32)):
        with pytest.raises(PayloadMismatchError) as caught:
            read_line(line_of(0, made.envelope, payload, salt)).verify()
        assert caught.value.leaf_id == LEAF_ID


def test_without_its_salt_nothing_is_claimed_of_a_payload():
    read_line(line_of(0, a_leaf().envelope, b'{"text":"y"}', None)).verify()


@pytest.mark.parametrize(
    ("kind", "entity"),
    [
        *((f"{noun}.changed", "registry") for noun in sorted(REGISTRY)),
        *((f"{noun}.made", "followers") for noun in sorted(FOLLOWERS)),
        ("post.submitted", "post"),
        ("log.cosigned", "log"),
        ("month.sealed", "month"),
    ],
)
def test_lines_lie_in_the_folder_of_their_noun(kind, entity):
    assert entity_of(a_leaf(kind).envelope) == entity


@pytest.mark.parametrize(
    "kind", ["Post.submitted", "post", "../x.y", "post.sub.mitted", "p/q.r", ""]
)
def test_a_type_that_is_none_of_ours_names_no_folder(kind):
    envelope = a_leaf(kind).envelope

    for ask in (entity_of, type_of):
        with pytest.raises(BadLineError, match="no type of ours"):
            ask(envelope)


def test_an_id_that_is_none_of_ours_is_no_id():
    with pytest.raises(BadLineError, match="no id of ours"):
        leaf_id_of(a_leaf().envelope.replace(LEAF_ID.encode(), b"../../etc/passwd"))


def test_words_that_have_no_bytes_never_become_a_line():
    at = datetime(2026, 10, 1, tzinfo=UTC)
    with pytest.raises(LeafError):
        leaf(Act("a.b", None, "\ud800", at, "x", None, None, {}), LEAF_ID, SALT)
