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
