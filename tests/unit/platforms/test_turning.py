"""Reading a timeline back ends, even where the server turns its pages in circles."""

import json
from datetime import timedelta

import pytest

from shared.platforms.base import Credentials, UnreachableError
from shared.platforms.facebook.service import FacebookService
from shared.platforms.mastodon.service import MastodonService
from shared.platforms.sandbox import Sandbox
from shared.platforms.turning import MOST_PAGES, turns
from shared.platforms.viva_engage.door import bearer_of as viva_bearer
from shared.platforms.viva_engage.service import VivaEngageService
from shared.platforms.wire import Answer
from shared.platforms.x.door import bearer_of as x_bearer
from shared.platforms.x.service import XService
from tests.platforms.builders import NOON, MemorySessions, a_draft, a_key

KEYS = Credentials("https://there.example", "1", "a", "b", "c", "https://login.example")
SINCE = NOON - timedelta(days=1)
TOKEN = {"access_token": "t", "expires_in": 3600, "token": "t"}


class TurningWire:
    """Gives one page for ever, whatever is asked."""

    def __init__(self, **page: object) -> None:
        self.asked = 0
        self._page = page

    def call(self, _method, url, **_more) -> Answer:
        self.asked += 1
        status = {"id": "7", "url": "u", "created_at": NOON.isoformat(), "media_attachments": []}
        named = {} if url.endswith("/tweets") else {"data": {"id": "1"}}
        fields = {**TOKEN, "text": "said", **named, **self._page}
        body = [status] if url.endswith("/statuses") else fields
        return Answer(200, {}, json.dumps(body).encode())

    def post_json(self, _url, _fields, _headers) -> Answer:
        return self.call("POST", _url)


def mastodon(wire):
    return MastodonService(KEYS, MemorySessions(), wire, lambda: NOON, lambda _: None).entries(
        SINCE
    )


def x(wire):
    bearer = x_bearer(KEYS, MemorySessions(), wire=wire, clock=lambda: NOON)
    service = XService(
        KEYS, MemorySessions(), "stoke", bearer=bearer, wire=wire, clock=lambda: NOON
    )
    return service.entries(SINCE)


def facebook(wire):
    return FacebookService(KEYS, wire, lambda: NOON).entries(SINCE)


def viva_engage(wire):
    bearer = viva_bearer(KEYS, MemorySessions(), wire=wire, clock=lambda: NOON)
    return VivaEngageService(KEYS, MemorySessions(), bearer, wire).entries(SINCE)


MESSAGE = {
    "id": 7,
    "web_url": "u",
    "created_at": "2026/11/21 12:00:00 +0000",
    "body": {"plain": "said"},
}
TURNING = [
    (mastodon, {"id": "1"}),
    (x, {"meta": {"next_token": "again"}}),
    (facebook, {"data": [], "paging": {"next": "n", "cursors": {"after": "again"}}}),
    (viva_engage, {"id": 1, "messages": [MESSAGE], "meta": {"older_available": True}}),
]


@pytest.mark.parametrize(("entries", "page"), TURNING, ids=lambda one: getattr(one, "__name__", ""))
def test_a_timeline_that_turns_in_circles_is_left(entries, page):
    wire = TurningWire(**page)

    with pytest.raises(UnreachableError, match="again"):
        list(entries(wire))

    assert wire.asked < 12


def test_so_is_the_sandboxes():
    wire = TurningWire(posts=[], next="again")
    sandbox = Sandbox(KEYS, MemorySessions(), wire=wire, clock=lambda: NOON)

    with pytest.raises(UnreachableError, match="again"):
        sandbox.find(sandbox.prepare(a_draft(), a_key(), NOON))


def test_a_timeline_without_end_is_left():
    query = {"page": "0"}
    pages = turns(query)
    for number in range(MOST_PAGES):
        next(pages)
        query["page"] = str(number + 1)

    with pytest.raises(UnreachableError, match="1000 pages"):
        next(pages)
