"""The certificate that goes with an exhibit: on one page, whole, true, and the same every time."""

import base64
import hashlib
import json
import re

import pytest

from archive.exporting.certificate import Asked, BadWordsError, Maker, Verified, read_certificate
from archive.exporting.certificate_paper import certificate_paper
from archive.exporting.export_court import exhibits_of
from archive.exporting.print_html import print_html
from archive.exporting.print_pdf import pages_of, print_pdf
from archive.reading.as_sealed import UntrueBagError
from archive.reading.attested import cosignatures, timestamp
from archive.reading.find_leaf import find_leaf
from archive.reading.known_keys import Keys
from shared.recordlog.cosignature import WitnessKey
from shared.recordlog.note import LocalSigner
from shared.recordlog.proof import parse_proof, verify_proof
from tests.unit.archive import lives_made as made
from tests.unit.archive import openssl_authority as authority
from tests.unit.archive.certified import NOW, VERIFIED, a_certificate, joined, pages_in
from tests.unit.archive.closing import LOG_SIGNER, ORIGIN, SEPTEMBER, Archived, close, on
from tests.unit.recordlog import witnesses


@pytest.fixture(scope="module")
def certificate():
    return a_certificate()


@pytest.fixture(scope="module")
def printed(certificate):
    return print_pdf(certificate_paper(certificate))


def test_it_is_one_page(certificate, printed):
    assert pages_of(certificate_paper(certificate)) == 1
    assert len(pages_in(printed)) == 1


WHAT_A_COURT_NEEDS = {
    "who produces it": "Siân Hughes, records manager",
    "system and version": "Bluelamp 0.1.0",
    "git commit": "4c7ef37" + "0" * 33,
    "list of dependencies": "ab" * 32,
    "who supplies the words": "Words and reasons are supplied by the member of the force",
    "who approves": "whoever it names as approver decided about exactly those words",
    "the question": "prove 7",
    "when and by whom it was asked": "S. Hughes, at 2026-11-21T09:00:00+00:00",
    "months that were read": "2026-10: 43 leaves, 329 to 371, bag ",
    "exhibit reference": "Exhibit AB1",
    "record and version": f"post:{made.WRONG}@v1",
    "leaf index": "index 7, hash ",
    "proof": "AB1.tlog-proof, 9 hashes to the root",
    "checkpoint": "force.example/record-log, size 329, root ",
    "signatures": f"force.example/record-log ({LOG_SIGNER.key.key_id.hex()})",
    "witnesses": "Witnesses None.",
    "timestamp": "Timestamp None.",
    "independent verifier": f"verify.py {VERIFIED.version}: held. 2026-09 holds",
    "gaps": "None: every month from the first that was read to the last was read.",
    "redactions": "Nothing is withheld.",
    "clock": "Times are UTC.",
    "declaration": "To be worded by the force’s solicitor",
}


@pytest.mark.parametrize("what", WHAT_A_COURT_NEEDS)
def test_print_and_page_say_what_a_court_needs(what, certificate, printed):
    said = WHAT_A_COURT_NEEDS[what]

    assert joined(said) in joined(pages_in(printed)[0])
    assert joined(said) in joined(text_of(print_html(certificate_paper(certificate))))


def text_of(html):
    import html as entities

    body = html.decode().partition("<body>")[2]
    return entities.unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?(?:bdi|span)[^>]*>", "", body)))


def test_the_exact_bytes_can_be_read_off_the_print_and_have_the_hashes_it_names(
    certificate, printed
):
    text = joined(pages_in(printed)[0])
    line = certificate.exhibits[0].proven.record.line

    envelope = re.search(r'Exactbytes(\{.*?"v":1\})SHA-256ofthem([0-9a-f]{64})', text)
    payload = re.search(r"Whatitspeaksof(\{.*?\})SHA-256ofthat([0-9a-f]{64})", text)
    assert envelope[1].encode() == line.envelope
    assert envelope[2] == hashlib.sha256(line.envelope).hexdigest()
    # Spaces were lost with the lines; what is spelled as JSON spells it is the same text.
    assert json.loads(payload[1])["text"] == joined(made.WORDS)
    assert payload[2] == hashlib.sha256(line.payload).hexdigest()
    assert hashlib.sha256(b"\0" + line.envelope).hexdigest() in text


def test_what_stands_at_the_foot_is_the_hash_of_what_it_says_as_data(certificate, printed):
    digest = hashlib.sha256(certificate.data).hexdigest()

    assert f"SHA-256 of certificate.json: {digest}" in pages_in(printed)[0]


def test_its_data_proves_the_record_by_itself(certificate):
    said = read_certificate(certificate.data)
    [exhibit], [log] = said["exhibits"], said["logs"]
    entry = exhibit["envelope"].encode()
    proof = parse_proof(exhibit["proof"].encode())

    verify_proof(proof, entry, [LOG_SIGNER.key], ORIGIN)
    assert proof.index == exhibit["leaf_index"] == 7
    assert proof.checkpoint.decode() == log["checkpoint"]
    salted = base64.b64decode(exhibit["salt"]) + exhibit["payload"].encode()
    assert hashlib.sha256(salted).hexdigest() == json.loads(entry)["payload_sha256"]
    assert str(LOG_SIGNER.key) in log["keys"]


def test_the_same_question_is_the_same_certificate_to_the_byte(certificate, printed):
    again = a_certificate()

    assert again.data == certificate.data
    assert print_pdf(certificate_paper(again)) == printed
    assert print_html(certificate_paper(again)) == print_html(certificate_paper(certificate))


def test_another_question_another_time_another_month_is_another(certificate):
    others = [
        a_certificate(asked=Asked("prove 8", "S. Hughes", NOW)),
        a_certificate(asked=Asked("prove 7", "S. Hughes", NOW.replace(minute=1))),
        a_certificate(reading=made.bags_of().between(last=SEPTEMBER)),
        a_certificate(verified=()),
        a_certificate(8),
    ]

    assert len({each.sha256 for each in [certificate, *others]}) == len(others) + 1


def test_every_leaf_of_both_months_has_a_one_page_certificate_and_a_proof_that_holds():
    reading = made.a_reading()
    for index in (*range(0, 372, 9), 255, 256, 328, 329, 371):
        certificate = a_certificate(index, reading=reading)
        [exhibit] = certificate.exhibits
        entry = exhibit.proven.record.line.envelope
        checkpoint = verify_proof(exhibit.proven.proof, entry, [LOG_SIGNER.key], ORIGIN)
        assert checkpoint.size == (329 if index < 329 else 372)
        assert pages_of(certificate_paper(certificate)) == 1


LONG = "Ein Wort und noch eins, " * 400


def test_with_everything_as_long_as_it_may_be_the_certificate_is_one_page_and_the_rest_behind_it():
    world = Archived()
    act = vars(made.a_comment(on(SEPTEMBER, 4)))
    names = {"account": "a" * 900, "actor": "b" * 900, "approver": "c" * 900}
    world_act = type(made.a_comment(NOW))(
        **{**act, **names, "subject": "d" * 900, "reason": LONG, "payload": {"text": LONG}}
    )
    made.tell(world, [world_act])
    close(world, SEPTEMBER, cosigned={f"w{n}.example": cosigned_by(n, world) for n in range(9)})
    reading = made.a_reading(objects=world.objects)
    certificate = a_certificate(
        0,
        reading=reading,
        maker=Maker("M" * 160, "R" * 160),
        asked=Asked(LONG, "O" * 160, NOW),
        verified=(Verified("verify.py", "1", LONG, held=True),),
        declaration=LONG[:4_000],
    )

    paper = certificate_paper(certificate)
    first, *rest = pages_in(print_pdf(paper))

    assert "Signed" in first
    assert "Date" in first
    assert "whole in certificate.json" in first
    behind = joined("".join(rest))
    line = certificate.exhibits[0].proven.record.line
    assert joined(line.envelope.decode())[:2_000] in behind
    assert joined("Ein Wort und noch eins, " * 20) in behind


def cosigned_by(number, world):
    witness = witnesses.Witness(f"w{number}.example", bytes([number]) * 32)
    note = world.live["checkpoint"]
    return note + witness.sign(note)


def test_a_month_that_is_missing_is_told_on_the_page():
    world = made.archive_with_november()
    objects = {path: data for path, data in world.objects.items() if "2026-10" not in path}
    certificate = a_certificate(0, reading=made.a_reading(objects=objects))

    [page] = pages_in(print_pdf(certificate_paper(certificate)))

    assert "Not here, though before and after them was read: 2026-10." in page


def test_text_that_is_sealed_is_told_to_be_withheld():
    reading = made.a_reading()
    index = made.index_of(reading, "takedown.evidence_kept")
    certificate = a_certificate(index, reading=reading)

    assert read_certificate(certificate.data)["withheld"] == [
        {"exhibit": "AB1", "field": "/payload/sealed", "why": "sealed"}
    ]
    assert "stands sealed in AB1" in pages_in(print_pdf(certificate_paper(certificate)))[0]


def test_a_verifier_that_was_not_content_or_not_asked_is_told():
    refused = a_certificate(verified=(Verified("v", "1", "Something is wrong.", held=False),))
    unasked = a_certificate(verified=())

    assert "v 1: DID NOT HOLD. Something is wrong." in pages_in(printed_of(refused))[0]
    assert "No independent verifier was run." in pages_in(printed_of(unasked))[0]


def printed_of(certificate):
    return print_pdf(certificate_paper(certificate))


def test_the_solicitors_words_stand_as_the_declaration():
    certificate = a_certificate(declaration="I, Siân Hughes, say that this is true.\nI know why.")

    [page] = pages_in(printed_of(certificate))

    assert "I, Siân Hughes, say that this is true." in page
    assert "To be worded" not in page


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 161, "a\nb", "a\x00b", "a\u202eb", "a\u200bb", "\ud800", "a\tb"]
)
def test_names_that_are_empty_endless_or_hide_something_are_refused(name):
    with pytest.raises(BadWordsError):
        Maker(name, "records manager")
    with pytest.raises(BadWordsError):
        Maker("S. Hughes", name)
    with pytest.raises(BadWordsError):
        Asked("prove 7", name, NOW)


def test_markup_in_a_record_or_a_name_is_text_on_the_page():
    certificate = a_certificate(maker=Maker("<script>alert(1)</script>", '"><img src=x>'))

    page = print_html(certificate_paper(certificate)).decode()

    assert "<script" not in page
    assert "<img" not in page
    assert "<b>£5" not in page
    assert "[right-to-left override]" in page
    assert "default-src &#x27;none&#x27;" in page


# ── what others said ─────────────────────────────────────────────────────────


def sealed_with(**said):
    world = Archived()
    world.log(3, on(SEPTEMBER, 4))
    close(world, SEPTEMBER, **{name: value(world) for name, value in said.items()})
    return world.objects


def test_a_witness_is_named_with_its_time_and_checked_where_its_key_is_known():
    objects = sealed_with(cosigned=lambda world: {"w1.example": cosigned_by(1, world)})
    key = WitnessKey("w1.example", witnesses.Witness("w1.example", bytes([1]) * 32).key.public_key)
    known = Keys(made.KEYS.signers, (key,))

    [unchecked] = cosignatures(made.a_reading(objects=objects).bags[0])
    [checked] = cosignatures(made.a_reading(known, objects).bags[0])
    certificate = a_certificate(0, reading=made.a_reading(known, objects))

    assert (unchecked.checked, checked.checked, checked.size) == (False, True, 3)
    assert "w1.example at 2026-" in pages_in(printed_of(certificate))[0]


def test_what_a_known_witness_did_not_sign_is_refused():
    objects = sealed_with(cosigned=lambda world: {"w1.example": cosigned_by(1, world)})
    other = LocalSigner("w1.example", b"o" * 32).key.public_key
    note = objects["month=2026-09/data/cosignatures/w1.example"]
    [line] = note.decode().rpartition("\n\n")[2].splitlines()[1:]
    key_id = base64.b64decode(line.split(" ")[2])[:4]
    key = WitnessKey("w1.example", other)
    assert key.key_id != key_id  # another key of that name says nothing of it

    [found] = cosignatures(made.a_reading(Keys(made.KEYS.signers, (key,)), objects).bags[0])

    assert not found.checked


def test_a_cosignature_of_another_log_is_refused():
    def of_another(_):
        other = Archived()
        other.log(9, on(SEPTEMBER, 4))
        return {"w1.example": cosigned_by(1, other)}

    objects = sealed_with(cosigned=of_another)

    with pytest.raises(UntrueBagError, match="of another log, or of a later size"):
        cosignatures(made.a_reading(objects=objects).bags[0])


@pytest.mark.skipif(authority.OPENSSL is None, reason="no openssl here to be the authority")
def test_a_timestamp_is_told_with_its_time_and_the_command_that_checks_it(tmp_path):
    answers = []

    def stamp(note):
        answers.append(authority.stamp_over(tmp_path, note))
        return answers[0]

    objects = sealed_with(stamp=lambda _: stamp)
    reading = made.a_reading(objects=objects)
    stamped = timestamp(reading.bags[0])
    certificate = a_certificate(0, reading=reading)

    assert stamped.sha256 == hashlib.sha256(answers[0]).hexdigest()
    page = joined(pages_in(printed_of(certificate))[0])
    assert joined(stamped.at.isoformat()) in page
    assert joined("openssl ts -verify -in timestamp.tsr -data checkpoint") in page
    assert authority.holds(tmp_path, answers[0], reading.bags[0].end_note)


@pytest.mark.skipif(authority.OPENSSL is None, reason="no openssl here to be the authority")
def test_a_timestamp_of_something_else_is_refused(tmp_path):
    objects = sealed_with(stamp=lambda _: lambda note: authority.stamp_over(tmp_path, b"x" + note))

    with pytest.raises(UntrueBagError, match=r"no timestamp of data/log/checkpoint\.end"):
        timestamp(made.a_reading(objects=objects).bags[0])


@pytest.mark.parametrize("answer", [b"", b"\x30", b"\x30\x80" * 99, b"no timestamp"])
def test_what_is_no_timestamp_is_refused(answer):
    objects = sealed_with(stamp=lambda _: lambda _note: answer)

    with pytest.raises(UntrueBagError, match=r"timestamp\.tsr"):
        timestamp(made.a_reading(objects=objects).bags[0])


def test_several_exhibits_are_a_table_with_every_leaf_hash():
    reading = made.a_reading()
    records = [find_leaf(reading, str(index)) for index in range(7, 14)]
    certificate = a_certificate(reading=reading, exhibits=exhibits_of(records, "SH", 5))

    text = joined("".join(pages_in(printed_of(certificate))))

    assert [each.label for each in certificate.exhibits] == [f"SH{n}" for n in range(5, 12)]
    assert all(record.leaf_hash[:24] in text for record in records)
