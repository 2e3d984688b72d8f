"""What the issuer says of itself is read once an hour, and only over TLS."""

import json
from datetime import timedelta

import pytest

from enter.errors import CodeRefusedError, IssuerSilentError
from enter.issuer import Issuer
from tests.builders import NOW
from tests.unit.enter.issuing import ATTEMPT, BACK, CLIENT, URL, Web, an_issuer, query_of

A_MINUTE = timedelta(minutes=1)


def test_the_way_in_carries_the_attempt_and_no_secret():
    asked = query_of(an_issuer().way_in(ATTEMPT, BACK, NOW))

    assert asked == {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": BACK,
        "scope": "openid email",
        "state": ATTEMPT.state,
        "nonce": ATTEMPT.nonce,
        "code_challenge": ATTEMPT.challenge,
        "code_challenge_method": "S256",
    }
    assert query_of(an_issuer().way_in(ATTEMPT, BACK, NOW, "login"))["prompt"] == "login"


def test_a_code_is_redeemed_with_the_verifier():
    web = Web()

    assert an_issuer(web).redeem("the-code", ATTEMPT, BACK, NOW) == "a.b.c"
    assert web.forms == [
        {
            "grant_type": "authorization_code",
            "client_id": CLIENT,
            "code": "the-code",
            "redirect_uri": BACK,
            "code_verifier": ATTEMPT.verifier,
        }
    ]


def test_description_and_keys_are_read_once_an_hour():
    web = Web()
    issuer = an_issuer(web)

    for minutes in range(0, 60, 5):
        issuer.key("ec", NOW + minutes * A_MINUTE)
    assert len(web.asked) == 2
    issuer.key("ec", NOW + 60 * A_MINUTE)
    assert len(web.asked) == 4


def test_an_unknown_key_is_looked_for_again_but_not_more_than_once_a_minute():
    web = Web()
    issuer = an_issuer(web)

    for seconds in range(59):
        assert issuer.key("new", NOW + timedelta(seconds=seconds)) is None
    assert len(web.asked) == 2
    web.keys[0]["kid"] = "new"
    assert issuer.key("new", NOW + A_MINUTE)
    assert len(web.asked) == 4


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://elsewhere.example"},
        {"issuer": None},
        {"token_endpoint": "http://id.force.example/token"},
        {"jwks_uri": None},
        {"jwks_uri": 7},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_description_that_is_not_its_own_or_not_safe_is_not_followed(described):
    with pytest.raises(IssuerSilentError):
        an_issuer(Web(described=described)).way_in(ATTEMPT, BACK, NOW)


@pytest.mark.parametrize("answer", [(500, b""), (200, b"<html>"), (200, b"[]"), (302, b"{}")])
@pytest.mark.parametrize("place", ["openid-configuration", "keys", "token"])
def test_an_answer_nobody_understands_is_no_answer(place, answer):
    web = Web()
    web.answers[place] = answer

    with pytest.raises(IssuerSilentError):
        an_issuer(web).redeem("the-code", ATTEMPT, BACK, NOW)


def test_a_code_that_is_used_or_too_old_is_refused():
    web = Web()
    web.answers["token"] = (400, json.dumps({"error": "invalid_grant"}).encode())

    with pytest.raises(CodeRefusedError):
        an_issuer(web).redeem("the-code", ATTEMPT, BACK, NOW)


def test_an_answer_without_an_id_token_is_no_answer():
    web = Web()
    web.answers["token"] = (200, b"{}")

    with pytest.raises(IssuerSilentError):
        an_issuer(web).redeem("the-code", ATTEMPT, BACK, NOW)


LAPTOP = "http://127.0.0.1:8080"


@pytest.mark.parametrize(
    ("url", "place", "safe"),
    [
        (f"{LAPTOP}/local/issuer", f"{LAPTOP}/local/sign-in", True),
        (f"{LAPTOP}/local/issuer", "http://127.0.0.1:9999/x", False),
        (f"{LAPTOP}/local/issuer", "https://evil.example/x", False),
        ("http://id.force.example", "http://id.force.example/x", False),
        (URL, "https://another.host.example/x", True),
        (URL, f"{LAPTOP}/x", False),
    ],
)
def test_only_a_laptops_own_issuer_is_reached_without_tls(url, place, safe):
    assert Issuer(url, CLIENT, Web())._is_safe(place) is safe
