"""What browsers and programs send, as a draft or as everything that is wrong with it."""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compose.reading import (
    Asked,
    Wanted,
    asked_from_json,
    check_draft,
    reason_from_json,
    version_typed,
    wanted_from_form,
    wanted_from_json,
)
from shared.accounts.registry import Handle
from shared.http.problems import InvalidFieldsError, NotFoundError, ProblemError
from shared.pages.forms import NewForm, new_form
from shared.pages.views import Typed
from shared.policy.verdict import Candidate
from shared.posts.content import Card, Draft, Kind, Media
from shared.posts.errors import InvalidDraftError, PostError
from shared.posts.life import Urgency
from shared.posts.names import PlatformName
from tests.builders import NOW, a_draft, an_account

POST_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"
GOOD = {"text": "Open again.", "account": "riverside", "platforms": ["sandbox"]}
DRAFT = Draft("Open again.", "riverside", ("sandbox",))


def faults_of(body, key=None, read=wanted_from_json):
    with pytest.raises(InvalidFieldsError) as told:
        read(body, key) if read is wanted_from_json else read(body)
    return [fault.field for fault in told.value.faults]


# ── programs ─────────────────────────────────────────────────────────────────


def test_the_least_a_program_can_send_is_a_draft():
    assert wanted_from_json(GOOD, None) == Wanted(DRAFT)


def test_everything_a_program_can_send_is_in_the_draft():
    sent = {
        **GOOD,
        "platforms": ["x", "sandbox"],
        "kind": "reply",
        "about": "@moorshire",
        "language": "cy",
        "not_before": "2026-11-21T10:00:00+01:00",
        "embargo": True,
        "urgency": "routine",
        "urgent_reason": "The bridge is down.",
        "replaces": f"{POST_ID}@3",
    }

    assert wanted_from_json(sent, "a key") == Wanted(
        Draft(
            "Open again.",
            "riverside",
            ("x", "sandbox"),
            Kind.REPLY,
            "@moorshire",
            "cy",
            not_before=datetime(2026, 11, 21, 9, 0, tzinfo=UTC),
            embargo=True,
        ),
        (POST_ID, 3),
        "a key",
        Urgency.ROUTINE,
        "The bridge is down.",
    )


WRONG = [
    ({"text": None}, ["text"]),
    ({"text": "half a \ud83d"}, ["text"]),
    ({"account": "a" * 101}, ["account"]),
    ({"platforms": []}, ["platforms"]),
    ({"platforms": "sandbox"}, ["platforms"]),
    ({"platforms": ["sandbox", "sandbox"]}, ["platforms"]),
    ({"kind": "shout"}, ["kind"]),
    ({"about": 1}, ["about"]),
    ({"language": None}, ["language"]),
    ({"language": "a" * 36}, ["language"]),
    ({"not_before": "tomorrow"}, ["not_before"]),
    ({"replaces": 1}, ["replaces"]),
    ({"replaces": POST_ID}, ["replaces"]),
    ({"replaces": f"{POST_ID}@0"}, ["replaces"]),
    ({"replaces": f"{POST_ID}@1@2"}, ["replaces"]),
    ({"replaces": f"{POST_ID.lower()}@1"}, ["replaces"]),
    ({"replaces": f"{POST_ID}@1\n"}, ["replaces"]),
    ({"replaces": f"{POST_ID}@１"}, ["replaces"]),
    ({"replaces": "a" * 61}, ["replaces"]),
    ({"embargo": "yes"}, ["embargo"]),
    ({"urgency": "yesterday"}, ["urgency"]),
    ({"urgent_reason": " \n"}, ["urgent_reason"]),
    ({"urgent_reason": "a" * 2_001}, ["urgent_reason"]),
    ({"author": "somebody-else"}, ["author"]),
    ({"state": "cleared"}, ["state"]),
    ({"media": []}, ["media"]),
    ({"expires_at": "2026-11-21T10:00:00Z"}, ["expires_at"]),
    (
        {"text": 1, "platforms": 2, "kind": 3, "not_before": 4, "x": 5},
        ["text", "platforms", "kind", "not_before", "x"],
    ),
]


@pytest.mark.parametrize(("change", "fields"), WRONG, ids=lambda value: str(value)[:40])
def test_what_is_wrong_with_a_programs_draft_is_named(change, fields):
    assert faults_of({**GOOD, **change}) == fields


@pytest.mark.parametrize("missing", GOOD)
def test_a_draft_needs_words_an_account_and_a_platform(missing):
    assert faults_of({name: GOOD[name] for name in GOOD if name != missing}) == [missing]


@pytest.mark.parametrize("key", ["", "a" * 101, "é", "a\nb", "\x7f"])
def test_a_key_that_no_header_can_carry_is_refused(key):
    assert faults_of(GOOD, key) == ["Idempotency-Key"]


@pytest.mark.parametrize("key", [None, "a", "a" * 100, "{}~ !"])
def test_a_key_is_kept_as_it_came(key):
    assert wanted_from_json(GOOD, key).key == key


# ── browsers ─────────────────────────────────────────────────────────────────

TYPED = Typed(text="Open again.", account="riverside", platforms=("sandbox",))


def a_form(**changes):
    return NewForm(replace(TYPED, **changes), act="send", submission="submission", csrf="csrf")


def test_a_form_and_a_program_make_the_same_draft():
    assert wanted_from_form(a_form()) == Wanted(DRAFT, key="submission")


def test_a_time_typed_is_londons():
    wanted = wanted_from_form(a_form(date="20/07/2027", time="2:30pm"))

    assert wanted.draft.not_before == datetime(2027, 7, 20, 13, 30, tzinfo=UTC)


def test_a_form_of_a_newer_version_says_what_it_replaces():
    assert wanted_from_form(a_form(replaces=f"{POST_ID}@2")).replaces == (POST_ID, 2)


def test_a_form_says_how_soon_until_when_and_why_at_once():
    wanted = wanted_from_form(
        a_form(date="20/07/2027", time="14:30", embargo=True, urgency="immediate")
    )

    assert (wanted.draft.embargo, wanted.urgency) == (True, Urgency.IMMEDIATE)
    assert wanted.urgent_reason is None
    assert wanted_from_form(a_form(urgent_reason=" Flood. ")).urgent_reason == "Flood."


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"urgency": "later"}, ["urgency"]),
        ({"urgent_reason": "a" * 2_001}, ["urgent_reason"]),
        ({"account": ""}, ["account"]),
        ({"platforms": ()}, ["platforms"]),
        ({"account": "", "platforms": ()}, ["account", "platforms"]),
        ({"date": "31/11/2026", "time": "14:30"}, ["date"]),
        ({"date": "21/11/2026", "time": "half past"}, ["time"]),
        ({"date": "21/11/2026"}, ["time"]),
        ({"time": "14:30"}, ["date"]),
        ({"replaces": "yesterday's"}, ["replaces"]),
        ({"text": "a\x00b", "time": "25:00", "date": "21/11/2026"}, ["text", "time"]),
    ],
)
def test_what_is_wrong_with_a_form_is_told_beside_its_field(changes, fields):
    assert faults_of(a_form(**changes), read=wanted_from_form) == fields


def test_a_form_is_told_in_words_for_people():
    with pytest.raises(InvalidFieldsError) as told:
        wanted_from_form(a_form(account="", platforms=()))

    assert str(told.value) == "Choose which account speaks. Choose where the post should go."


# ── anything ─────────────────────────────────────────────────────────────────

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
NAMES = [
    *(*GOOD, "kind", "about", "language", "not_before", "replaces", "reshare_of", "author_role"),
    *("embargo", "urgency", "urgent_reason"),
]


@settings(max_examples=60)
@given(
    st.dictionaries(st.sampled_from(NAMES) | st.text(), values, max_size=5),
    st.none() | st.text(st.characters(exclude_categories=()), max_size=3),
)
def test_no_object_whatever_raises_anything_but_a_problem(changes, key):
    for body in (changes, {**GOOD, **changes}):
        for read in (lambda body: wanted_from_json(body, key), asked_from_json):
            try:
                read(body)
            except ProblemError as problem:
                problem.body().encode("utf-8")


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "text",
                "account",
                "platforms",
                "date",
                "time",
                "replaces",
                "act",
                "embargo",
                "urgency",
            ]
        ),
        st.lists(st.text(st.characters(exclude_categories=())), max_size=3),
    )
)
def test_no_form_whatever_raises_anything_but_a_problem(sent):
    with suppress(ProblemError, PostError):
        wanted_from_form(new_form({"submission": ["one"], **sent}))


# ── checks ───────────────────────────────────────────────────────────────────


def test_a_check_needs_words_and_platforms_and_takes_the_rest_as_usual():
    assert asked_from_json({"text": "Open.", "platforms": ["x"]}) == Asked(
        Candidate("Open.", ("x",), "officer", "neighbourhood")
    )


def test_a_check_takes_all_its_circumstances():
    sent = {
        "text": "Open.",
        "platforms": ["x"],
        "author_role": "comms",
        "account_level": "corporate",
        "critical_incident": True,
        "kind": "reshare",
        "reshare_of": "@moorshire",
        "account": "riverside",
    }

    assert asked_from_json(sent) == Asked(
        Candidate("Open.", ("x",), "comms", "corporate", True, "reshare", "@moorshire"),
        "riverside",
    )


@pytest.mark.parametrize(
    "change",
    [
        {"author_role": "chief"},
        {"account_level": "county"},
        {"critical_incident": "yes"},
        {"kind": "shout"},
        {"reshare_of": 1},
        {"account": 1},
        {"account": "a" * 101},
        {"area": "Riverside"},
    ],
)
def test_a_check_with_a_circumstance_that_is_none_is_refused(change):
    body = {"text": "Open.", "platforms": ["x"], **change}

    assert faults_of(body, read=asked_from_json) == list(change)


# ── taking back ──────────────────────────────────────────────────────────────


def test_a_reason_is_read_without_the_blanks_around_it():
    assert reason_from_json({"reason": " Called off.\n"}) == "Called off."


@pytest.mark.parametrize(
    ("body", "field"),
    [({}, "reason"), ({"reason": 1}, "reason"), ({"reason": "Off.", "why": "?"}, "why")],
)
def test_a_reason_that_is_none_is_refused(body, field):
    assert faults_of(body, read=reason_from_json) == [field]


@pytest.mark.parametrize("text", ["1", "99999"])
def test_a_version_is_a_number_from_one(text):
    assert version_typed(text) == int(text)


@pytest.mark.parametrize("text", ["", "0", "-1", "1.0", "１", "v1", "1\n", "999999"])
def test_a_version_that_is_none_is_not_there(text):
    with pytest.raises(NotFoundError):
        version_typed(text)


# ── what only the registry and the clock can tell ────────────────────────────


def test_a_draft_that_can_be_sent_is_left_alone():
    check_draft(a_draft(not_before=NOW + timedelta(days=1)), an_account(), NOW)


@pytest.mark.parametrize(
    ("changes", "field", "word"),
    [
        ({"text": ""}, "text", "empty"),
        ({"text": " \n\t\u00a0"}, "text", "empty"),
        ({"kind": Kind.REPLY}, "kind", "original"),
        ({"kind": Kind.RESHARE}, "kind", "original"),
        ({"kind": Kind.CORRECTION}, "kind", "original"),
        ({"platforms": ("x",)}, "platforms", "has no voice on x; it has: sandbox"),
        ({"platforms": ("sandbox", "x")}, "platforms", "x"),
        ({"not_before": NOW}, "not_before", "past"),
        ({"not_before": NOW + timedelta(days=301)}, "not_before", "300"),
    ],
)
def test_a_draft_that_cannot_be_sent_is_refused_beside_its_field(changes, field, word):
    with pytest.raises(InvalidDraftError, match=word) as told:
        check_draft(a_draft(**changes), an_account(), NOW)
    assert told.value.field == field


def test_an_account_without_any_voice_says_so():
    with pytest.raises(InvalidDraftError, match="it has: none"):
        check_draft(a_draft(), an_account(handles=()), NOW)


def test_what_a_platform_would_refuse_is_refused_before_it_is_asked():
    told = (
        Card("https://www.police.uk/leek", "Road closed"),
        Media("0" * 64, "k", "image/png", "A."),
    )
    draft = a_draft(platforms=("bluesky",), card=told[0], media=(told[1],))
    account = an_account(handles=(Handle(PlatformName("bluesky"), "@leek", "https://b.example"),))

    with pytest.raises(InvalidDraftError, match="leave one out") as caught:
        check_draft(draft, account, NOW)

    assert caught.value.field == "platforms"
