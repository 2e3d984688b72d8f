"""What a person is given about themselves: all of it, and nothing that speaks of somebody else."""

import csv
import io
import json

import pytest

from archive.exporting.export_person import GROUND, export_person, orders_for, speaks_of_both
from archive.exporting.redact import read_orders, redact
from archive.reading.find_person import Sighting, find_person, others_than
from archive.reading.names import Names
from shared.recordlog.tree import leaf_hash
from tests.unit.archive import people_made as made
from tests.unit.archive.closing import OCTOBER
from tests.unit.archive.handed_over import handed_over

SECRET = bytes(range(32))
OTHERS = (*(made.OTHER, "d-price"), "Hughes")
NAMES = Names(made.NAMES)


@pytest.fixture(scope="module")
def seen():
    sighting = Sighting()
    reading = made.bags_here().between(OCTOBER, OCTOBER)
    return list(find_person(NAMES, reading, sighting)), sighting


def ordered(found, others=OTHERS):
    known = others_than(NAMES, others)
    return [order for each in found for order in orders_for(each, NAMES, known)]


@pytest.fixture(scope="module")
def files(seen, tmp_path_factory):
    found, sighting = seen
    orders = ordered(found)
    redacted = redact([each.record for each in found], orders, SECRET)
    return handed_over(
        tmp_path_factory.mktemp("pack") / "o",
        lambda parcel: export_person(found, redacted, orders, sighting.unopened, parcel),
    )


def given_out(files):
    lines = map(json.loads, files["records.jsonl"].splitlines())
    return {each["leaf_index"] - made.FIRST: each for each in lines}


def test_whatever_speaks_of_somebody_else_is_withheld_and_the_rest_is_given(seen):
    found, _ = seen

    fields = {}
    for order in ordered(found):
        assert order.ground == GROUND
        fields.setdefault(order.leaf - made.FIRST, set()).add(order.pointer)
    assert fields == {
        1: {"/envelope/actor"},
        2: {"/envelope/actor"},
        3: {"/envelope/actor", "/payload/changed/members/1/1"},
        4: {"/envelope/actor", "/payload/why"},
        5: {"/envelope/actor"},
        6: {"/payload/answers"},
        8: {"/payload/copy"},
        made.LAST - made.FIRST: {"/payload/why"},
    }


def test_nobody_else_is_named_anywhere_in_the_pack(files):
    whole = b"".join(files.values()).decode("utf-8", "replace").lower()

    for each in ("hughes", "price", made.SECRET_WORDS.lower(), made.STRANGER.lower()):
        assert each not in whole
    assert "a256gcm" not in whole


def test_every_record_about_the_person_is_in_the_pack_with_what_they_did(files, seen):
    found, _ = seen
    records = given_out(files)

    assert set(records) == {each.record.index - made.FIRST for each in found}
    assert records[0]["envelope"]["actor"] == made.OFFICER
    assert records[0]["payload"]["text"] == "The road is open."
    assert records[1]["envelope"]["approver"] == made.OFFICER
    assert records[3]["payload"]["changed"]["members"][0] == [made.OFFICER]
    assert records[5]["envelope"]["reason"] == "Sian Okafor has to look again."
    assert records[8]["payload"]["to"] == made.ADDRESS
    assert "withheld" in records[7]["payload"]["sealed"]


def test_a_name_that_is_withheld_cannot_be_worked_out_from_what_is_given(files):
    for record in given_out(files).values():
        if record["withheld"]:
            assert record["salt"] is None
        if any(each["field"].startswith("/envelope") for each in record["withheld"]):
            entry = json.dumps(record["envelope"])
            assert leaf_hash(entry.encode()).hex() != record["leaf_hash"]
            assert "withheld" in record["envelope"]["payload_sha256"]


def test_where_they_stand_is_told_and_no_field_within_something_withheld(files):
    lines = [json.loads(line) for line in files["found.jsonl"].splitlines()]
    told = {each["leaf_index"] - made.FIRST: each for each in lines}

    assert told[0]["as"] == ["actor"]
    assert (told[4]["fields"], told[4]["withheld"]) == (["/payload/why"], ["/payload/why"])
    assert (told[6]["fields"], told[6]["withheld"]) == ([], [])
    assert all(each["month"] == str(OCTOBER) for each in lines)


def test_what_speaks_of_both_is_told_so_that_somebody_looks(seen):
    found, _ = seen
    withheld = {}
    for order in ordered(found):
        withheld.setdefault(order.leaf, set()).add(order.pointer)

    both = {
        each.record.index - made.FIRST: fields
        for each in found
        if (fields := speaks_of_both(each, withheld.get(each.record.index, ())))
    }
    assert both == {4: ("/payload/why",), 6: (f"/payload/answers/{made.OFFICER}",)}


def test_text_that_cannot_be_opened_is_listed_without_a_word_of_it(files):
    text = files["unopened.csv"].decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert [int(each["leaf_index"]) - made.FIRST for each in rows] == [7, 10]
    assert [each["names_the_person"] for each in rows] == ["yes", "no"]
    assert {each["erased"] for each in rows} == {"no"}


def test_the_orders_can_be_given_again_with_more_or_less_withheld(files, seen):
    found, _ = seen

    assert set(read_orders(files["redactions.json"])) == set(ordered(found))


def test_without_anybody_else_only_other_peoples_addresses_and_what_is_sealed_are_withheld(seen):
    found, _ = seen

    orders = ordered(found, others=())
    redacted = redact([each.record for each in found], orders, SECRET)
    withheld = {(o.leaf - made.FIRST, o.pointer) for each in redacted for o in each.openings}
    assert withheld == {(7, "/payload/sealed"), (8, "/payload/copy")}


def test_an_address_that_was_not_given_as_theirs_is_withheld_however_like_their_name(seen):
    found, _ = seen
    names = Names([made.OFFICER, made.FULL_NAME])

    orders = [o for each in found for o in orders_for(each, names, others_than(names, ()))]

    assert (made.FIRST + 8, "/payload/to") in {(each.leaf, each.pointer) for each in orders}


def test_the_text_that_goes_along_speaks_to_the_person_and_counts(files, seen):
    found, _ = seen
    readme = files["README.txt"].decode()

    assert f"that speak of you: {len(found)}," in readme
    assert "Freedom of Information" not in readme
