"""The two ways to one approval: what is read at the door, and what is told beside the fields."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from moderate.doors import (
    GUARD_COOKIE,
    QUICKEST,
    NoSuchDoorError,
    check_read,
    link_door,
    post_named,
    queue_door,
    served_at,
)
from moderate.errors import HolderOutError, TooQuickError
from shared.accounts.incident import Board
from shared.accounts.registry import PersonStatus
from shared.identity.session import ForgedFormError, form_token
from shared.identity.visitor import Visitor
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.errors import NotFoundError
from tests.builders import (
    NOW,
    a_link,
    a_person,
    a_post,
    an_account,
    an_approval,
    an_approver,
    an_incident,
)
from tests.unit.fakes import Ledger

SECRET = "A" * 43
RAY, SOL = an_approver("comms-ray"), an_approver("comms-sol")
SESSION = "token-of-a-session"


def a_scene():
    post = a_post()
    link = a_link(post, SECRET)
    ledger = Ledger().keep(post, an_approval(post), link, an_account(), a_person(), RAY, SOL)
    return ledger, post, link


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
        assert served_at(door, door.form_token(NOW)) == NOW

        for elsewhere in (replace(door, guard="other"), replace(door, address="/approvals/other")):
            with pytest.raises(ForgedFormError):
                served_at(elsewhere, door.form_token(NOW))


def test_a_form_served_for_other_words_is_not_taken():
    for door in (a_link_door(), a_queue_door()):
        changed = replace(door, post=a_post("Something else.", post_id=door.post.post_id))

        with pytest.raises(ForgedFormError):
            served_at(changed, door.form_token(NOW))


def test_the_moment_a_form_was_served_at_cannot_be_moved():
    door = a_link_door()
    moment, _, seal = door.form_token(NOW).partition(".")
    earlier = f"{int(moment) - 60_000}.{seal}"
    unsealed = f"{moment}.{form_token(door.guard, door.purpose)}"

    for forged in (earlier, unsealed, seal, f".{seal}", f"{moment}.", f"{'9' * 99}.{seal}"):
        with pytest.raises(ForgedFormError):
            served_at(door, forged)


@pytest.mark.parametrize(
    ("after", "quick"),
    [
        (timedelta(0), True),
        (QUICKEST - timedelta(milliseconds=1), True),
        (QUICKEST, False),
        (timedelta(hours=3), False),
        (timedelta(seconds=-5), True),
    ],
)
def test_what_comes_back_sooner_than_anybody_reads_is_not_a_persons(after, quick):
    if not quick:
        check_read(NOW, NOW + after)
        return
    with pytest.raises(TooQuickError, match="quicker than anybody reads"):
        check_read(NOW, NOW + after)


def test_what_is_decided_about_are_the_words_the_mail_was_sent_for_or_those_shown():
    door = a_link_door()
    changed = a_post("Something else.", post_id=door.post.post_id)

    assert replace(door, post=changed).content_hash == door.link.content_hash
    assert replace(a_queue_door(), post=changed).content_hash == changed.content_hash


@pytest.mark.parametrize("sent", ["", "forged", "é", "\ud800", "0" * 64])
def test_a_forged_form_is_refused_whatever_it_carries(sent):
    with pytest.raises(ForgedFormError):
        served_at(a_link_door(), sent)


def test_a_door_keeps_its_secrets_out_of_every_journal():
    told = repr([a_link_door("guard-word"), a_queue_door()])

    assert "guard-word" not in told
    assert SESSION not in told
    assert f"secret={SECRET!r}" not in told


def test_a_door_knows_everybody_whose_post_it_is_and_which_incidents_last():
    ledger, post, link = a_scene()
    ledger.keep(replace(post, editor=SOL.person_id))
    ledger.incidents.on_board = Board(3, (an_incident(),))

    doors = [
        link_door(SECRET, link, "guard", ledger.snapshots),
        queue_door(post.post_id, 1, Visitor(RAY, SESSION), ledger.snapshots),
    ]

    for door in doors:
        case = door.case
        assert (case.author.person_id, case.editor) == (post.author, SOL)
        assert case.account.account_id == "riverside"
        assert "incident" in case.sign_in_needed
        assert door.signed_in_address == f"/approvals/{post.post_id}-1"


def test_a_link_of_somebody_who_lost_access_opens_no_door():
    ledger, _, link = a_scene()
    ledger.keep(replace(RAY, status=PersonStatus.SUSPENDED))

    with pytest.raises(HolderOutError):
        link_door(SECRET, link, "guard", ledger.snapshots)


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
