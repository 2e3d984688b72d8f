"""What stands on the sandbox is found by its account and its number, however much else stands."""

import pytest

from local.sandbox import Audience, Network
from tests.platforms.builders import NOON

BASE = "http://sandbox"


@pytest.fixture
def network():
    return Network(lambda: NOON, posts_per_window=10_000)


def a_post(network, account, text):
    said = {"text": text, "reference": text}
    return str(network.post(account, said, BASE).fields["id"])


def shown(network, account, before="", limit=50):
    reply = network.timeline(account, BASE, before, limit).fields
    return [post["text"] for post in reply["posts"]], reply["next"]


def test_a_timeline_is_one_account_s_newest_first_in_pages(network):
    names = [a_post(network, account, f"{account} {n}") for n in range(3) for account in "ab"]

    assert shown(network, "a") == (["a 2", "a 1", "a 0"], None)
    assert shown(network, "a", limit=2) == (["a 2", "a 1"], names[2])
    assert shown(network, "a", before=names[2], limit=2) == (["a 0"], None)
    assert shown(network, "nobody") == ([], None)


def test_an_edited_post_keeps_its_place(network):
    first, _ = a_post(network, "a", "one"), a_post(network, "a", "two")

    network.edit("a", first, {"text": "other"}, BASE)

    assert shown(network, "a") == (["two", "other"], None)
    assert [post.text for post in network.posts] == ["other", "two"]
    assert network.read(first, BASE).fields["text"] == "other"


def test_a_deleted_post_is_nowhere_and_its_words_may_be_said_again(network):
    name = a_post(network, "a", "one")

    assert network.delete("a", name).status == 204

    assert (network.read(name, BASE).status, network.delete("a", name).status) == (404, 404)
    assert (shown(network, "a"), network.posts) == (([], None), ())
    assert network.post("a", {"text": "one", "reference": "one"}, BASE).status == 201


def test_a_profile_counts_the_posts_of_its_account_alone(network):
    for account in "aab":
        a_post(network, account, f"{account} {network.count(account)}")

    told = Audience().tell("profile", "a", BASE, {}, network.count)

    assert told.fields["posts"] == 2
    assert network.count("nobody") == 0
