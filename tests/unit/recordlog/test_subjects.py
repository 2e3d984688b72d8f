"""What a leaf is about, and when it happened, told without opening what is sealed in it."""

import pytest

from shared.recordlog.subjects import moment_of, subjects_of
from tests.builders import NOW, a_pen, an_act

POST = "post:01J0000000000000000000000A"


def about(**changes):
    return subjects_of(a_pen().leaf(an_act(**changes)))


@pytest.mark.parametrize(
    ("subject", "named"),
    [
        (f"{POST}@v2", {POST}),
        (f"{POST}@v2/sandbox", {POST}),
        ("account:leek-npt/x", {"account:leek-npt"}),
        ("person:ann", {"person:ann"}),
        ("takedown:01J0000000000000000000000B", set()),
        ("mention:sandbox/1", set()),
    ],
)
def test_it_is_about_its_subject_without_version_and_target(subject, named):
    found = about(subject=subject, account=None, payload={})

    assert found == {"person:pc-okafor", *named}


def test_it_is_about_its_account_and_whoever_did_and_approved_it():
    found = about(subject="takedown:1", actor="ann", approver="bob", payload={})

    assert found == {"account:riverside", "person:ann", "person:bob"}


def test_it_is_about_what_its_open_payload_names_at_any_depth():
    payload = {
        "asked_by": "dee",
        "more": [{"post_id": POST[5:]}, "account:leek-npt@now"],
        "posts": [f"{POST[:-1]}B@v1"],
        "text": "person: nobody, post:office, account: no",
    }

    found = about(subject="deletion:1", payload=payload)

    assert found - about(subject="deletion:1", payload={}) == {
        "account:leek-npt",
        "person:dee",
        POST,
        f"{POST[:-1]}B",
    }


def test_nothing_is_read_of_what_is_sealed():
    sealed = {"handle": "person:somebody", "text": POST}

    assert about(personal=sealed) == about()


def test_a_leafs_number_tells_when_it_happened():
    leaf = a_pen().leaf(an_act())

    assert abs((moment_of(leaf.leaf_id) - NOW).total_seconds()) < 0.001


@pytest.mark.parametrize("number", ["ZZZZZZZZZZ0000000000000000", "U" * 26, "7ZZZZZZZZZ"])
def test_what_is_no_leafs_number_is_a_value_error(number):
    with pytest.raises(ValueError):  # noqa: PT011 - its words are nobody's
        moment_of(number)
