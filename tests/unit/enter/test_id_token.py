"""An ID token is believed only if everything about it is right."""

import base64
import hmac
import json

import pytest

from enter.errors import UntrustedTokenError, UnverifiedEmailError
from enter.id_token import LONGEST, vouched
from tests.builders import NOW
from tests.unit.enter.issuing import (
    ATTEMPT,
    CLIENT,
    KEYS,
    STRANGERS,
    URL,
    Web,
    a_token,
    an_issuer,
    claims,
)

EPOCH = int(NOW.timestamp())


def believed(token, web=None):
    return vouched(token, ATTEMPT, an_issuer(web), NOW)


def part(fields):
    return base64.urlsafe_b64encode(json.dumps(fields).encode()).rstrip(b"=").decode()


def unsigned(algorithm, signature=""):
    return f"{part({'alg': algorithm, 'kid': 'ec'})}.{part(claims())}.{signature}"


@pytest.mark.parametrize("algorithm", ["ES256", "RS256"])
def test_a_token_of_the_issuer_for_this_attempt_vouches_for_an_address(algorithm):
    assert believed(a_token(algorithm)).email == "pc-okafor@force.example"


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": [CLIENT]},
        {"azp": CLIENT},
        {"token_use": "id"},
        {"email_verified": "true"},
        {"exp": EPOCH - 59},
        {"iat": EPOCH + 59},
    ],
)
def test_what_issuers_do_differently_is_all_right(changes):
    assert believed(a_token(**changes))


WRONG = [
    {"iss": "https://elsewhere.example"},
    {"iss": f"{URL}/"},
    {"iss": None},
    {"aud": "another"},
    {"aud": [CLIENT, "another"]},
    {"aud": []},
    {"aud": None},
    {"azp": "another"},
    {"token_use": "access"},
    {"nonce": "another"},
    {"nonce": None},
    {"nonce": ["x"]},
    {"exp": EPOCH - 60},
    {"exp": None},
    {"exp": "tomorrow"},
    {"exp": True},
    {"iat": EPOCH + 61},
    {"iat": None},
]


@pytest.mark.parametrize("changes", WRONG, ids=str)
def test_one_wrong_claim_and_it_is_not_believed(changes):
    with pytest.raises(UntrustedTokenError):
        believed(a_token(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"email_verified": False},
        {"email_verified": None},
        {"email_verified": "false"},
        {"email_verified": 1},
        {"email_verified": ["true"]},
        {"email": None},
        {"email": ["pc-okafor@force.example"]},
    ],
    ids=str,
)
def test_an_address_the_issuer_did_not_verify_is_nobodys(changes):
    with pytest.raises(UnverifiedEmailError):
        believed(a_token(**changes))


@pytest.mark.parametrize("algorithm", STRANGERS)
def test_another_keys_signature_is_not_believed(algorithm):
    with pytest.raises(UntrustedTokenError):
        believed(a_token(algorithm, key=STRANGERS[algorithm]))


def test_the_public_key_is_no_shared_secret():
    signed = f"{part({'alg': 'HS256', 'kid': 'ec'})}.{part(claims())}"
    digest = hmac.digest(KEYS["ES256"].as_pem(private=False), signed.encode(), "sha256")

    with pytest.raises(UntrustedTokenError):
        believed(f"{signed}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}")


@pytest.mark.parametrize(
    "token",
    [
        "",
        "a.b.c",
        "....",
        "a.b",
        "a.b.c.d.e",
        "\ud800.b.c",
        "é.b.c",
        unsigned("none"),
        unsigned("None"),
        unsigned("ES256"),
        unsigned("ES256", "AAAA"),
        unsigned(["ES256"]),
        unsigned(None),
        "a" * LONGEST + ".b.c",
        f"{part([])}.{part({})}.",
        f"{part({'alg': 'ES256'})}.{part(claims())}.AAAA",
    ],
    ids=lambda token: ascii(token[:30]),
)
def test_what_is_no_signed_token_is_not_believed(token):
    with pytest.raises(UntrustedTokenError):
        believed(token)


@pytest.mark.parametrize("header", [{"kid": "unknown"}, {"kid": None}, {"kid": 7}])
def test_a_key_the_issuer_does_not_have_signs_nothing(header):
    with pytest.raises(UntrustedTokenError):
        believed(_signed_with(header))


@pytest.mark.parametrize(
    "header", [{"jku": "https://evil.example/k"}, {"x5u": "https://e.example"}]
)
def test_a_token_that_brings_its_own_key_is_not_believed(header):
    token = a_token(key=STRANGERS["ES256"], header=header)
    web = Web()

    with pytest.raises(UntrustedTokenError):
        believed(token, web)
    assert all(URL.rpartition("/")[0] in address for address in web.asked)


@pytest.mark.parametrize("change", [{"use": "enc"}, {"alg": "RS256"}, {"kty": "RSA"}])
def test_a_key_for_something_else_signs_nothing(change):
    web = Web()
    web.keys = [{**key, **change} for key in web.keys if key["kid"] == "ec"]

    with pytest.raises(UntrustedTokenError):
        believed(a_token(), web)


def _signed_with(header):
    # joserfc would refuse to make some of these, so the head is put on afterwards.
    _, body, signature = a_token().split(".")
    return f"{part({'alg': 'ES256', **header})}.{body}.{signature}"
