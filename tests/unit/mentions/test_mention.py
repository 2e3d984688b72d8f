"""What may become of a mention, and what has to be said with it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.mentions.errors import InvalidMentionError
from shared.mentions.mention import (
    HAPPENED,
    LONGEST_WAIT,
    MAY_FOLLOW,
    OPEN,
    Desk,
    MentionState,
    Outcome,
    mention_name,
    settle,
)
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import NOW
from tests.unit.mentions.mentions_made import MENTION, OUTCOMES, TODAY

WHO = PersonId("pc-1")


def settled(mention, outcome):
    return settle(mention, outcome, WHO, NOW, TODAY)


@pytest.mark.parametrize("state", [state for state in MentionState if state in OUTCOMES])
def test_what_waits_may_come_to_anything_and_that_is_kept_with_who_and_when(state):
    after = settled(MENTION, OUTCOMES[state])

    assert after.state is state
    assert (after.settled.by, after.settled.at) == (WHO, NOW)
    assert after.is_open == (state in OPEN)
    assert state in HAPPENED


@given(st.lists(st.sampled_from(list(OUTCOMES.values())), max_size=6))
def test_no_way_leads_back_to_waiting_nor_out_of_an_answer(outcomes):
    mention = MENTION
    for outcome in outcomes:
        before = mention.state
        try:
            mention = settled(mention, outcome)
        except UnlawfulStepError:
            assert outcome.state not in MAY_FOLLOW.get(before, ())
            assert mention.state is before
        else:
            assert mention.state is not MentionState.WAITING
            assert before is not MentionState.ANSWERED


@pytest.mark.parametrize(
    ("outcome", "field"),
    [
        (Outcome(MentionState.NO_ANSWER, why=" \n"), "why"),
        (Outcome(MentionState.ANSWERED), "answer"),
        (Outcome(MentionState.ANSWERED, answer="I did it"), "answer"),
        (Outcome(MentionState.ANSWERED, answer="javascript:alert(1)"), "answer"),
        (Outcome(MentionState.ANSWERED, answer="https://x.example/1 and more"), "answer"),
        (Outcome(MentionState.HOLDING), "follow_up"),
        (Outcome(MentionState.HOLDING, follow_up=TODAY - timedelta(days=1)), "follow_up"),
        (
            Outcome(MentionState.HOLDING, follow_up=TODAY + timedelta(days=LONGEST_WAIT + 1)),
            "follow_up",
        ),
        (Outcome(MentionState.HANDED_ON), "desk"),
    ],
)
def test_what_is_not_said_is_asked_for_in_a_sentence(outcome, field):
    with pytest.raises(InvalidMentionError, match=r"\.$") as refused:
        settled(MENTION, outcome)

    assert refused.value.field == field


def test_only_what_belongs_to_an_outcome_is_kept_of_it():
    everything = Outcome(
        MentionState.ANSWERED, " Thanked. ", "https://x.example/1", date(2026, 12, 1), Desk.FOI
    )

    kept = settled(MENTION, everything).settled.outcome

    assert kept == Outcome(MentionState.ANSWERED, "Thanked.", "https://x.example/1")


def test_only_a_holding_reply_has_a_day():
    held = settled(MENTION, OUTCOMES[MentionState.HOLDING])

    assert held.follow_up == TODAY
    assert settled(held, OUTCOMES[MentionState.ANSWERED]).follow_up is None
    assert MENTION.follow_up is None


def test_a_mention_is_called_by_account_platform_and_its_own_id_and_shows_none_of_them():
    names = {
        mention_name(AccountId(account), PlatformName(platform), platform_id)
        for account in ("leek", "stone")
        for platform in ("x", "facebook")
        for platform_id in ("1", "2")
    }

    assert len(names) == 8
    assert all(name.isalnum() and len(name) == 32 for name in names)


def test_a_mention_that_nobody_touched_waits():
    assert replace(MENTION, settled=None).state is MentionState.WAITING
