"""What the adapter makes of answers that a healthy server gives seldom or never."""

import json

import pytest

from shared.platforms.base import (
    Credentials,
    NotSentError,
    RateLimitedError,
    Receipt,
    RefusedError,
    SignInError,
    UncertainError,
    UnreachableError,
)
from shared.platforms.bluesky import Bluesky
from shared.platforms.bluesky.content_id import record_cid
from shared.platforms.bluesky.session import SignedIn
from shared.platforms.wire import Answer, NeverLeftError, NoAnswerError, Timeouts, Wire
from tests.platforms.builders import NO_MEDIA, NOON, MemoryMedia, MemorySessions, a_draft, a_png

DID = "did:plc:stoke"
SERVICE = "https://bsky.social"
SESSION = {"did": DID, "accessJwt": "access-1", "refreshJwt": "refresh-1"}
STALE = (400, {"error": "ExpiredToken", "message": "Token has expired"})
SWAPPED = (400, {"error": "InvalidSwap", "message": "Record was at x"})
ABSENT = (400, {"error": "RecordNotFound", "message": "Could not locate record"})


class ScriptedWire(Wire):
    """Answers each method from its own list, in order, and remembers what was asked."""

    def __init__(self, **answers) -> None:
        super().__init__(Timeouts())
        self.answers = {"createSession": [(200, SESSION)], **answers}
        self.asked: list[tuple[str, str, dict]] = []

    def call(self, method, url, *, query=None, headers=None, body=None):
        name = url.rsplit(".", 1)[-1]
        self.asked.append((name, url.split("/xrpc/")[0], dict(headers or {})))
        answer = self.answers[name].pop(0)
        if isinstance(answer, Exception):
            raise answer
        status, fields = answer
        raw = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
        return Answer(status, {}, raw)

    def names(self) -> list[str]:
        return [name for name, _, _ in self.asked]


def an_adapter(wire, sessions=None):
    credentials = Credentials(SERVICE, "stoke.test", "secret")
    kept = MemorySessions() if sessions is None else sessions
    return Bluesky(credentials, kept, "stoke.test", wire=wire, clock=lambda: NOON)


def a_frozen(text="Good morning Stoke.", media=()):
    return an_adapter(ScriptedWire()).prepare(a_draft(text, media=media), "01KEY", NOON)


def put(frozen):
    uri = f"at://{DID}/app.bsky.feed.post/{frozen.key}"
    return 200, {"uri": uri, "cid": record_cid(frozen.request["record"])}


def standing(frozen, **changes):
    record = {**frozen.request["record"], **changes}
    uri = f"at://{DID}/app.bsky.feed.post/{frozen.key}"
    return 200, {"uri": uri, "cid": record_cid(record), "value": record}


def test_a_swap_refused_though_our_record_stands_is_a_receipt():
    frozen = a_frozen()
    wire = ScriptedWire(putRecord=[SWAPPED], getRecord=[standing(frozen)])

    receipt = an_adapter(wire).send(frozen, NO_MEDIA)

    assert receipt.text == "Good morning Stoke."
    assert receipt.proof == record_cid(frozen.request["record"])


@pytest.mark.parametrize(
    ("read", "error"),
    [
        (standing(a_frozen(), text="Other"), RefusedError),
        (ABSENT, UncertainError),
        ((500, {}), UncertainError),
        (NoAnswerError("lost"), UncertainError),
    ],
)
def test_a_swap_refused_otherwise_is_told_by_what_stands(read, error):
    wire = ScriptedWire(putRecord=[SWAPPED], getRecord=[read])

    with pytest.raises(error):
        an_adapter(wire).send(a_frozen(), NO_MEDIA)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, {"uri": "at://x/y/z", "cid": "bafyother"}), UncertainError),
        ((200, b"<html>welcome</html>"), UncertainError),
        ((200, {}), UncertainError),
        ((502, b"<html>bad gateway</html>"), UncertainError),
        ((302, b""), UncertainError),
        ((403, b"<html>forbidden</html>"), RefusedError),
        ((400, {"error": "InvalidRequest", "message": "grapheme too big"}), RefusedError),
        ((429, {"error": "RateLimitExceeded"}), RateLimitedError),
        ((401, {"error": "AuthMissing"}), SignInError),
        (NoAnswerError("lost"), UncertainError),
        (NeverLeftError("refused"), NotSentError),
    ],
)
def test_each_answer_to_a_put_is_one_error(answer, error):
    with pytest.raises(error) as caught:
        an_adapter(ScriptedWire(putRecord=[answer])).send(a_frozen(), NO_MEDIA)

    assert type(caught.value) is error


def test_the_platforms_own_sentence_reaches_the_caller():
    answer = (400, {"error": "InvalidRequest", "message": "grapheme too big (maximum 300)"})

    with pytest.raises(RefusedError, match=r"grapheme too big \(maximum 300\)"):
        an_adapter(ScriptedWire(putRecord=[answer])).send(a_frozen(), NO_MEDIA)


def test_a_stale_token_is_refreshed_once_and_the_same_bytes_go_again():
    frozen = a_frozen()
    wire = ScriptedWire(
        putRecord=[STALE, put(frozen)],
        refreshSession=[(200, {**SESSION, "accessJwt": "access-2"})],
    )
    sessions = MemorySessions()

    an_adapter(wire, sessions).send(frozen, NO_MEDIA)

    assert wire.names() == ["createSession", "putRecord", "refreshSession", "putRecord"]
    tokens = [headers["Authorization"] for _, _, headers in wire.asked[1:]]
    assert tokens == ["Bearer access-1", "Bearer refresh-1", "Bearer access-2"]
    assert sessions.load("bluesky/stoke.test")["access"] == "access-2"


def test_a_token_still_stale_after_the_refresh_is_a_sign_in_error():
    wire = ScriptedWire(putRecord=[STALE, STALE], refreshSession=[(200, SESSION)])

    with pytest.raises(SignInError, match="expired"):
        an_adapter(wire).send(a_frozen(), NO_MEDIA)

    assert wire.names().count("putRecord") == 2


def test_a_refresh_refused_ends_in_one_new_login():
    frozen = a_frozen()
    wire = ScriptedWire(
        createSession=[(200, SESSION), (200, SESSION)],
        putRecord=[STALE, put(frozen)],
        refreshSession=[STALE],
    )

    assert an_adapter(wire).send(frozen, NO_MEDIA).text == "Good morning Stoke."


@pytest.mark.parametrize(
    ("sign_in", "error"),
    [
        ((401, {"error": "AuthenticationRequired", "message": "Invalid password"}), SignInError),
        ((400, {"error": "InvalidRequest"}), SignInError),
        ((403, {"error": "AccountTakedown"}), SignInError),
        ((429, {}), RateLimitedError),
        ((500, {}), NotSentError),
        ((200, b"<html>"), NotSentError),
        (NoAnswerError("lost"), NotSentError),
        (NeverLeftError("refused"), NotSentError),
    ],
)
@pytest.mark.parametrize("rung", ["createSession", "refreshSession"])
def test_whatever_fails_while_signing_in_fails_before_the_post_left(rung, sign_in, error):
    sessions = MemorySessions()
    wire = ScriptedWire(createSession=[sign_in])
    if rung == "refreshSession":
        sessions.save("bluesky/stoke.test", SignedIn(DID, SERVICE, SERVICE, "a", "r").as_stored())
        wire = ScriptedWire(createSession=[sign_in], refreshSession=[sign_in], putRecord=[STALE])

    with pytest.raises(error) as caught:
        an_adapter(wire, sessions).send(a_frozen(), NO_MEDIA)

    assert type(caught.value) is error


@pytest.mark.parametrize(
    "read",
    [
        (404, b"not here"),
        (400, {"error": "InvalidRequest", "message": "Could not find repo"}),
        (200, b"<html>"),
        (200, {"value": "no record"}),
        (429, {}),
        (500, {}),
        NoAnswerError("lost"),
        NeverLeftError("refused"),
    ],
)
def test_only_the_servers_own_word_proves_absence(read):
    with pytest.raises(UnreachableError):
        an_adapter(ScriptedWire(getRecord=[read])).find(a_frozen())


def test_a_find_that_cannot_sign_in_proves_nothing():
    wire = ScriptedWire(createSession=[(401, {})])

    with pytest.raises(UnreachableError):
        an_adapter(wire).find(a_frozen())


def test_a_record_with_an_impossible_size_is_not_ours():
    media = MemoryMedia(a_png())
    frozen = a_frozen(media=media.named("A dog"))
    status, fields = standing(frozen)
    fields["value"] = json.loads(json.dumps(fields["value"]))
    fields["value"]["embed"]["images"][0]["image"]["size"] = 1.5

    found = an_adapter(ScriptedWire(getRecord=[(status, fields)])).find(frozen)

    assert found.proof == ""


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((200, {"blob": {"$type": "blob", "ref": {"$link": "bafkother"}}}), RefusedError),
        ((200, b"<html>"), RefusedError),
        ((400, {"message": "Blob too large"}), RefusedError),
        ((429, {}), RateLimitedError),
        ((500, {}), NotSentError),
        (NoAnswerError("lost"), NotSentError),
    ],
)
def test_a_picture_that_fails_leaves_nothing_published(answer, error):
    media = MemoryMedia(a_png())
    wire = ScriptedWire(uploadBlob=[answer], putRecord=[])

    with pytest.raises(error) as caught:
        an_adapter(wire).send(a_frozen(media=media.named("A dog")), media)

    assert type(caught.value) is error


def test_a_picture_that_changed_since_it_was_cleared_never_leaves():
    media = MemoryMedia(a_png(1))
    frozen = a_frozen(media=media.named("A dog"))
    media.kept["media/0"] = a_png(2)
    wire = ScriptedWire()

    with pytest.raises(RefusedError, match="cleared"):
        an_adapter(wire).send(frozen, media)

    assert wire.asked == []


HOMES = [
    ("https://home.example/", "https://home.example"),
    ("http://home.example", SERVICE),
    ("ftp://home.example", SERVICE),
]


@pytest.mark.parametrize(("endpoint", "asked"), HOMES)
def test_an_account_is_spoken_to_at_its_own_server_never_in_the_clear(endpoint, asked):
    frozen = a_frozen()
    entry = {"id": "#atproto_pds", "type": "x", "serviceEndpoint": endpoint}
    other = {"id": "#labeler", "type": "x", "serviceEndpoint": "https://labels.example"}
    session = {**SESSION, "didDoc": {"service": [other, entry]}}
    wire = ScriptedWire(createSession=[(200, session)], putRecord=[put(frozen)])

    an_adapter(wire).send(frozen, NO_MEDIA)

    assert [(name, at) for name, at, _ in wire.asked] == [
        ("createSession", SERVICE),
        ("putRecord", asked),
    ]


ELSEWHERE = SignedIn(DID, "https://old.example", "https://old.example", "a", "r")


@pytest.mark.parametrize(
    "stored", [{}, {"token": "from another day"}, {"did": DID}, ELSEWHERE.as_stored()]
)
def test_a_stored_session_of_another_shape_or_service_is_replaced(stored):
    sessions = MemorySessions()
    sessions.kept["bluesky/stoke.test"] = stored
    frozen = a_frozen()
    wire = ScriptedWire(putRecord=[put(frozen)])

    an_adapter(wire, sessions).send(frozen, NO_MEDIA)

    assert wire.names() == ["createSession", "putRecord"]


def test_a_session_never_shows_its_tokens():
    shown = repr(SignedIn(DID, SERVICE, SERVICE, "access-1", "refresh-1"))

    assert "access-1" not in shown
    assert "refresh-1" not in shown


def test_a_delete_that_never_left_is_uncertain_while_the_post_stands():
    frozen = a_frozen()
    receipt = Receipt(f"at://{DID}/app.bsky.feed.post/{frozen.key}", "https://x", "text")
    wire = ScriptedWire(deleteRecord=[NeverLeftError("refused")], getRecord=[standing(frozen)])

    with pytest.raises(UncertainError, match="still stands"):
        an_adapter(wire).delete(receipt)
