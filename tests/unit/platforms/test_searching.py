"""What searching makes of a platform's answers: who is found, who is gone, what proves nothing."""

import hashlib
import json

import pytest

from shared.impostors.places import PLACES, Searched, by_hand, place_of
from shared.platforms import choose_searcher
from shared.platforms.actors import Actor
from shared.platforms.base import (
    Credentials,
    RateLimitedError,
    RefusedError,
    SignInError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.choose_searcher import open_searcher
from shared.platforms.opening import Opening
from shared.platforms.searching import MOST_FOUND, Found
from shared.platforms.wire import Answer, NeverLeftError, NoAnswerError
from shared.posts.names import PlatformName
from tests.builders import an_account
from tests.platforms.builders import NOON, MemorySessions

SERVICES = {
    "bluesky": "https://view.example",
    "mastodon": "https://social.example",
    "x": "https://api.x.example",
}
NOT_FOUND = "https://api.twitter.com/2/problems/resource-not-found"
THEM = {
    "bluesky": {"did": "did:plc:9", "handle": "leekpo1ice.example", "displayName": "Leek"},
    "mastodon": {"id": "9", "acct": "leekpo1ice", "display_name": "Leek", "note": "<p>Hello</p>"},
    "x": {"id": "9", "username": "leekpo1ice", "name": "Leek", "description": "Hello"},
}
PICTURES = {
    "bluesky": ("avatar", "https://cdn.bsky.app/img/1"),
    "mastodon": ("avatar_static", "https://files.social.example/1.png"),
    "x": ("profile_image_url", "https://pbs.twimg.com/1.jpg"),
}
HANDLES = {
    "bluesky": "leekpo1ice.example",
    "mastodon": "leekpo1ice@social.example",
    "x": "leekpo1ice",
}
GONE = {
    "bluesky": (400, {"error": "InvalidRequest", "message": "Profile not found"}),
    "mastodon": (404, {"error": "Record not found"}),
    "x": (200, {"errors": [{"type": NOT_FOUND, "detail": "User has been suspended"}]}),
}
NAMES = tuple(SERVICES)


class OneAnswer:
    """A wire that gives every question the same answer, and keeps what was asked."""

    def __init__(self, answer) -> None:
        self.answer = answer
        self.asked: list[tuple[str, dict]] = []

    def call(self, method, url, *, query=None, headers=None, body=None):
        assert method == "GET"
        self.asked.append((url, {"query": dict(query or {}), "headers": dict(headers or {})}))
        if isinstance(self.answer, Exception):
            raise self.answer
        status, said = self.answer
        return Answer(status, {}, said if isinstance(said, bytes) else json.dumps(said).encode())


def opened(name, answer):
    wire = OneAnswer(answer)

    class Here(Opening):
        def wire(self, usual=None):
            return wire

    keys = Credentials(SERVICES[name], "us", "token")
    at = Here(keys, MemorySessions(), "", None, lambda: NOON)
    return choose_searcher.KNOWN[PlatformName(name)](at), wire


def found_by(name, *people):
    """A search's answer with these people."""
    listed = {"bluesky": "actors", "mastodon": "accounts", "x": "data"}[name]
    return (200, {listed: list(people)})


def shown_by(name, person):
    """The answer that shows one account."""
    return (200, {"data": person} if name == "x" else person)


@pytest.mark.parametrize("name", NAMES)
def test_who_is_found_is_told_with_name_and_picture(name):
    field, address = PICTURES[name]
    searcher, wire = opened(name, found_by(name, {**THEM[name], field: address}))

    [found] = searcher.search(["leekpolice"])

    assert (found.actor.handle, found.actor.name, found.picture) == (HANDLES[name], "Leek", address)
    assert "leekpolice" in wire.asked[0][1]["query"].values()


def test_two_whose_names_do_not_hold_are_told_apart_by_their_ids():
    people = [{**THEM["bluesky"], "did": f"did:plc:{n}", "handle": "handle.invalid"} for n in "ab"]
    searcher, _ = opened("bluesky", found_by("bluesky", *people))

    found = searcher.search(["leekpolice"])

    assert [each.actor.handle for each in found] == ["did:plc:a", "did:plc:b"]


def test_the_public_view_is_asked_without_any_key_and_a_server_with_ours():
    for name in NAMES:
        searcher, wire = opened(name, found_by(name))
        searcher.search(["leekpolice"])
        [(_, asked)] = wire.asked
        assert ("Authorization" in asked["headers"]) == (name != "bluesky")


def test_x_is_asked_for_a_hundred_names_in_one_question():
    searcher, wire = opened("x", (200, {"errors": [{"type": NOT_FOUND}]}))

    assert searcher.search([f"name{number}" for number in range(150)]) == ()
    assert wire.asked[0][1]["query"]["usernames"].count(",") == MOST_FOUND - 1


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_without_end_is_read_to_a_hundred(name):
    searcher, _ = opened(name, found_by(name, *[THEM[name]] * 1_000))

    assert len(searcher.search(["leekpolice"])) == MOST_FOUND


@pytest.mark.parametrize("name", NAMES)
def test_an_account_that_stands_is_shown_and_one_that_is_gone_is_not(name):
    standing, _ = opened(name, shown_by(name, THEM[name]))
    gone, _ = opened(name, GONE[name])

    assert standing.there("9", HANDLES[name]).actor.handle == HANDLES[name]
    assert gone.there("9", HANDLES[name]) is None


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("bluesky", (400, {"error": "AccountTakedown", "message": "Account has been suspended"})),
        ("mastodon", (410, {"error": "Gone"})),
        ("mastodon", (200, {**THEM["mastodon"], "suspended": True})),
        ("x", (404, {"errors": [{"type": NOT_FOUND}]})),
    ],
)
def test_whom_the_platform_has_suspended_is_gone(name, answer):
    assert opened(name, answer)[0].there("", HANDLES[name]) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, {}), UnreachableError),
        ((200, b"<html>"), UnreachableError),
        ((200, {"actors": 7, "accounts": "", "data": [3]}), UnreachableError),
        ((404, b"<html>not here</html>"), RefusedError),
        ((400, {"error": "InvalidRequest", "message": "Nonsense"}), RefusedError),
        ((403, {"errors": [{"type": "not-authorized"}]}), RefusedError),
        ((401, {"error": "no"}), SignInError),
        ((429, {}), RateLimitedError),
        ((500, {"error": "RecordNotFound"}), UnreachableError),
        (NeverLeftError("x"), UnreachableError),
        (NoAnswerError("x"), UnreachableError),
    ],
)
def test_any_other_answer_proves_nothing_and_says_why(name, answer, error):
    searcher, _ = opened(name, answer)

    with pytest.raises(error):
        searcher.search(["leekpolice"])
    with pytest.raises(error):
        searcher.there("9", HANDLES[name])


def test_x_without_anybody_but_with_a_refusal_is_not_nobody():
    searcher, _ = opened("x", (200, {"errors": [{"type": NOT_FOUND}, {"type": "not-authorized"}]}))

    with pytest.raises(UnreachableError):
        searcher.search(["leekpolice"])


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_known_by_its_hash(name):
    searcher, _ = opened(name, (200, b"a picture"))

    told = searcher.picture(_them(PICTURES[name][1]))

    assert told == hashlib.sha256(b"a picture").hexdigest()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://elsewhere.example/1.png",
        "http://169.254.169.254/latest/meta-data",
        "https://127.0.0.1/1.png",
        "http://cdn.bsky.app/1.png",
        "https://cdn.bsky.app:8443/1.png",
        "https://cdn.bsky.app@elsewhere.example/1.png",
        "https://evilsocial.example/1.png",
        "https://[::1/1.png",
    ],
)
def test_no_picture_is_fetched_from_where_the_platform_keeps_none(name, address):
    searcher, wire = opened(name, (200, b"a picture"))

    assert searcher.picture(_them(address)) == ""
    assert wire.asked == []


@pytest.mark.parametrize("answer", [(404, b"no"), (302, b""), (200, b""), NoAnswerError("x")])
def test_a_picture_that_cannot_be_had_has_no_hash(answer):
    searcher, _ = opened("x", answer)

    assert searcher.picture(_them("https://pbs.twimg.com/1.jpg")) == ""


def test_what_can_be_searched_is_what_the_table_says():
    searched = {name for name, place in PLACES.items() if place.searched is not Searched.BY_HAND}

    assert searched == set(choose_searcher.KNOWN)


@pytest.mark.parametrize("name", NAMES)
def test_each_known_name_opens_its_searcher_and_no_key_travels_in_the_clear(name):
    keys = Credentials(SERVICES[name], "1", "token")
    clear = Credentials("http://there.example", "1", "token")

    assert open_searcher(PlatformName(name), keys, MemorySessions()).name == name
    with pytest.raises(UnsupportedError, match="https"):
        open_searcher(PlatformName(name), clear, MemorySessions())
    with pytest.raises(UnsupportedError, match="by hand"):
        open_searcher(PlatformName("facebook"), keys, MemorySessions())


def test_searches_by_hand_are_filled_in_with_what_an_account_is_called_and_can_be_followed():
    account = an_account(title="Leek & District")

    addresses = [each.address for each in by_hand(account)]

    assert any("leek%20%26%20district" in each for each in addresses)
    assert all(each.startswith("https://") for each in addresses)
    assert place_of(PlatformName("elsewhere")).searched is Searched.BY_HAND


def _them(picture):
    return Found(Actor("9", "leekpo1ice", "Leek"), picture)
