"""The JSON shapes of the API hold what the description of the API promises."""

import json
from datetime import timedelta, timezone

import pytest

from shared.accounts.registry import Handle
from shared.http.description import description
from shared.http.shapes import account_shape, post_shape, stamp
from shared.policy.check import check
from shared.posts.life import State
from shared.posts.names import PlatformName
from tests.builders import NOW, a_post, an_account
from tests.unit.policy.candidates import PACK, a_candidate

SCHEMAS = json.loads(description())["components"]["schemas"]


def keys_of(name):
    return set(SCHEMAS[name]["properties"])


def test_a_moment_is_written_in_utc_whatever_clock_it_was_read_from():
    summer = timezone(timedelta(hours=1))

    assert stamp(NOW) == stamp(NOW.astimezone(summer)) == "2026-11-20T09:00:00Z"
    assert stamp(None) is None


@pytest.mark.parametrize("state", State)
def test_a_post_is_told_as_described_in_every_state(state):
    told = post_shape(a_post(state=state, reason="Because.", not_before=NOW))

    assert set(told) == keys_of("Post")
    assert told["state"] in SCHEMAS["Post"]["properties"]["state"].get("enum", list(State))
    assert json.loads(json.dumps(told)) == told


def test_a_post_tells_its_words_and_what_was_found_in_them():
    finding = check(a_candidate("#a #b #c #d #e #f"), PACK).findings[0].as_dict()
    post = a_post("Open.", platforms=("x", "sandbox"), findings=(finding,))

    told = post_shape(post)

    assert (told["text"], told["platforms"]) == ("Open.", ["x", "sandbox"])
    assert told["content_hash"] == post.content_hash
    assert told["findings"] == [finding]
    assert {*finding, "wording"} == keys_of("Finding")


def test_a_post_tells_what_of_it_some_platforms_leave_out():
    told = post_shape(a_post("Bore da.", platforms=("mastodon", "facebook"), language="cy"))

    [short] = told["left_out"]
    assert (short["platform"], short["what"]) == ("facebook", "language")
    assert short["sentence"].endswith(".")
    assert post_shape(a_post("Open."))["left_out"] == []


def test_an_account_is_told_without_what_is_nobodys_business():
    handle = Handle(PlatformName("sandbox"), "@riverside", "https://secret.example")

    told = account_shape(an_account(handles=(handle,)))

    assert told == {
        "account_id": "riverside",
        "title": "Riverside Neighbourhood Team",
        "level": "neighbourhood",
        "platforms": ["sandbox"],
    }
    assert set(told) <= keys_of("Account")
