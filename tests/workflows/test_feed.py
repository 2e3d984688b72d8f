"""A post that is addressed to the feed stands in it, in every form, once."""

import json
from urllib.parse import urlsplit

import feedparser
import pytest

from local.demo.caller import Caller
from local.force import DUTY_OFFICER
from local.seed import FEED, WITH_FEED
from shared.posts.life import Outcome, State
from shared.records.publications import Publications
from tests.workflows.force import FREE, a_force

WORDS = "Mae’r bont ar agor eto. The bridge is open again."


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


def fetched(force, path):
    """What a stranger is served."""
    answer = Caller(force.stack.url).get(f"/local/feeds/{path}")
    assert answer.status == 200
    return answer.text


def test_a_post_for_the_feed_and_the_sandbox_stands_on_both(force):
    chief = force.caller(DUTY_OFFICER.person_id)
    body = {"text": WORDS, "account": WITH_FEED, "platforms": ["feed", "sandbox"]}
    post_id = chief.post_json("/v1/posts", body).json()["post_id"]
    force.until(post_id, State.PUBLISHED)

    for folder in ("", f"{WITH_FEED}/"):
        [item] = json.loads(fetched(force, f"{folder}feed.json"))["items"]
        assert item["content_text"] == WORDS
        assert item["authors"] == [{"name": "Moorshire Police"}]
        for name in ("atom.xml", "rss.xml"):
            read = feedparser.parse(fetched(force, folder + name).encode())
            assert [entry.id for entry in read.entries] == [item["id"]]
            assert not read.bozo
        assert WORDS in fetched(force, f"{folder}index.html")
    kept = Publications(force.stack.tables, force.pen).get(post_id, 1, FEED)
    assert (kept.state, kept.receipt.text) == (Outcome.SENT, WORDS)
    assert kept.receipt.url == item["url"]
    assert WORDS in Caller(force.stack.url).get(urlsplit(item["url"]).path).text
    assert force.published(WORDS) == 1


@pytest.mark.parametrize("path", ["../ledger/list.json", "ledger/list.json", "nobody/feed.json"])
def test_only_what_is_public_is_served(force, path):
    assert Caller(force.stack.url).get(f"/local/feeds/{path}").status == 404


def test_an_account_that_has_no_feed_cannot_be_told_to_use_one(force):
    body = {"text": "Not there.", "account": FREE, "platforms": ["feed"]}

    assert force.officer.post_json("/v1/posts", body).status == 422
