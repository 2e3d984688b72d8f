"""Months are verified one by one, and proofs and bundles made of them: whatever is wrong is said,
and whoever is killed on the way is followed by somebody who goes on there.
"""

import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256

import pytest

from archive.proving.carry_on import GIVEN_UP, NO_ROOM, carry_on, give_up
from archive.proving.fetch_bag import fetch_bag
from archive.proving.run_verifier import LateVerifierError, Verdict, run_verifier
from archive.proving.this_system import LOCK, VERSION, this_system
from archive.reading.as_sealed import UntrueBagError
from shared.months.bag import COUNTS, TAG_MANIFEST, folder, note_path
from shared.months.proof_order import Kind, Needed, State
from shared.recordlog.proof import parse_proof, verify_proof
from shared.recordlog.reader import Log
from tests.architecture.house import ROOT
from tests.unit.archive import lives_made as made
from tests.unit.archive.certified import pages_in
from tests.unit.archive.closing import LOG_SIGNER, OCTOBER, ORIGIN, SEPTEMBER
from tests.unit.archive.proving_made import (
    NOW,
    PROOF,
    a_workshop,
    an_order,
    spoilt,
)

COMMENT = "takedown.evidence_kept"
BOTH = (SEPTEMBER, OCTOBER)


def done(order, scratch, objects=None, **changes):
    shop, files = a_workshop(order, scratch, objects, **changes)
    return carry_on(PROOF, shop), files


def holds(month, room, keys, seconds):
    """A verifier that is quick, for what is not about verifying."""
    return Verdict(held=True, said=f"{month} holds.")


def unzipped(data):
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        return {name.partition("/")[2]: whole.read(name) for name in whole.namelist()}


# ── months ────────────────────────────────────────────────────────────────────


def test_every_month_is_verified_by_the_program_that_lies_in_it_and_what_it_said_is_kept(tmp_path):
    order, files = done(an_order(), tmp_path)

    assert (order.state, order.sentence, order.over_at) == (State.HELD, "", NOW)
    for found, month in zip(order.checked, BOTH, strict=True):
        assert found.said.startswith(f"{month} holds: ")
        assert "By the keys that were given:" in found.said
    assert files == {}
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("month", BOTH)
def test_a_byte_that_changed_is_told_with_the_file_it_stands_in(tmp_path, month):
    path = folder(month) + COUNTS
    objects = spoilt(path, made.archive_made().objects[path].replace(b"{", b"{ ", 1))

    order, _ = done(an_order(), tmp_path, objects)

    assert order.state is State.WRONG
    assert order.sentence.startswith(path)
    assert [each.month for each in order.checked] == [each for each in BOTH if each < month]


@pytest.mark.parametrize("path", [note_path(OCTOBER), folder(OCTOBER) + TAG_MANIFEST])
def test_a_month_that_is_on_record_and_not_there_is_wrong(tmp_path, path):
    order, _ = done(an_order(), tmp_path, spoilt(path))

    assert order.state is State.WRONG
    assert order.sentence.startswith("2026-10, ")
    assert "not there" in order.sentence


def test_a_month_that_was_sealed_anew_since_it_was_put_on_record_is_wrong(tmp_path):
    needed = (Needed(SEPTEMBER, "0" * 64),)

    order, _ = done(replace(an_order(), needed=needed), tmp_path)

    assert order.state is State.WRONG
    assert "not the one that is on record as sealed" in order.sentence


def test_a_file_that_belongs_to_no_bag_is_seen(tmp_path):
    order, _ = done(an_order(), tmp_path, spoilt(folder(OCTOBER) + "data/more.txt", b"more"))

    assert order.state is State.WRONG
    assert "more.txt" in order.sentence


@pytest.mark.parametrize("name", ["../../out.txt", "data/empty/"])
def test_no_name_leads_out_of_the_folder_it_is_laid_into(tmp_path, name):
    room = tmp_path / "deep" / "room"
    room.mkdir(parents=True)
    shelf = made.Lying(spoilt(folder(OCTOBER) + name, b"x"))

    with pytest.raises(UntrueBagError, match="no file of a bag is called so"):
        fetch_bag(OCTOBER, shelf, room)

    assert not any(path.name == "out.txt" for path in tmp_path.rglob("*"))


def test_a_month_that_is_missing_between_two_is_wrong(tmp_path):
    world = made.archive_with_november()
    october = (note_path(OCTOBER), folder(OCTOBER))
    objects = {path: data for path, data in world.objects.items() if not path.startswith(october)}
    months = (SEPTEMBER, OCTOBER.next)
    bags = made.bags_of(objects=objects)
    needed = tuple(Needed(month, bags.bag(month).sealed.bag) for month in months)
    order = replace(an_order(), last=OCTOBER.next, needed=needed)

    over, _ = done(order, tmp_path, objects, verify=holds)

    assert over.state is State.WRONG
    assert "2026-10" in over.sentence
    assert "missing" in over.sentence


def test_with_no_time_left_nothing_is_begun_and_the_next_goes_on_there(tmp_path):
    turns = iter([True, False, True])
    shop, _ = a_workshop(an_order(), tmp_path, is_time=lambda: next(turns), verify=holds)

    first = carry_on(PROOF, shop)
    assert [each.month for each in first.checked] == [SEPTEMBER]
    assert first.state is State.ASKED
    assert carry_on(PROOF, shop).state is State.HELD
    assert [len(each.checked) for each in shop.kept.noted] == [1, 2]


def test_what_is_over_is_not_begun_again(tmp_path):
    shop, _ = a_workshop(an_order(), tmp_path, verify=holds)
    over = carry_on(PROOF, shop)

    assert carry_on(PROOF, shop) == over
    assert give_up(PROOF, shop.kept, NOW) == over
    assert len(shop.kept.ended) == 1


def test_what_is_given_up_says_what_to_do(tmp_path):
    shop, _ = a_workshop(an_order(), tmp_path)

    over = give_up(PROOF, shop.kept, NOW)

    assert (over.state, over.sentence) == (State.BROKEN, GIVEN_UP)


def test_a_month_that_takes_too_long_or_is_too_large_ends_in_a_sentence(tmp_path):
    def late(month, room, keys, seconds):
        raise LateVerifierError(month, seconds)

    def full(*_):
        raise OSError(28, "No space left on device")

    slow, _ = done(an_order(), tmp_path, verify=late)
    large, _ = done(an_order(), tmp_path, verify=full)

    assert (slow.state, large.state, large.sentence) == (State.BROKEN, State.BROKEN, NO_ROOM)
    assert "Verify it with the command line." in slow.sentence


def test_the_verifier_is_stopped_when_its_time_is_over(tmp_path):
    fetch_bag(OCTOBER, made.Lying(), tmp_path)

    with pytest.raises(LateVerifierError):
        run_verifier(OCTOBER, tmp_path, made.KEYS, 0.001)


# ── the log of today ──────────────────────────────────────────────────────────


def live_log(objects):
    return lambda: Log(objects.get, [LOG_SIGNER.key], ORIGIN)


def test_where_everything_is_verified_the_log_of_today_goes_on_from_there(tmp_path):
    live = live_log(made.archive_made().live)

    every, _ = done(an_order(), tmp_path, live=live, verify=holds)
    older, _ = done(an_order(months=(SEPTEMBER,)), tmp_path, live=live, verify=holds)

    assert every.state is older.state is State.HELD, every.sentence
    assert "goes on from there" in every.sentence
    assert older.sentence == ""


def test_a_log_that_was_begun_anew_is_wrong(tmp_path):
    other = made.archive_with_november().live

    order, _ = done(an_order(), tmp_path, live=live_log(other), verify=holds)

    assert order.state is State.WRONG
    assert "the log of today does not go on from there" in order.sentence


# ── a record ──────────────────────────────────────────────────────────────────


def a_leaf(index, month=SEPTEMBER):
    return an_order(Kind.LEAF, index, months=(month,))


def test_a_record_is_handed_out_with_a_proof_that_holds_and_its_certificate(tmp_path):
    order, files = done(a_leaf(7), tmp_path)

    assert order.state is State.MADE, order.sentence
    assert [each.name for each in order.files] == [
        *("leaf-7.zip", "SH1.tlog-proof", "certificate.html", "certificate.pdf"),
    ]
    for each in order.files:
        data = files[f"proofs/{PROOF}/{each.name}"]
        assert (len(data), sha256(data).hexdigest()) == (each.octets, each.sha256)
    whole = unzipped(files[f"proofs/{PROOF}/leaf-7.zip"])
    proof = parse_proof(files[f"proofs/{PROOF}/SH1.tlog-proof"])
    verify_proof(proof, whole["leaf.json"], [LOG_SIGNER.key], ORIGIN)
    assert whole["SH1.tlog-proof"] == files[f"proofs/{PROOF}/SH1.tlog-proof"]
    said = json.loads(whole["certificate.json"])
    assert said["maker"] == {"name": "Siân Hughes", "role": "records manager"}
    assert said["asked"]["at"] == "2026-11-20T09:30:00Z"
    assert said["verified"][0]["held"] is True
    assert said["verified"][0]["output"].startswith("2026-09 holds: ")
    [first, *_] = pages_in(files[f"proofs/{PROOF}/certificate.pdf"])
    assert "Certificate of records" in " ".join(first.split())


def test_the_same_order_gives_the_same_files_to_the_byte(tmp_path):
    _, first = done(a_leaf(7), tmp_path, verify=holds)
    _, second = done(a_leaf(7), tmp_path, verify=holds)

    assert first == second


def test_whoever_reads_a_sealed_record_is_told(tmp_path):
    index = made.index_of(made.a_reading(), COMMENT)

    order, _ = done(a_leaf(index), tmp_path, verify=holds)

    assert order.state is State.MADE
    assert f"stands sealed in leaf {index}" in order.sentence


def test_nothing_is_proved_of_a_month_that_does_not_hold(tmp_path):
    path = folder(SEPTEMBER) + COUNTS
    order, files = done(a_leaf(7), tmp_path, spoilt(path, b"{}"))

    assert order.state is State.WRONG
    assert files == {}


def test_a_record_of_another_month_is_refused_with_a_sentence(tmp_path):
    order, files = done(a_leaf(7, OCTOBER), tmp_path, verify=holds)

    assert (order.state, files) == (State.BROKEN, {})
    assert "holds leaf 7" in order.sentence


def test_whoever_is_killed_before_the_end_is_put_down_leaves_files_that_are_made_again(tmp_path):
    class Killed(Exception):  # noqa: N818 - a process that ends is no error of ours
        pass

    shop, files = a_workshop(a_leaf(7), tmp_path, verify=holds)
    end, shop.kept.end = shop.kept.end, _raising(Killed)
    with pytest.raises(Killed):
        carry_on(PROOF, shop)
    left = dict(files)
    shop.kept.end = end

    assert carry_on(PROOF, shop).state is State.MADE
    assert files == left


def _raising(error):
    def fail(*_):
        raise error

    return fail


# ── a bundle ──────────────────────────────────────────────────────────────────


def test_a_bundle_has_its_exhibits_in_order_and_both_months_verified(tmp_path):
    reading = made.a_reading()
    leaves = (7, 8, made.index_of(reading, "deletion.asked"))

    order, files = done(an_order(Kind.BUNDLE, *leaves, about="post:x"), tmp_path, verify=holds)

    assert order.state is State.MADE, order.sentence
    assert [each.name for each in order.files] == [
        *("bundle.zip", "certificate.html", "certificate.pdf", "index.pdf"),
    ]
    whole = unzipped(files[f"proofs/{PROOF}/bundle.zip"])
    assert {name.split("/")[1] for name in whole if name.startswith("exhibits/")} == {
        *("SH1", "SH2", "SH3"),
    }
    said = json.loads(whole["certificate.json"])
    assert [each["leaf_index"] for each in said["exhibits"]] == list(leaves)
    assert said["verified"][0]["output"] == "2026-09 holds.\n\n2026-10 holds."
    assert json.loads(whole["about.json"])["read"]["missing"] == []


def test_a_label_that_no_witness_could_use_ends_in_a_sentence(tmp_path):
    order = a_leaf(7)
    order = replace(order, producer=replace(order.producer, label="sh"))

    over, _ = done(order, tmp_path, verify=holds)

    assert over.state is State.BROKEN
    assert "exhibit label" in over.sentence


def test_certificates_name_the_version_and_the_list_of_what_is_shipped():
    said = this_system("c0ffee")

    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert (said.version, said.commit) == (VERSION, "c0ffee")
    assert said.lock_sha256 == sha256(LOCK.read_bytes()).hexdigest()
