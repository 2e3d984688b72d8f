import re
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.months import bag
from shared.months.month import Month

OCTOBER = Month(2026, 10)
ORIGIN = "force.example/record-log"
SIZES = st.integers(0, 10**7)


@given(SIZES, SIZES)
def test_the_parts_of_a_month_follow_one_another_from_its_start_to_its_end(one, other):
    start, end = sorted((one, other))
    parts = bag.parts_of(start, end)

    edges = [start, *(part.after for part in parts)]
    assert [part.first for part in parts] == edges[:-1]
    assert edges[-1] == end
    assert [part.number for part in parts] == list(range(len(parts)))
    assert all(0 < part.after - part.first <= bag.PART for part in parts)
    assert all(part.after - part.first == bag.PART for part in parts[:-1])


def test_a_month_in_which_nothing_was_logged_has_no_parts():
    assert bag.parts_of(7, 7) == ()


def test_everything_lies_where_an_auditor_looks_for_it():
    assert bag.folder(OCTOBER) == "month=2026-10/"
    assert bag.note_path(OCTOBER) == "commit/2026-10.note"
    assert bag.records_path("post", 3) == "data/records/post/part-00003.jsonl.gz"


PATHS = st.from_regex(r"data/[a-z]{1,5}(/[a-z0-9]{1,5}){0,2}", fullmatch=True)


@given(st.dictionaries(PATHS, st.binary(max_size=9).map(bag.digest)))
def test_a_manifest_is_what_sha256sum_reads(hashes):
    lines = bag.manifest(hashes).decode().split("\n")

    assert lines.pop() == ""
    assert all(re.fullmatch("[0-9a-f]{64}  data/[a-z0-9/]+", line) for line in lines)
    assert {path: digest for digest, path in (line.split("  ") for line in lines)} == hashes
    assert [line.split("  ")[1] for line in lines] == sorted(hashes)


@given(st.dictionaries(PATHS, st.just("0" * 64)), st.randoms())
def test_a_manifest_depends_on_no_order(hashes, chance):
    shuffled = list(hashes.items())
    chance.shuffle(shuffled)

    assert bag.manifest(dict(shuffled)) == bag.manifest(hashes)


def test_a_digest_is_lower_case_sha256():
    assert bag.digest(b"x") == sha256(b"x").hexdigest()


@pytest.mark.parametrize(("previous", "said"), [(None, "none"), ("a" * 64, "a" * 64)])
def test_a_bag_says_whose_month_it_is_and_nothing_of_when_it_was_made(previous, said):
    info = bag.bag_info(OCTOBER, ORIGIN, previous=previous, octets=1234, files=5)

    assert info.decode() == (
        "Source-Organization: force.example\n"
        "External-Identifier: force.example/record-log/2026-10\n"
        "Bagging-Date: 2026-11-01\n"
        "Payload-Oxum: 1234.5\n"
        "Bluelamp-Month: 2026-10\n"
        "Bluelamp-Origin: force.example/record-log\n"
        f"Bluelamp-Previous: {said}\n"
    )
