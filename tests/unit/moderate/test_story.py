"""What happened to a post so far, in the order in which it happened."""

from dataclasses import replace
from datetime import timedelta

from moderate.story import LONGEST, story
from shared.posts.life import State
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Asking, Decision, Ruling, TakenBack, Way
from tests.builders import NOW, a_person, a_post, an_approval, an_approver
from tests.unit.fakes import Ledger

RAY, SOL, AUTHOR = an_approver("comms-ray"), an_approver("comms-sol"), a_person()
MINUTE = timedelta(minutes=1)


def told(ledger, post, approval):
    found = story(post, approval, ledger.snapshots.read(), ledger.snapshots)
    return found, [(line.who, line.what, line.reason) for line in found.lines]


def a_ledger(*more):
    return Ledger().keep(RAY, SOL, AUTHOR, *more)


def test_a_first_version_tells_who_sent_it_in_and_who_was_asked_in_every_round():
    post = a_post(state=State.AWAITING_APPROVAL)
    askings = (
        Asking(1, (RAY.person_id,), NOW + MINUTE),
        Asking(2, (RAY.person_id, SOL.person_id), NOW + 60 * MINUTE),
    )
    approval = replace(an_approval(post), askings=askings)

    found, lines = told(a_ledger(), post, approval)

    assert found.before is None
    assert lines == [
        ("Pc Okafor", "Version 1 was sent in.", ""),
        ("Bluelamp", "Version 1: asked Comms Ray to decide.", ""),
        ("Bluelamp", "Version 1: asked Comms Ray, Comms Sol to decide.", ""),
    ]


def test_a_later_version_tells_what_was_decided_about_the_earlier_and_why():
    first = a_post(state=State.RETURNED)
    ruling = Ruling(Decision.RETURN, RAY.person_id, NOW + 5 * MINUTE, Way.LINK, "Say where.")
    returned = replace(an_approval(first), state=ApprovalState.DECIDED, ruling=ruling)
    second = replace(first, version=2, submitted_at=NOW + 10 * MINUTE, editor=SOL.person_id)
    approval = replace(an_approval(second), askings=())

    found, lines = told(a_ledger(first, returned), second, approval)

    assert found.before == first
    assert lines == [
        ("Pc Okafor", "Version 1 was sent in.", ""),
        ("Bluelamp", "Version 1: asked Comms Ray to decide.", ""),
        ("Comms Ray", "Version 1: returned.", "Say where."),
        ("Comms Sol", "Version 2 was sent in.", ""),
    ]


def test_what_was_blocked_or_taken_out_of_the_way_is_told():
    first = a_post(state=State.BLOCKED)
    second = replace(first, version=2, submitted_at=NOW + MINUTE, state=State.SUPERSEDED)
    back = TakenBack(State.SUPERSEDED, AUTHOR.person_id, NOW + 3 * MINUTE)
    void = replace(an_approval(second), state=ApprovalState.VOID, taken_back=back, askings=())
    third = replace(first, version=3, submitted_at=NOW + 4 * MINUTE)

    _, lines = told(a_ledger(first, second, void), third, replace(an_approval(third), askings=()))

    assert lines == [
        ("Pc Okafor", "Version 1 was sent in.", ""),
        ("Bluelamp", "Version 1: blocked.", ""),
        ("Pc Okafor", "Version 2 was sent in.", ""),
        ("Pc Okafor", "Version 2: replaced.", ""),
        ("Pc Okafor", "Version 3 was sent in.", ""),
    ]


def test_a_long_story_is_told_from_where_it_still_matters():
    first = a_post()
    versions = [
        replace(first, version=n, submitted_at=NOW + n * MINUTE) for n in range(1, LONGEST + 5)
    ]
    newest = versions[-1]

    found, lines = told(a_ledger(*versions), newest, replace(an_approval(newest), askings=()))

    assert len(lines) == LONGEST + 1
    assert found.before == versions[-2]


def test_whoever_is_not_in_the_registry_any_more_is_told_by_their_key():
    post = a_post(author=PersonId("p-gone"))

    _, lines = told(a_ledger(), post, replace(an_approval(post), askings=()))

    assert lines[0][0] == "p-gone"
