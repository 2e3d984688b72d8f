"""The two ways to one approval: what is read at the door, and what is told beside the fields."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderate.decide import (
    Choice,
    LinkOverError,
    MayNotDecideError,
    ReasonMissingError,
    WrongCodeError,
)
from moderate.doors import (
    GUARD_COOKIE,
    LONGEST_REASON,
    NoSuchDoorError,
    NothingChosenError,
    choice_from_form,
    choice_from_json,
    field_errors,
    guard,
    link_door,
    post_named,
    queue_door,
)
from shared.http.problems import InvalidFieldsError
from shared.identity.session import ForgedFormError
from shared.identity.visitor import Visitor
from shared.pages.forms import DecisionForm
from shared.posts.names import ContentHash
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.errors import NotFoundError
from tests.builders import NOW, a_link, a_post, an_approval, an_approver
from tests.unit.fakes import Ledger

SECRET = "A" * 43
RAY, SOL = an_approver("comms-ray"), an_approver("comms-sol")
SESSION = "token-of-a-session"


def a_scene():
    post = a_post()
    link = a_link(post, SECRET)
    return Ledger().keep(post, an_approval(post), link, RAY, SOL), post, link


def a_link_door(word="guard"):
    ledger, _, link = a_scene()
    return link_door(SECRET, link, word, ledger.snapshots)


def a_queue_door(person=SOL):
    ledger, post, _ = a_scene()
    return queue_door(post.post_id, 1, Visitor(person, SESSION), ledger.snapshots)


def test_behind_a_link_stands_the_person_it_was_sent_to():
    door = a_link_door()

    assert door.person == RAY
    assert door.address == f"/approvals/{SECRET}"


def test_before_the_queue_stands_whoever_is_signed_in():
    door = a_queue_door()

    assert door.person == SOL
    assert door.address == f"/approvals/{door.post.post_id}-1"


def test_only_the_page_behind_a_link_brings_a_cookie_and_no_script_reads_it():
    (cookie,) = a_link_door("guard-word").cookies()

    assert cookie.startswith(f"{GUARD_COOKIE}=guard-word; ")
    assert {"Path=/", "Secure", "HttpOnly", "SameSite=Strict"} <= set(cookie.split("; "))
    assert a_queue_door().cookies() == ()


def test_a_form_is_taken_at_the_door_and_from_the_browser_it_was_served_to():
    for door in (a_link_door(), a_queue_door()):
        guard(door, door.form_token())

        for elsewhere in (replace(door, guard="other"), replace(door, address="/approvals/other")):
            with pytest.raises(ForgedFormError):
                guard(elsewhere, door.form_token())


def test_a_form_served_for_other_words_is_not_taken():
    for door in (a_link_door(), a_queue_door()):
        changed = replace(door, post=a_post("Something else.", post_id=door.post.post_id))

        with pytest.raises(ForgedFormError):
            guard(changed, door.form_token())


def test_what_is_decided_about_are_the_words_the_mail_was_sent_for_or_those_shown():
    door = a_link_door()
    changed = a_post("Something else.", post_id=door.post.post_id)

    assert replace(door, post=changed).content_hash == door.link.content_hash
    assert replace(a_queue_door(), post=changed).content_hash == changed.content_hash


@pytest.mark.parametrize("sent", ["", "forged", "é", "\ud800", "0" * 64])
def test_a_forged_form_is_refused_whatever_it_carries(sent):
    with pytest.raises(ForgedFormError):
        guard(a_link_door(), sent)


def test_a_door_keeps_its_secrets_out_of_every_journal():
    told = repr([a_link_door("guard-word"), a_queue_door()])

    assert "guard-word" not in told
    assert SESSION not in told
    assert f"secret={SECRET!r}" not in told


def test_a_door_to_nothing_is_told():
    ledger, post, link = a_scene()

    with pytest.raises(NotFoundError):
        queue_door(post.post_id, 2, Visitor(SOL, SESSION), ledger.snapshots)
    with pytest.raises(NotFoundError):
        link_door(SECRET, replace(link, version=2), "guard", ledger.snapshots)


def test_a_ruling_is_asked_for_where_there_is_one():
    door = a_queue_door()
    ruling = Ruling(Decision.APPROVE, RAY.person_id, NOW, Way.QUEUE)
    decided = replace(door.approval, state=ApprovalState.DECIDED, ruling=ruling)

    assert door.with_approval(decided).ruling == ruling
    with pytest.raises(NoSuchDoorError):
        _ = door.ruling


# ── names ────────────────────────────────────────────────────────────────────

POST_ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV"


@pytest.mark.parametrize(("name", "version"), [(f"{POST_ID}-1", 1), (f"{POST_ID}-10203", 10203)])
def test_a_post_version_is_found_by_its_name(name, version):
    assert post_named(name) == (POST_ID, version)


@pytest.mark.parametrize(
    "name",
    [
        "",
        POST_ID,
        f"{POST_ID}-0",
        f"{POST_ID}-01",
        f"{POST_ID}-123456",
        f"{POST_ID}--1",
        f"{POST_ID}-1\n",
        f"{POST_ID}-１",
        f"{POST_ID.lower()}-1",
        f"{POST_ID[:-1]}U-1",
        f"../{POST_ID}-1",
    ],
)
def test_what_is_not_the_name_of_a_post_version_is_no_door(name):
    with pytest.raises(NoSuchDoorError):
        post_named(name)


@settings(max_examples=50)
@given(st.text())
def test_no_text_whatever_breaks_a_door(name):
    with pytest.raises(NoSuchDoorError):
        post_named(name)


# ── what was chosen ──────────────────────────────────────────────────────────

HASH = ContentHash("ab" * 32)


def a_form(choice="approve", reason=""):
    return DecisionForm(choice, reason, "CODE", "csrf")


@pytest.mark.parametrize("decision", Decision)
def test_a_form_and_a_body_say_the_same(decision):
    body = {"decision": decision.value, "content_hash": HASH, "reason": "Say where."}

    wanted = Choice(decision, "Say where.", HASH)
    assert choice_from_form(a_form(decision.value, "Say where."), HASH) == wanted
    assert choice_from_json(body) == wanted


def test_there_is_no_default_choice():
    with pytest.raises(NothingChosenError):
        choice_from_form(a_form(choice=""), HASH)
    with pytest.raises(InvalidFieldsError):
        choice_from_json({"content_hash": HASH})


def test_an_empty_reason_is_none():
    assert choice_from_form(a_form(), HASH).reason is None
    assert choice_from_json({"decision": "approve", "content_hash": HASH}).reason is None


def test_a_reason_has_an_end():
    assert len(choice_from_form(a_form(reason="a" * 9_999), HASH).reason) == LONGEST_REASON


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"decision": "approved"}, ["decision"]),
        ({"decision": None}, ["decision"]),
        ({"decision": ["approve"]}, ["decision"]),
        ({"content_hash": 1}, ["content_hash"]),
        ({"content_hash": "a" * 65}, ["content_hash"]),
        ({"content_hash": None}, ["content_hash"]),
        ({"reason": 1}, ["reason"]),
        ({"reason": "a" * 2_001}, ["reason"]),
        ({"reason": "half a \ud83d"}, ["reason"]),
        ({"by": "somebody-else"}, ["by"]),
        ({"decision": 1, "content_hash": 1, "reason": 1}, ["decision", "content_hash", "reason"]),
    ],
)
def test_everything_wrong_with_a_decision_is_told_at_once(change, fields):
    body = {"decision": "approve", "content_hash": HASH, **change}

    with pytest.raises(InvalidFieldsError) as told:
        choice_from_json(body)
    assert [fault.field for fault in told.value.faults] == fields


@pytest.mark.parametrize(
    ("error", "field", "tries_left"),
    [
        (NothingChosenError("Choose."), "choice", None),
        (MayNotDecideError("You wrote it."), "choice", None),
        (ReasonMissingError("Say why."), "reason", None),
        (WrongCodeError(3), "code", 3),
        (WrongCodeError(0), "code", 0),
    ],
)
def test_what_is_wrong_with_the_form_is_told_beside_its_field(error, field, tries_left):
    (fault,), left = field_errors(error)

    assert (fault.field, fault.sentence, left) == (field, str(error), tries_left)


def test_what_is_no_fault_of_the_form_is_raised_again():
    error = LinkOverError("Expired.")

    with pytest.raises(LinkOverError) as told:
        field_errors(error)
    assert told.value is error
