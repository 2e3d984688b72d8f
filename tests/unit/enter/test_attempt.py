"""An attempt belongs to the browser that began it."""

import base64
import hashlib

import pytest

from enter.attempt import COOKIE, LASTS, begun, ended_cookie, resumed
from enter.errors import ForeignAttemptError


def an_attempt(byte=b"\x01"):
    return begun(lambda length: byte * length)


def test_the_browser_that_began_comes_back():
    attempt = an_attempt()

    assert resumed(attempt.secret, attempt.state) == attempt


@pytest.mark.parametrize("cookie", [None, "", "x", "é" * 43, "a" * 44, "a" * 42 + "\n"])
def test_without_its_cookie_nobody_comes_back(cookie):
    with pytest.raises(ForeignAttemptError):
        resumed(cookie, an_attempt().state)


APPROVAL = "/approvals/01ARZ3NDEKTSV4RRFFQ69G5FAV-2"


def test_whoever_came_from_an_approval_comes_back_to_it():
    attempt = begun(lambda length: b"\x01" * length, APPROVAL)
    kept = attempt.cookie().partition(";")[0].partition("=")[2]

    back = resumed(kept, attempt.state)

    assert back == attempt
    assert back.back == APPROVAL
    assert an_attempt().back == "/posts"
    assert resumed(an_attempt().secret, an_attempt().state).back == "/posts"


@pytest.mark.parametrize(
    "to",
    [
        "",
        "/posts",
        "/approvals",
        "//evil.example/approvals/01ARZ3NDEKTSV4RRFFQ69G5FAV-2",
        f"https://evil.example{APPROVAL}",
        f"{APPROVAL}/../../x",
        f"{APPROVAL}\r\nSet-Cookie: a=b",
        f"{APPROVAL}; Path=/",
        "/approvals/" + "A" * 43,
    ],
)
def test_nobody_chooses_where_else_a_sign_in_leads(to):
    attempt = begun(lambda length: b"\x01" * length, to)

    assert attempt.back == "/posts"
    assert attempt.cookie() == an_attempt().cookie()


@pytest.mark.parametrize("kept", ["01ARZ3NDEKTSV4RRFFQ69G5FAV", "x-1", "../posts", ""])
def test_a_cookie_that_was_meddled_with_leads_nowhere(kept):
    with pytest.raises(ForeignAttemptError):
        resumed(f"{an_attempt().secret}.{kept}", an_attempt().state)


@pytest.mark.parametrize("state", ["", "x", "\ud800", an_attempt(b"\x02").state])
def test_another_attempts_answer_is_refused(state):
    with pytest.raises(ForeignAttemptError):
        resumed(an_attempt().secret, state)


def test_state_nonce_verifier_and_cookie_do_not_tell_one_another():
    attempt = an_attempt()
    told = {attempt.secret, attempt.state, attempt.nonce, attempt.verifier, attempt.challenge}

    assert len(told) == 5
    assert all(len(each) == 43 for each in told)
    assert attempt.secret not in repr(attempt)


def test_the_challenge_is_the_verifiers_hash_as_rfc_7636_wants_it():
    attempt = an_attempt()
    digest = hashlib.sha256(attempt.verifier.encode()).digest()

    assert base64.urlsafe_b64decode(attempt.challenge + "=") == digest


def test_the_cookie_is_for_this_host_no_script_and_ten_minutes():
    for cookie in (an_attempt().cookie(), ended_cookie()):
        name, _, flags = cookie.partition("; ")
        assert name.startswith(f"{COOKIE}=")
        assert COOKIE.startswith("__Host-")
        assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(flags.split("; "))
    assert f"Max-Age={int(LASTS.total_seconds())}" in an_attempt().cookie()
    assert "Max-Age=0" in ended_cookie()
