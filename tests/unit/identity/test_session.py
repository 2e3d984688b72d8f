"""Who is asking: tokens found, people looked up anew, forms that only their page can send."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from shared.accounts.registry import PersonStatus, Role, StatusChange
from shared.accounts.rights import Right
from shared.http.call import Call
from shared.identity.session import (
    COOKIE,
    LONGEST_TOKEN,
    ForgedFormError,
    NotAllowedError,
    UnknownSessionError,
    check_form,
    ended_cookie,
    form_token,
    presented_token,
    session_cookie,
    who,
)
from shared.identity.visitor import visitor
from shared.posts.names import PersonId
from shared.records.errors import ExpiredSessionError, NotFoundError
from tests.builders import NOW, a_person
from tests.unit.fakes import Ledger

TOKEN = "token-of-a-session"
anything = st.text(st.characters(exclude_categories=()))


@dataclass
class Held:
    person_id: PersonId
    created_at: datetime


class Sessions:
    """Sessions by their token, each good until a moment."""

    def __init__(self, **kept):
        self.kept = kept
        self.asked = []

    def resolve(self, token, now):
        self.asked.append(token)
        person_id, until = self.kept.get(token, ("", NOW))
        if until <= now:
            raise ExpiredSessionError
        return Held(PersonId(person_id), NOW - timedelta(hours=1))


def sessions(person_id="pc-okafor"):
    return Sessions(**{TOKEN: (person_id, NOW + timedelta(hours=1))})


def people(**changes):
    return Ledger().keep(a_person(**changes)).people


# ── tokens ───────────────────────────────────────────────────────────────────

PRESENTED = [
    # authorization, cookie, token
    ("Bearer abc", None, "abc"),
    ("bearer abc", None, "abc"),
    ("BEARER   abc ", None, "abc"),
    ("Bearer abc", "def", "abc"),
    ("", "def", "def"),
    ("Basic abc", "def", "def"),
    ("Bearer", "def", "def"),
    ("Bearer ", "def", "def"),
    ("abc", "def", "def"),
    ("", "", None),
    ("", None, None),
    ("Basic abc", None, None),
]


@pytest.mark.parametrize(("authorization", "cookie", "token"), PRESENTED)
def test_a_token_comes_in_the_header_or_else_in_the_cookie(authorization, cookie, token):
    assert presented_token(authorization, cookie) == token


def test_a_good_token_leads_to_its_person():
    assert who(TOKEN, sessions(), people(), NOW).person_id == "pc-okafor"


@pytest.mark.parametrize("token", [None, "", "another", "é", "\ud800", "a" * 9_999])
def test_any_other_token_leads_to_nobody(token):
    with pytest.raises((UnknownSessionError, ExpiredSessionError)):
        who(token, sessions(), people(), NOW)


def test_an_endless_token_is_not_even_looked_up():
    asked = sessions()

    with pytest.raises(UnknownSessionError):
        who("a" * (LONGEST_TOKEN + 1), asked, people(), NOW)
    assert asked.asked == []


@pytest.mark.parametrize(
    ("status", "comes_in"),
    [
        (PersonStatus.ACTIVE, True),
        (PersonStatus.AWAY, True),
        (PersonStatus.SUSPENDED, False),
        (PersonStatus.LEFT, False),
    ],
)
def test_a_leaver_is_out_at_once_whatever_their_session_says(status, comes_in):
    registry = people(status=status)

    if comes_in:
        assert who(TOKEN, sessions(), registry, NOW).status is status
    else:
        with pytest.raises(UnknownSessionError, match="access has ended"):
            who(TOKEN, sessions(), registry, NOW)


AN_HOUR = timedelta(hours=1)


def history(*steps):
    """Steps of a person's standing, each so many hours ago."""
    return tuple(
        StatusChange(status, NOW - hours * AN_HOUR, "p-registrar", "Why.")
        for status, hours in steps
    )


@pytest.mark.parametrize(
    ("steps", "comes_in"),
    [
        # The session was opened an hour ago.
        ([(PersonStatus.SUSPENDED, 3), (PersonStatus.ACTIVE, 2)], True),
        ([(PersonStatus.SUSPENDED, 2), (PersonStatus.ACTIVE, 0.5)], False),
        ([(PersonStatus.SUSPENDED, 0.6), (PersonStatus.ACTIVE, 0.5)], False),
        ([(PersonStatus.LEFT, 0.6), (PersonStatus.ACTIVE, 0.5)], False),
        ([(PersonStatus.SUSPENDED, 2), (PersonStatus.ACTIVE, 1)], False),
        ([(PersonStatus.AWAY, 0.6), (PersonStatus.ACTIVE, 0.5)], True),
        (
            [
                (PersonStatus.SUSPENDED, 9),
                (PersonStatus.ACTIVE, 8),
                (PersonStatus.AWAY, 0.6),
                (PersonStatus.ACTIVE, 0.5),
            ],
            True,
        ),
    ],
)
def test_a_session_from_before_access_ended_does_not_come_back_with_it(steps, comes_in):
    registry = people(history=history(*steps))

    if comes_in:
        assert who(TOKEN, sessions(), registry, NOW)
    else:
        with pytest.raises(UnknownSessionError, match="Sign in again"):
            who(TOKEN, sessions(), registry, NOW)


def test_a_visitor_without_the_right_is_told_why_not():
    auditor = people(role=Role.AUDITOR)
    call = Call("GET", "/", {"authorization": f"Bearer {TOKEN}"})

    assert visitor(call, Right.READ_ALL, sessions(), auditor, NOW)
    with pytest.raises(NotAllowedError, match="reads and does not post"):
        visitor(call, Right.WRITE, sessions(), auditor, NOW)


def test_a_session_that_ended_and_a_person_who_is_gone_let_nobody_in():
    with pytest.raises(ExpiredSessionError):
        who(TOKEN, sessions(), people(), NOW + timedelta(hours=1))
    with pytest.raises(NotFoundError):
        who(TOKEN, sessions("somebody-else"), people(), NOW)


def test_a_visitor_comes_by_header_or_by_cookie_and_keeps_the_token_to_themselves():
    for headers in ({"authorization": f"Bearer {TOKEN}"}, {"cookie": f"{COOKIE}={TOKEN}"}):
        guest = visitor(Call("GET", "/", headers), Right.LOOK, sessions(), people(), NOW)

        assert guest.person.person_id == "pc-okafor"
        assert guest.token == TOKEN
        assert TOKEN not in repr(guest)


def test_a_visitors_forms_are_theirs_and_for_one_purpose():
    guest = visitor(
        Call("GET", "/", {"cookie": f"{COOKIE}={TOKEN}"}), Right.LOOK, sessions(), people(), NOW
    )

    guest.check_form("compose", guest.form_token("compose"))

    for sent in (guest.form_token("decide"), guest.leave_token(), form_token("other", "compose")):
        with pytest.raises(ForgedFormError):
            guest.check_form("compose", sent)


# ── forms ────────────────────────────────────────────────────────────────────


@settings(max_examples=50)
@given(anything, anything)
@example("\ud800", "\udfff")
def test_a_form_is_taken_from_whom_it_was_served_to(secret, purpose):
    check_form(secret, purpose, form_token(secret, purpose))


@settings(max_examples=100)
@given(anything, anything, anything | st.just(""))
@example("\ud800", "\ud800", "\ud800")
@example("é", "é", "é")
def test_no_text_whatever_passes_for_a_token_or_breaks_the_comparison(secret, purpose, sent):
    with pytest.raises(ForgedFormError):
        check_form(secret, purpose, sent)


@settings(max_examples=50)
@given(st.tuples(anything, anything), st.tuples(anything, anything))
def test_each_secret_and_each_purpose_has_a_token_of_its_own(one, other):
    # HMAC pads a short key with zeros, so a secret and the same with NULs behind are one.
    same = (one[0].rstrip("\0"), one[1]) == (other[0].rstrip("\0"), other[1])

    assert (form_token(*one) == form_token(*other)) == same


def test_a_call_without_any_token_is_nobodys():
    with pytest.raises(UnknownSessionError):
        visitor(Call("GET", "/"), Right.LOOK, sessions(), people(), NOW)


def test_without_a_secret_no_form_is_taken():
    for sent in ("", form_token("", "compose")):
        with pytest.raises(ForgedFormError):
            check_form(None, "compose", sent)


def test_the_cookie_of_a_session_is_for_this_host_and_no_script():
    for cookie in (session_cookie(TOKEN), ended_cookie()):
        name, _, flags = cookie.partition("; ")
        assert name.startswith(f"{COOKIE}=")
        assert COOKIE.startswith("__Host-")
        assert {"Path=/", "Secure", "HttpOnly", "SameSite=Lax"} <= set(flags.split("; "))
    assert f"={TOKEN};" in session_cookie(TOKEN)
    assert "Max-Age=0" in ended_cookie()
