"""Holding a post: on record before the letter, once, and not what was taken back meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
import yaml

from local.tools import ROOT
from moderate.hold_post import LONGEST, Desk, Order, hold_post
from moderate.tell_author import Desk as Letters
from shared.conductor.executions import NobodyWaitsError
from shared.mail.errors import RefusedMailError
from shared.posts.life import ENDINGS, State
from shared.posts.names import PersonId
from shared.records.hold import LEADS_TO, HoldRuling, Review, Why
from tests.builders import NOW, a_hold, a_person, a_post, an_account, an_act
from tests.unit.fakes import Conductor, Ledger

LATE = Order(Why.LATE, "It would have gone out late.", None, False, "token-1")
QUIET = Order(Why.INCIDENT, "An incident was declared.", "01INCIDENT", True, "token-1")
AGAIN = replace(LATE, token="token-2")
LATER = NOW + timedelta(minutes=1)


def a_scene(state=State.CLEARED, conductor=None, **changes):
    post = a_post(state=state, **changes)
    ledger = Ledger().keep(post, an_account(), a_person())
    letters = []
    desk = Desk(
        ledger.holds,
        conductor or Conductor(),
        Letters(
            ledger.snapshots,
            ledger.posts,
            ledger.approvals,
            letters.append,
            "no-reply@bluelamp.example",
            "https://bluelamp.example",
        ),
    )
    return ledger, post, desk, letters


def hold(desk, post, order=LATE, now=NOW):
    hold_post(post.post_id, 1, order, desk, now)


@pytest.mark.parametrize("state", [State.CLEARED, State.RELEASED])
@pytest.mark.parametrize("order", [LATE, QUIET])
def test_a_held_post_is_on_record_and_its_author_is_told_where_to_look(state, order):
    ledger, post, desk, letters = a_scene(state)

    hold(desk, post, order)

    kept, held = ledger.posts.get(post.post_id), ledger.holds.get(post.post_id, 1)
    assert (kept.state, kept.reason, kept.incident) == (State.HELD, order.reason, order.incident)
    assert (held.why, held.incident, held.partly) == (order.why, order.incident, order.partly)
    assert (held.task_token, held.ends_at) == ("token-1", NOW + LONGEST)
    assert ledger.happened == ["post.held"]
    assert ledger.acts[0].payload["why"] == order.why.value
    assert ledger.acts[0].payload["state_before"] == state.value
    (letter,) = letters
    assert letter["To"] == "pc-okafor@force.example"
    assert f"/posts/{post.post_id}" in letter.get_body(("plain",)).get_content()


def test_a_hold_lasts_as_long_as_its_machine_waits():
    machine = yaml.safe_load((ROOT / "statemachines" / "publication.asl.yaml").read_text())

    assert machine["States"]["HoldPost"]["TimeoutSeconds"] == LONGEST.total_seconds()


@pytest.mark.parametrize("state", sorted(ENDINGS))
def test_what_ended_or_was_taken_back_is_not_held_and_the_machine_is_told(state):
    ledger, post, desk, letters = a_scene(state)

    hold(desk, post)

    assert desk.executions.delivered == [("token-1", state.value)]
    assert ledger.posts.get(post.post_id) == post
    assert ledger.acts == letters == []


def test_what_is_taken_back_while_it_is_being_held_is_told_all_the_same():
    ledger, post, desk, letters = a_scene()
    open_before = ledger.holds.open

    def withdrawn_first(*held):
        ledger.keep(replace(post, state=State.WITHDRAWN))
        return open_before(*held)

    ledger.holds.open = withdrawn_first
    hold(desk, post)

    assert desk.executions.delivered == [("token-1", "withdrawn")]
    assert letters == []


def test_a_repeated_task_waits_with_its_own_token_and_writes_no_second_letter():
    ledger, post, desk, letters = a_scene()
    hold(desk, post)

    hold(desk, post, AGAIN, LATER)

    held = ledger.holds.get(post.post_id, 1)
    assert (held.task_token, held.held_at) == ("token-2", NOW)
    assert ledger.happened == ["post.held"]
    assert len(letters) == 1


@pytest.mark.parametrize("partly", [False, True])
@pytest.mark.parametrize("decision", [Review.RELEASE, Review.RETURN])
def test_a_repeated_task_delivers_the_review_that_came_meanwhile(decision, partly):
    ledger, post, desk, _ = a_scene(State.HELD)
    waiting = a_hold(post, partly=partly)
    ledger.keep(waiting)
    ruling = HoldRuling(decision, PersonId("comms-ray"), NOW, "Because.")
    ledger.holds.review(post, waiting, ruling, an_act("post.reviewed"))

    hold(desk, post, AGAIN, LATER)

    assert desk.executions.delivered == [("token-2", decision.value)]
    assert ledger.holds.get(post.post_id, 1).delivered
    stays = partly and decision is Review.RETURN
    expected = State.HELD if stays else LEADS_TO[decision]
    assert ledger.posts.get(post.post_id).state is expected


def test_a_post_that_was_let_go_can_be_held_anew():
    ledger, post, desk, letters = a_scene()
    hold(desk, post)
    ruling = HoldRuling(Review.RELEASE, PersonId("comms-ray"), NOW)
    held = ledger.holds.get(post.post_id, 1)
    reviewed = ledger.holds.review(
        ledger.posts.get(post.post_id), held, ruling, an_act("post.reviewed")
    )
    ledger.holds.delivered(reviewed)

    hold(desk, post, replace(QUIET, token="token-2"), LATER)

    again = ledger.holds.get(post.post_id, 1)
    assert (again.why, again.held_at, again.task_token) == (Why.INCIDENT, LATER, "token-2")
    assert again.waits
    assert len(letters) == 2


def test_a_token_that_nobody_waits_with_any_more_is_no_fault():
    ledger, post, desk, _ = a_scene(State.WITHDRAWN, Conductor(fault=NobodyWaitsError("Over.")))

    hold(desk, post)

    assert ledger.acts == []


def test_a_letter_that_cannot_be_sent_holds_the_post_all_the_same():
    ledger, post, desk, _ = a_scene()

    def refuse(letter):
        raise RefusedMailError("MessageRejected", "No.")

    hold(replace(desk, letters=replace(desk.letters, send=refuse)), post)

    assert ledger.posts.get(post.post_id).state is State.HELD
