"""An FOI pack: what is withheld is nowhere in it, marked with its ground, and shown later."""

import base64
import csv
import hashlib
import hmac
import io
import json
from dataclasses import replace

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from archive.exporting.export_foi import (
    StillThereError,
    export_foi,
    held_against,
    kept_openings,
    leaks,
    stands_in,
)
from archive.exporting.parcel import parcel_at
from archive.exporting.redact import (
    BadOpeningError,
    BadRedactionError,
    NowhereError,
    Opening,
    Order,
    read_opening,
    read_orders,
    redact,
)
from archive.reading.choose_records import Wanted, chosen
from archive.reading.find_life import find_life
from shared.recordlog.canonical import canonical_json
from shared.recordlog.proof import parse_proof, verify_proof
from shared.recordlog.tree import leaf_hash
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import LOG_SIGNER, ORIGIN
from tests.unit.archive.handed_over import handed_over

SECRET = bytes(range(32))
PERSON, WORDS = "s.40(2) personal information", "s.31 law enforcement"
TEXT = Order(7, "/payload/text", WORDS)
EVERY_TEXT = [Order(None, "/payload/text", WORDS), Order(None, "/payload/text_read_back", WORDS)]
ALT = Order(7, "/payload/pictures/*/alt", WORDS)


@pytest.fixture(scope="module")
def reading():
    return made.a_reading()


def of_leaves(reading, *leaves):
    return list(chosen(reading, Wanted(leaves=frozenset(leaves))))


def pack_of(folder, redacted, **how):
    return handed_over(folder, lambda parcel: export_foi(redacted, parcel, **how))


def given_out(files):
    return {
        each["leaf_index"]: each for each in map(json.loads, files["records.jsonl"].splitlines())
    }


def test_a_withheld_field_is_marked_where_it_stood_with_ground_and_commitment(tmp_path, reading):
    redacted = redact(of_leaves(reading, 7), [TEXT, ALT], SECRET)
    files = pack_of(tmp_path / "o", redacted)

    record = given_out(files)[7]
    assert record["payload"]["text"]["withheld"] == WORDS
    assert record["payload"]["pictures"][0]["alt"]["withheld"] == WORDS
    assert record["payload"]["pictures"][0]["sha256"] == "ab" * 32
    assert record["salt"] is None
    marks = [(each["field"], each["ground"]) for each in record["withheld"]]
    hash_of_words = "a hash of words, which could be tried until they fit"
    assert marks == [
        ("/payload/content_hash", hash_of_words),
        ("/payload/pictures/0/alt", WORDS),
        ("/payload/text", WORDS),
    ]
    page = files["records.html"].decode()
    assert f'<span class="withheld">withheld: {WORDS}</span>' in page
    rows = list(csv.DictReader(io.StringIO(files["redactions.csv"].decode("utf-8-sig"))))
    assert [row["field"] for row in rows] == [field for field, _ in marks]


def test_nothing_that_is_withheld_is_anywhere_in_the_pack(tmp_path, reading):
    records = find_life(made.WRONG, reading).records
    orders = [
        *(Order(None, "/envelope/actor", PERSON), Order(None, "/envelope/approver", PERSON)),
        *(Order(None, "/payload/approvers", PERSON), Order(None, "/payload/asked_by", PERSON)),
        *(
            *EVERY_TEXT,
            Order(None, "/payload/cleared", WORDS),
            Order(None, "/payload/shown", WORDS),
        ),
    ]
    files = pack_of(tmp_path / "o", redact(records, orders, SECRET))

    whole = b"".join(data for name, data in files.items() if name != "README.txt")
    for said in (b"pc-okafor", b"a-hughes", b"Rudyard", b"Sorry, we got that wrong"):
        assert said not in whole, said


def test_the_commitment_is_over_salt_and_canonical_value_and_hides_it(reading):
    [redacted] = redact(of_leaves(reading, 7), [TEXT], SECRET)
    opening = redacted.openings[-1]

    value = canonical_json(made.WORDS)
    assert opening.commitment == hashlib.sha256(opening.salt + value).hexdigest()
    assert opening.commitment != hashlib.sha256(value).hexdigest()
    assert opening.commitment in json.dumps(redacted.given)
    assert base64.b64encode(opening.salt).decode() not in json.dumps(redacted.given)


def test_equal_values_in_two_places_have_commitments_that_do_not_tell(reading):
    first, second = redact(
        of_leaves(reading, 7, 14), [Order(None, "/payload/urgency", "s.31")], SECRET
    )

    assert first.openings[-1].value == second.openings[-1].value == "prompt"
    assert first.openings[-1].commitment != second.openings[-1].commitment
    index = made.index_of(reading, "deletion.evidence_kept")
    orders = [Order(index, f"/payload/{name}", "s.31") for name in ("cleared", "shown")]
    [evidence] = redact(of_leaves(reading, index), orders, SECRET)
    cleared, _, shown = evidence.openings
    assert cleared.value == shown.value
    assert cleared.commitment != shown.commitment


def test_the_same_question_with_the_same_secret_is_the_same_pack(tmp_path, reading):
    first, second, other = (
        pack_of(tmp_path / name, redact(of_leaves(reading, 7), [TEXT], secret))
        for name, secret in (("a", SECRET), ("b", SECRET), ("c", b"x" * 32))
    )

    assert first == second
    assert first["records.jsonl"] != other["records.jsonl"]


def test_of_a_record_with_its_envelope_whole_the_leaf_hash_can_be_worked_out(tmp_path, reading):
    files = pack_of(tmp_path / "o", redact(of_leaves(reading, 7, 8), [TEXT], SECRET))

    for index, record in given_out(files).items():
        entry = rfc8785.dumps(record["envelope"])
        assert leaf_hash(entry).hex() == record["leaf_hash"]
        proof = parse_proof(files[f"proofs/{index}.tlog-proof"])
        verify_proof(proof, entry, [LOG_SIGNER.key], ORIGIN)


def test_of_a_record_with_its_payload_whole_the_commitment_in_the_log_can_be_worked_out(
    tmp_path, reading
):
    files = pack_of(tmp_path / "o", redact(of_leaves(reading, 8), [], SECRET))

    record = given_out(files)[8]
    salted = base64.b64decode(record["salt"]) + rfc8785.dumps(record["payload"])
    assert hashlib.sha256(salted).hexdigest() == record["envelope"]["payload_sha256"]


def test_a_name_in_the_envelope_cannot_be_tried_against_the_leaf_hash(reading):
    [redacted] = redact(of_leaves(reading, 7), [Order(7, "/envelope/actor", PERSON)], SECRET)

    true = redacted.record.envelope.payload_sha256
    guess = {**redacted.given["envelope"], "actor": "pc-okafor", "payload_sha256": true}
    assert leaf_hash(rfc8785.dumps(guess)).hex() == redacted.given["leaf_hash"]
    # So what is hashed with the name is neither told, nor can be worked out from salt and payload.
    assert "withheld" in redacted.given["envelope"]["payload_sha256"]
    assert redacted.given["salt"] is None
    assert true not in json.dumps(redacted.given)


def test_words_that_are_withheld_cannot_be_tried_against_any_hash_in_the_pack(tmp_path, reading):
    records = [*find_life(made.WRONG, reading).records, *find_life(made.EDITED, reading).records]
    names = ("text", "text_read_back", "cleared", "shown", "published")
    orders = [Order(None, f"/payload/{name}", WORDS) for name in names]
    files = pack_of(tmp_path / "o", redact(records, orders, SECRET))

    hashes = {str(each.payload.get("content_hash")) for each in records}
    hashes |= {hash_ for each in records for hash_ in each.payload.get("contents", {}).values()}
    whole = b"".join(files.values()).decode("utf-8", "replace")
    assert len(hashes) > 3
    assert not [each for each in hashes if each in whole]
    assert "ab12cd34" not in whole  # the name of an exception holds a hash of the words it found


def test_text_that_was_sealed_is_withheld_without_being_ordered(tmp_path, reading):
    index = made.index_of(reading, "takedown.evidence_kept")

    files = pack_of(tmp_path / "o", redact(of_leaves(reading, index), [], SECRET))

    record = given_out(files)[index]
    assert record["withheld"][0]["field"] == "/payload/sealed"
    assert "A256GCM" not in files["records.jsonl"].decode()
    assert record["payload"]["comment"] == "c-1"


def test_what_is_within_something_withheld_goes_with_it_and_is_not_committed_twice(reading):
    orders = [Order(7, "/payload/pictures", WORDS), ALT, Order(7, "/payload/*/*/alt", PERSON)]

    [redacted] = redact(of_leaves(reading, 7), orders, SECRET)

    pointers = [each.pointer for each in redacted.openings]
    assert pointers == ["/payload/content_hash", "/payload/pictures"]


def test_no_mark_is_withheld_in_its_turn(reading):
    orders = [TEXT, Order(None, "/payload/*", PERSON), Order(None, "/payload/*/withheld", PERSON)]

    with pytest.raises(NowhereError, match="/payload/\\*/withheld"):
        redact(of_leaves(reading, 7), orders, SECRET)
    [redacted] = redact(of_leaves(reading, 7), orders[:2], SECRET)
    grounds = {each.pointer: each.ground for each in redacted.openings}
    assert grounds["/payload/text"] in (WORDS, PERSON)
    assert set(grounds) == {f"/payload/{name}" for name in redacted.record.payload}


def test_a_value_that_still_stands_elsewhere_is_told_and_nothing_is_handed_over(tmp_path, reading):
    redacted = redact(of_leaves(reading, 7, 12), [TEXT], SECRET)

    assert [(each.leaf, each.pointer) for each in leaks(redacted)] == [
        (12, "/payload/text_read_back")
    ]
    with (
        pytest.raises(StillThereError, match="/payload/text_read_back of leaf 12"),
        parcel_at(tmp_path / "o") as parcel,
    ):
        export_foi(redacted, parcel)
    assert not (tmp_path / "o").exists()
    assert pack_of(tmp_path / "p", redacted, may_stand=True)


def test_an_order_that_withholds_nothing_is_refused(reading):
    records = of_leaves(reading, 7)

    for order in (Order(8, "/payload/text", WORDS), Order(None, "/payload/no", WORDS)):
        with pytest.raises(NowhereError, match="nothing would be withheld"):
            redact(records, [order], SECRET)


@pytest.mark.parametrize("secret", [b"", b"x" * 31, b"x" * 33])
def test_a_secret_that_is_too_short_is_refused(reading, secret):
    with pytest.raises(BadRedactionError, match="32 bytes"):
        redact(of_leaves(reading, 7), [TEXT], secret)


BAD_ORDERS = [
    *(b"", b"{", b"{}", b"[1]", b'["x"]', b"[" * 100_000),
    b'[{"field":"/payload/text"}]',
    b'[{"field":"/payload/text","ground":""}]',
    b'[{"field":"/payload/text","ground":"  "}]',
    b'[{"field":"payload","ground":"s.31"}]',
    b'[{"field":"/leaf_hash","ground":"s.31"}]',
    b'[{"field":"/","ground":"s.31"}]',
    b'[{"ground":"s.31"}]',
    b'[{"field":"/payload/text","ground":"s.31","leaf":"7"}]',
    b'[{"field":"/payload/text","ground":"s.31","leaf":true}]',
    b'[{"field":"/payload/text","ground":"s.31","leaf":-1}]',
    b'[{"field":"/payload/text","ground":"s.31","note":"x"}]',
    b'[{"field":"/payload/text","ground":"' + b"x" * 301 + b'"}]',
]


@pytest.mark.parametrize("data", BAD_ORDERS, ids=lambda data: data[:40])
def test_a_list_of_redactions_that_is_none_is_refused_in_a_sentence(data):
    with pytest.raises(BadRedactionError):
        read_orders(data)


def test_a_list_of_redactions_says_leaf_field_and_ground():
    one = b'{"leaf":7,"field":"/payload/text","ground":" s.31 "}'
    every = b'{"field":"/envelope/actor","ground":"s.40","leaf":"*"}'

    assert read_orders(b"[%b,%b]" % (one, every)) == (
        Order(7, "/payload/text", "s.31"),
        Order(None, "/envelope/actor", "s.40"),
    )


# ── showing a withheld field later ───────────────────────────────────────────


def openings_kept(redacted):
    return [read_opening(json.loads(line)) for line in kept_openings(redacted).splitlines()]


def test_what_was_kept_opens_what_was_withheld(tmp_path, reading):
    redacted = redact(of_leaves(reading, 7, 8), [TEXT, ALT], SECRET)
    pack = pack_of(tmp_path / "o", redacted)["records.jsonl"].splitlines()

    answers = list(held_against(pack, openings_kept(redacted)))

    assert [(each.leaf, each.pointer, holds) for each, holds in answers] == [
        (7, "/payload/content_hash", True),
        (7, "/payload/pictures/0/alt", True),
        (7, "/payload/text", True),
        (8, "/payload/content_hash", True),
    ]
    assert all(stands_in(redacted[each.leaf - 7].record.as_json(), each) for each, _ in answers)


def test_no_other_value_salt_leaf_or_field_opens_it(tmp_path, reading):
    redacted = redact(of_leaves(reading, 7), [TEXT], SECRET)
    pack = pack_of(tmp_path / "o", redacted)["records.jsonl"].splitlines()
    true = openings_kept(redacted)[-1]
    false = [
        replace(true, value="The road is open."),
        replace(true, value=[true.value]),
        replace(true, salt=b"x" * 32),
        replace(true, leaf=8),
        replace(true, pointer="/payload/urgency"),
    ]

    assert [holds for _, holds in held_against(pack, [true, *false])] == [True, *[False] * 5]
    assert not stands_in(redacted[0].record.as_json(), false[0])


@given(st.text(max_size=40), st.binary(min_size=32, max_size=32))
def test_a_guess_never_opens_a_field(text, salt):
    guess = Opening(7, "/payload/text", WORDS, text, salt)
    place = f"bluelamp-redaction/v1\n{ORIGIN}\n{'0' * 64}\n/payload/text"
    true = Opening(7, "/payload/text", WORDS, "x", hmac.digest(SECRET, place.encode(), "sha256"))

    assert guess.commitment != true.commitment or (text, salt) == (true.value, true.salt)


@pytest.mark.parametrize(
    "said",
    [
        *(None, 1, [], {}, "x"),
        {"leaf_index": 7, "field": "/x", "ground": "g", "value": "v", "salt": "eA=="},
        {"leaf_index": "7", "field": "/x", "ground": "g", "value": "v", "salt": "A" * 43 + "="},
        {"leaf_index": 7, "field": "/x", "ground": "g", "value": 1.5, "salt": "A" * 43 + "="},
        {"leaf_index": 7, "field": "/x", "ground": "g", "value": "v", "salt": "ü"},
    ],
)
def test_what_is_no_opening_is_refused(said):
    with pytest.raises(BadOpeningError):
        read_opening(said)


@pytest.mark.parametrize("line", [b"", b"{}", b"[]", b"7", b'{"withheld":[{}]}', b"\xff"])
def test_what_is_no_pack_is_refused(line):
    with pytest.raises(BadOpeningError, match="no pack"):
        list(held_against([line], []))
