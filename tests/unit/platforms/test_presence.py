"""What an account shows is read as each platform tells it; what is not understood tells nothing."""

import json
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from shared.drift.drift import Kind
from shared.drift.telling import TELLS
from shared.platforms.base import (
    Credentials,
    RateLimitedError,
    SignInError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.bluesky.presence import BlueskyPresence
from shared.platforms.choose_presence import open_presence
from shared.platforms.facebook.presence import FacebookPresence
from shared.platforms.mastodon.presence import MastodonPresence
from shared.platforms.presence import LONGEST_ABOUT
from shared.platforms.sandbox_presence import SandboxPresence
from shared.platforms.wire import Answer, NoAnswerError
from shared.platforms.x.presence import XPresence
from shared.posts.names import PlatformName

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
STAMP = "2026-11-21T12:00:00Z"
OLD = "2026-11-19T12:00:00Z"
DID = "did:plc:7"


def bluesky(record):
    return {
        "describeRepo": {"did": DID, "handle": "riverside.example", "didDoc": {}},
        "getRecord": {
            "value": {
                "displayName": "Riverside",
                "description": "Ring 101.",
                "avatar": {"ref": {"$link": "bafy7"}},
            }
        },
        "listRecords": {"records": record, "cursor": "next"},
    }


def a_record(key, at=STAMP):
    uri = f"at://{DID}/app.bsky.feed.post/{key}"
    return {"uri": uri, "value": {"text": f"Post {key}", "createdAt": at}}


MASTODON = {
    "verify_credentials": {
        "id": "7",
        "acct": "riverside",
        "display_name": "Riverside",
        "note": "<p>Ring 101.</p>",
        "avatar_static": "https://social.example/a.png",
    },
    "statuses": [
        {
            "id": number,
            "url": f"https://social.example/@riverside/{number}",
            "content": f"<p>Post {number}</p>",
            "created_at": at,
        }
        for number, at in (("9", STAMP), ("8", STAMP), ("7", OLD))
    ],
}
X = {
    "users/me": {
        "data": {
            "id": "7",
            "username": "riverside",
            "name": "Riverside",
            "description": "Ring 101.",
            "profile_image_url": "https://pbs.example/a.png",
        }
    },
    "tweets": {
        "data": [{"id": n, "text": f"Post {n}", "created_at": STAMP} for n in ("9", "8")],
        "meta": {"next_token": "more"},
    },
}
FACEBOOK = {
    "published_posts": {
        "data": [
            {
                "id": "7_9",
                "message": "Post 9",
                "created_time": "2026-11-21T12:00:00+0000",
                "permalink_url": "https://www.facebook.com/7/posts/9",
            }
        ],
        "paging": {"next": "https://x", "cursors": {"after": "more"}},
    },
    "/7": {"id": "7", "username": "riverside", "name": "Riverside", "about": "Ring 101."},
}
SANDBOX = {
    "profile": {
        "account": {"id": "7", "handle": "riverside", "name": "Riverside", "about": "Ring 101."}
    },
    "timeline": {
        "posts": [
            {
                "id": n,
                "url": f"https://sandbox.example/posts/{n}",
                "text": f"Post {n}",
                "created_at": at,
            }
            for n, at in (("p9", STAMP), ("p8", OLD))
        ],
        "next": "p8",
    },
    "sessions": {"token": "t"},
}
SIX = {
    "bluesky": (BlueskyPresence, bluesky([a_record("9"), a_record("8"), a_record("7", OLD)])),
    "mastodon": (MastodonPresence, MASTODON),
    "x": (XPresence, X),
    "facebook": (FacebookPresence, FACEBOOK),
    "sandbox": (SandboxPresence, SANDBOX),
}


@dataclass
class FakeWire:
    """Answers by what the address ends with; `asked` is what was asked for."""

    answers: dict
    status: int = 200
    headers: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def call(self, method, url, *, query=None, headers=None, body=None):
        self.asked.append((url, dict(query or {})))
        if self.answers is None:
            raise NoAnswerError("lost")
        named = [name for name in self.answers if url.endswith(name)]
        told = self.answers[named[0]] if named else {}
        raw = told if isinstance(told, bytes) else json.dumps(told).encode()
        status = 200 if url.endswith("sessions") else self.status
        return Answer(status, self.headers, raw)

    def post_json(self, url, _fields, headers):
        return self.call("POST", url, headers=headers)


class Kept:
    """Sessions in memory."""

    def __init__(self):
        self.all = {}
        self.load = self.all.get

    def save(self, name, session):
        self.all[name] = session

    def alone(self, _name):
        return nullcontext()


def a_presence(platform, wire):
    made, _ = SIX[platform]
    keys = Credentials("https://social.example", "7", "token")
    at = SimpleNamespace(
        credentials=keys, sessions=Kept(), clock=lambda: NOON, wire=lambda _usual=None: wire
    )
    return made(at)


@pytest.fixture(params=SIX)
def platform(request):
    return request.param


def test_a_profile_tells_what_is_compared_there(platform):
    profile = a_presence(platform, FakeWire(SIX[platform][1])).profile()

    assert set(profile) == TELLS[PlatformName(platform)] - {Kind.POST}
    assert profile[Kind.ACCOUNT] in ("7", DID)
    assert profile[Kind.HANDLE] in ("riverside", "riverside.example")
    assert (profile[Kind.NAME], profile[Kind.ABOUT]) == ("Riverside", "Ring 101.")


def test_posts_since_a_moment_are_told_newest_first_with_where_they_stand(platform):
    page = a_presence(platform, FakeWire(SIX[platform][1])).posts(NOON - HOUR)

    assert page.items[0].text in ("Post 9", "Post p9")
    assert all(one.at == NOON and one.url.startswith("https://") for one in page.items)
    assert (page.next_cursor is None) == (platform in ("bluesky", "mastodon", "sandbox"))


def test_the_next_page_is_asked_for_by_the_cursor(platform):
    wire = FakeWire(SIX[platform][1])
    a_presence(platform, wire).posts(NOON - HOUR, "c")

    assert "c" in wire.asked[-1][1].values()


def test_a_longer_list_says_where_it_goes_on():
    answers = bluesky([a_record("9")])
    listed = [status for status in MASTODON["statuses"] if status["created_at"] == STAMP]

    on_bluesky = a_presence("bluesky", FakeWire(answers)).posts(NOON - HOUR)
    on_mastodon = a_presence("mastodon", FakeWire({**MASTODON, "statuses": listed})).posts(NOON)

    assert (on_bluesky.next_cursor, on_mastodon.next_cursor) == ("next", "8")


@pytest.mark.parametrize("which", ["profile", "posts"])
@pytest.mark.parametrize(
    "told",
    [b"", b"<html>", b"[]", b"null", b"{}", b'{"data": 7}', b'{"posts": {"a": 1}}', b"[1, 2]"],
)
def test_what_nobody_understands_tells_nothing(platform, told, which):
    answers = {name: told for name in SIX[platform][1] if name != "sessions"}
    presence = a_presence(platform, FakeWire(answers | {"sessions": {"token": "t"}}))

    with pytest.raises(UnreachableError):
        presence.profile() if which == "profile" else presence.posts(NOON - HOUR)


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (500, {}, UnreachableError),
        (503, {}, UnreachableError),
        (429, {"retry-after": "60"}, RateLimitedError),
        (401, {}, SignInError),
    ],
)
def test_a_refusal_says_why_and_tells_nothing(platform, status, headers, error):
    answers = SIX[platform][1] if platform == "sandbox" else {}
    presence = a_presence(platform, FakeWire(answers, status, headers))

    with pytest.raises(error):
        presence.profile()


def test_no_answer_tells_nothing(platform):
    with pytest.raises(UnreachableError):
        a_presence(platform, FakeWire(None)).profile()


def test_an_account_on_bluesky_without_a_profile_has_no_name():
    answers = bluesky([])
    presence = a_presence("bluesky", FakeWire(answers))
    asked = presence._look._ask

    def without(url, query):
        if url.endswith("getRecord"):
            return Answer(400, {}, b'{"error": "RecordNotFound"}')
        return asked(url, query)

    presence._look._ask = without

    assert presence.profile()[Kind.NAME] == ""


def test_what_is_huge_is_cut_and_what_is_no_character_is_left_out():
    answers = {**X, "users/me": {"data": {**X["users/me"]["data"], "description": "a" * 99_999}}}
    named = {**SANDBOX, "profile": {"account": {"id": "7", "handle": "r", "name": "a\u202eb\n"}}}

    assert len(a_presence("x", FakeWire(answers)).profile()[Kind.ABOUT]) == LONGEST_ABOUT
    assert a_presence("sandbox", FakeWire(named)).profile()[Kind.NAME] == "ab"


def test_an_unknown_platform_and_a_password_in_the_clear_are_refused():
    with pytest.raises(UnsupportedError, match="not compared"):
        open_presence(PlatformName("linkedin"), Credentials("https://x", "", ""), Kept())
    with pytest.raises(UnsupportedError, match="not an https address"):
        open_presence(PlatformName("x"), Credentials("http://x.example", "", ""), Kept())


@pytest.mark.parametrize("name", sorted(SIX))
def test_each_is_opened_by_its_name(name):
    keys = Credentials("https://social.example", "7", "token")

    assert open_presence(PlatformName(name), keys, Kept()).name == name
