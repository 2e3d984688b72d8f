"""An author is told by letter what became of their post; what cannot be sent is on record."""

import logging
from dataclasses import replace

import pytest

from moderate.tell_author import LETTERS, Desk, tell_author
from shared.mail.errors import RefusedMailError, UnsentMailError
from shared.mail.letters import Event
from shared.posts.life import ENDINGS, State
from shared.records.approval import ApprovalState, Decision, Ruling, TakenBack, Way
from shared.records.errors import BusyError
from tests.builders import NOW, a_person, a_post, an_account, an_approval, an_approver
from tests.unit.fakes import Ledger

RAY = an_approver("comms-ray")


def a_scene(state, ruling=None, taken_back=None, send=None):
    post = a_post(state=state)
    ledger = Ledger().keep(post, an_account(), a_person(), RAY)
    if ruling or taken_back:
        decided = replace(an_approval(post), state=ApprovalState.DECIDED, ruling=ruling)
        ledger.keep(replace(decided, taken_back=taken_back))
    letters = []
    desk = Desk(
        ledger.snapshots,
        ledger.posts,
        ledger.approvals,
        send or letters.append,
        "no-reply@bluelamp.example",
        "https://bluelamp.example",
    )
    return ledger, post, desk, letters


def a_ruling(decision):
    return Ruling(decision, RAY.person_id, NOW, Way.LINK, "Say where.")


@pytest.mark.parametrize("state", sorted(LETTERS))
def test_every_ending_that_is_news_is_told_with_the_way_to_the_post(state):
    ledger, post, desk, letters = a_scene(state)

    assert tell_author(post.post_id, 1, desk, NOW) is LETTERS[state]

    (letter,) = letters
    assert letter["To"] == "pc-okafor@force.example"
    assert f"/posts/{post.post_id}" in letter.get_body(("plain",)).get_content()
    assert post.draft.text not in letter.as_string()
    assert ledger.acts == []


@pytest.mark.parametrize("state", sorted(ENDINGS - set(LETTERS)))
def test_what_is_out_or_was_taken_back_by_its_author_needs_no_letter(state):
    back = TakenBack(state, a_person().person_id, NOW) if state is State.SUPERSEDED else None
    _, post, desk, letters = a_scene(state, taken_back=back)

    assert tell_author(post.post_id, 1, desk, NOW) is None
    assert letters == []


def test_whose_words_an_approver_changed_is_told_by_whom():
    _, post, desk, letters = a_scene(State.SUPERSEDED, a_ruling(Decision.EDIT))

    assert tell_author(post.post_id, 1, desk, NOW) is Event.EDITED

    words = letters[0].get_body(("plain",)).get_content()
    assert "It was edited and approved by Comms Ray." in words


def test_what_was_approved_and_then_replaced_by_its_author_needs_no_letter():
    _, post, desk, letters = a_scene(State.SUPERSEDED, a_ruling(Decision.APPROVE))

    assert tell_author(post.post_id, 1, desk, NOW) is None
    assert letters == []


@pytest.mark.parametrize(
    "error", [RefusedMailError("MessageRejected", "No."), UnsentMailError("Not now.")]
)
def test_a_letter_that_cannot_be_sent_is_logged_and_on_record_and_undoes_nothing(error, caplog):
    def refuse(letter):
        raise error

    ledger, post, desk, _ = a_scene(State.RETURNED, a_ruling(Decision.RETURN), send=refuse)

    with caplog.at_level(logging.WARNING):
        tell_author(post.post_id, 1, desk, NOW)

    assert ledger.posts.get(post.post_id) == post
    assert ledger.happened == ["post.author_untold"]
    assert ledger.acts[0].payload["letter"] == "returned"
    assert ledger.acts[0].payload["why"] == type(error).__name__
    assert post.post_id in caplog.text
    assert "@" not in caplog.text


def test_where_even_the_record_is_busy_the_log_still_says_so(caplog):
    def refuse(letter):
        raise UnsentMailError("Not now.")

    ledger, post, desk, _ = a_scene(State.REJECTED, send=refuse)

    class Busy:
        get = ledger.posts.get

        def note(self, *_):
            raise BusyError("TransactWriteItems")

    with caplog.at_level(logging.WARNING):
        tell_author(post.post_id, 1, replace(desk, posts=Busy()), NOW)

    assert post.post_id in caplog.text
    assert "BusyError" in caplog.text
