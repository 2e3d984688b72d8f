"""The files of the second reader as they ship: whole, small enough, and about the pack's rules."""

import json

import pytest

from second_reader import app
from shared.policy.suspicions import suspects
from tests.unit.policy.candidates import PACK

MOST_BYTES = 25_000_000
READER = json.loads((app.FOLDER / "reader.json").read_text(encoding="utf-8"))
POST = {"kind": "original", "author_role": "officer", "account_level": "neighbourhood"}
DOUBTFUL = "Word is it was his brother that did it, but you did not hear that from us."


@pytest.fixture(scope="module")
def reader():
    return app.Reader()


def test_together_they_are_small_enough_to_be_kept_with_the_code():
    assert sum((app.FOLDER / name).stat().st_size for name in app.FILES) < MOST_BYTES


def test_every_rule_it_was_taught_is_the_packs_and_has_words_of_its_own():
    assert set(READER["rules"]) <= set(PACK.rules)
    assert set(READER["rules"]) <= set(suspects())


def test_every_mark_is_a_probability_of_a_rule_it_was_taught():
    assert set(READER["marks"]) <= set(READER["rules"])
    assert all(0 < mark < 1 for mark in READER["marks"].values())


def test_it_reads_and_says_which_words_it_doubts(reader):
    told = reader.read(app.words_of({**POST, "text": f"The road is open again. {DOUBTFUL}"}))

    assert {one["rule"] for one in told} & {"rumour", "court-prejudice"}
    assert all(one["start"] >= len("The road is open again.") for one in told)


def test_what_it_says_of_a_text_does_not_hang_on_what_it_read_before(reader):
    doubtful, clean = (
        app.words_of({**POST, "text": text}) for text in (DOUBTFUL, "The road is open again.")
    )
    first = reader.read(doubtful)
    reader.read(clean)

    assert reader.read(doubtful) == first
