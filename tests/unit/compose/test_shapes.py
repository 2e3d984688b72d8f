"""The author's JSON: every version and every target, as the description of the API says."""

import json
from dataclasses import replace

import pytest

from compose.shapes import checked_shape, life_shape
from compose.shown import counts
from shared.http.description import description
from shared.http.shapes import post_shape
from shared.policy.check import check
from shared.policy.everyday import Everyday
from shared.posts.life import Outcome, State
from shared.records.publication import KeptReceipt
from tests.builders import a_post
from tests.unit.compose.test_shown_post import a_publication
from tests.unit.policy.candidates import PACK, a_candidate

SCHEMAS = json.loads(description())["components"]["schemas"]


def test_a_life_is_all_versions_and_what_became_of_the_newest():
    first = a_post(state=State.RETURNED)
    second = replace(first, version=2, state=State.PARTLY_PUBLISHED)
    receipt = KeptReceipt("id", "https://sandbox.example/1", "Open.")
    sent = a_publication(second, state=Outcome.SENT, receipt=receipt)
    failed = a_publication(second, "x", state=Outcome.FAILED, reason="Not here.")

    told = life_shape([first, second], [sent, failed])

    assert told["versions"] == [post_shape(first), post_shape(second)]
    assert told["targets"] == [
        {"platform": "sandbox", "part": 1, "outcome": "sent", "url": receipt.url, "reason": None},
        {"platform": "x", "part": 1, "outcome": "failed", "url": None, "reason": "Not here."},
    ]


def test_what_was_frozen_and_with_which_key_is_nobodys_business():
    publication = a_publication(a_post(), request={"repo": "did:plc:riverside"}, key="SECRET-KEY")

    told = json.dumps(life_shape([], [publication]))

    assert "did:plc" not in told
    assert "SECRET-KEY" not in told


def test_a_check_is_told_as_described_with_the_length_on_each_platform():
    text = "#a #b #c #d #e #f"
    verdict = check(a_candidate(text), PACK)

    told = checked_shape(verdict, counts(text, ["bluesky"], PACK))

    assert set(told) == set(SCHEMAS["Verdict"]["properties"])
    assert (told["outcome"], told["policy_version"]) == ("blocked", PACK.policy_version)
    assert told["findings"] == [finding.as_dict() for finding in verdict.findings]
    assert told["counts"] == [{"platform": "bluesky", "length": 17, "limit": 300}]
    assert told["everyday"] is None


@pytest.mark.parametrize("kind", Everyday)
def test_a_kind_of_everyday_post_is_told_by_its_word(kind):
    told = json.loads(json.dumps(checked_shape(check(a_candidate("Open."), PACK), (), kind)))

    assert told["everyday"] == kind.value
    assert kind.value in SCHEMAS["Verdict"]["properties"]["everyday"]["enum"]
