"""How fast, how carefully and by whom was decided."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from moderate.tally import is_quick, tally
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from tests.builders import NOW, an_approval

RAY, SOL = PersonId("comms-ray"), PersonId("comms-sol")


def ruled(seconds, *, by=RAY, read=None, decision=Decision.APPROVE):
    at = NOW + timedelta(seconds=seconds)
    shown_at = None if read is None else at - timedelta(seconds=read)
    ruling = Ruling(decision, by, at, Way.LINK if read is not None else Way.QUEUE, None, shown_at)
    return replace(an_approval(), state=ApprovalState.DECIDED, ruling=ruling)


def test_nothing_decided_has_no_times():
    found = tally([an_approval()])

    assert (found.decisions, found.median_seconds, found.slowest_tenth_seconds) == (0, None, None)
    assert found.approvers == ()


def test_times_run_from_the_first_letter_to_the_ruling():
    found = tally([ruled(seconds) for seconds in (60, 30, 90, 600)])

    assert (found.median_seconds, found.slowest_tenth_seconds) == (60, 600)


def test_who_had_the_page_for_less_than_five_seconds_was_quick():
    assert is_quick(ruled(60, read=4.9).ruling)
    assert not is_quick(ruled(60, read=5).ruling)
    assert not is_quick(ruled(60).ruling)


def test_each_approver_has_their_own_share_the_busiest_first():
    found = tally(
        [ruled(10, by=SOL, read=2), ruled(20), ruled(40, decision=Decision.RETURN), ruled(90)]
    )

    assert [(one.person, one.decisions, one.median_seconds) for one in found.approvers] == [
        (RAY, 3, 40),
        (SOL, 1, 10),
    ]
    assert found.quick == 1
    assert found.by_decision == {"approve": 3, "return": 1}
    assert found.by_way == {"link": 1, "queue": 3}


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([RAY, SOL])), max_size=30))
def test_shares_add_up_and_times_are_among_those_measured(decided):
    found = tally([ruled(seconds, by=by) for seconds, by in decided])

    assert sum(one.decisions for one in found.approvers) == found.decisions == len(decided)
    assert found.median_seconds in {None, *(seconds for seconds, _ in decided)}
