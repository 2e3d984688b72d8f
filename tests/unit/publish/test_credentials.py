"""What an account signs in with: read where it is kept, and told to nobody."""

import json
import traceback

import pytest

from publish.credentials import (
    CredentialsError,
    EmptyTokenError,
    Forgetful,
    Overheard,
    Tokens,
    credentials,
)
from shared.accounts.registry import Handle
from shared.platforms.base import NotSentError, UnsupportedError
from shared.posts.names import PlatformName
from tests.builders import an_account

SANDBOX = PlatformName("sandbox")
SECRET = "hunter2-and-nobody-else"


class Secrets:
    """Secrets Manager, as far as reading goes."""

    class exceptions:  # noqa: N801 - as boto3 calls it
        class ResourceNotFoundException(Exception): ...  # noqa: N818 - as boto3 calls it

    def __init__(self, **kept):
        self.kept = kept
        self.asked = []

    def get_secret_value(self, SecretId):  # noqa: N803 - as boto3 calls it
        self.asked.append(SecretId)
        if not self.kept:
            raise self.exceptions.ResourceNotFoundException
        return self.kept


def read(client, account=None):
    return credentials(account or an_account(), SANDBOX, client, "bluelamp/platforms/")


def test_credentials_are_the_secrets_words_for_the_service_of_the_registry():
    client = Secrets(SecretString=json.dumps({"identifier": "riverside", "password": SECRET}))

    found = read(client)

    assert (found.identifier, found.password) == ("riverside", SECRET)
    assert found.service == "https://sandbox.example"
    assert client.asked == ["bluelamp/platforms/riverside/sandbox"]


def test_a_feed_has_no_secret_and_speaks_for_its_account():
    feed, client = PlatformName("feed"), Secrets()
    account = an_account(handles=(Handle(feed, "riverside", "https://feeds.example"),))

    found = credentials(account, feed, client, "bluelamp/platforms/")

    assert (found.service, found.identifier) == ("https://feeds.example", "riverside")
    assert client.asked == []


def test_a_secret_cannot_send_its_password_to_another_service():
    kept = {"identifier": "a", "password": SECRET, "service": "https://elsewhere.example"}

    assert read(Secrets(SecretString=json.dumps(kept))).service == "https://sandbox.example"


def test_credentials_never_show_their_password():
    found = read(Secrets(SecretString=json.dumps({"identifier": "a", "password": SECRET})))

    assert SECRET not in f"{found} {found!r}"


NOT_A_SECRET = [
    ("nothing", {"SecretString": ""}),
    ("no text", {"SecretBinary": SECRET.encode()}),
    ("not JSON", {"SecretString": SECRET}),
    ("half of it", {"SecretString": f'{{"password": "{SECRET}'}),
    ("a list", {"SecretString": json.dumps([SECRET])}),
    ("a text", {"SecretString": json.dumps(SECRET)}),
    ("a number", {"SecretString": "271828"}),
    ("null", {"SecretString": "null"}),
    ("no password", {"SecretString": json.dumps({"identifier": SECRET})}),
    ("no identifier", {"SecretString": json.dumps({"password": SECRET})}),
    ("a password that is no text", {"SecretString": '{"identifier": "a", "password": null}'}),
    ("a password that is a number", {"SecretString": '{"identifier": "a", "password": 271828}'}),
    ("an identifier that is none", {"SecretString": '{"identifier": 1, "password": "b"}'}),
    ("names within names", {"SecretString": json.dumps({"keys": {"password": SECRET}})}),
]


@pytest.mark.parametrize(("what", "kept"), NOT_A_SECRET, ids=[row[0] for row in NOT_A_SECRET])
def test_what_is_not_a_secret_is_told_without_telling_it(what, kept):
    with pytest.raises(CredentialsError) as caught:
        read(Secrets(**kept))

    told = "".join(traceback.format_exception(caught.value))
    assert "riverside on sandbox" in str(caught.value)
    assert SECRET not in told


def test_a_secret_that_is_missing_and_a_platform_without_a_voice_cannot_speak():
    elsewhere = an_account(handles=(Handle(PlatformName("x"), "@r", "https://x.example"),))

    with pytest.raises(UnsupportedError, match="no keys for sandbox"):
        read(Secrets())
    with pytest.raises(UnsupportedError, match="no handle on sandbox"):
        read(Secrets(), elsewhere)


# ── tokens ───────────────────────────────────────────────────────────────────


GOOD = {"service": "https://sandbox.example", "token": "t-1"}


@pytest.mark.parametrize("token", ["", " ", "None", "null", None, 0, {}, []], ids=repr)
def test_an_answer_without_a_token_never_takes_the_place_of_a_good_one(token):
    kept = Forgetful()
    tokens = Tokens(kept)
    tokens.save("sandbox/riverside", GOOD)

    with pytest.raises(EmptyTokenError) as refused:
        tokens.save("sandbox/riverside", {**GOOD, "token": token})

    assert tokens.load("sandbox/riverside") == GOOD
    assert isinstance(refused.value, NotSentError)
    assert "t-1" not in str(refused.value)


def test_an_empty_session_is_none():
    with pytest.raises(EmptyTokenError):
        Tokens(Forgetful()).save("sandbox/riverside", {})


def test_a_renewed_token_takes_the_place_of_the_old_one():
    tokens = Tokens(Forgetful())
    tokens.save("sandbox/riverside", GOOD)
    tokens.save("sandbox/riverside", {**GOOD, "token": "t-2"})

    assert tokens.load("sandbox/riverside") == {**GOOD, "token": "t-2"}


@pytest.mark.parametrize(
    ("session", "heard"),
    [
        ({"access": "a", "refresh_ends_at": "2027-11-20T12:00:00+00:00"}, 1),
        ({"access": "a"}, 0),
        ({"access": "a", "refresh_ends_at": "soon"}, 0),
    ],
)
def test_when_what_renews_a_session_ends_is_overheard_whether_kept_or_found(session, heard):
    told = []
    sessions = Overheard(Forgetful(), told.append)

    sessions.save("linkedin/1", session)
    found = sessions.load("linkedin/1")

    assert found == session
    assert len(told) == 2 * heard
    assert sessions.load("linkedin/2") is None
