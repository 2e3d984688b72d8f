"""Approving several at once: each by itself, and none that anything was found in."""

from moderate.case import Case
from moderate.decide import Bench, Seat
from moderate.decide_many import ALONE, Meant, approve_many
from shared.posts.life import State
from shared.posts.names import ContentHash
from shared.records.approval import Way
from tests.builders import NOW, a_person, a_post, an_account, an_approval, an_approver
from tests.unit.fakes import Conductor, Ledger

RAY = an_approver("comms-ray")
ADVICE = ({"rule": "joke", "severity": "advise"},)
REVIEW = ({"rule": "joke", "severity": "review"},)


def approve(*posts, by=RAY, words=None):
    ledger = Ledger().keep(an_account(), a_person(), by)
    for post in posts:
        ledger.keep(post, an_approval(post))

    def case_of(meant):
        post = ledger.posts.get(meant.post_id, meant.version)
        approval = ledger.approvals.get(meant.post_id, meant.version)
        return Case(post, approval, an_account(), a_person())

    bench = Bench(ledger.approvals, ledger.links, Conductor(), lambda *_: None)
    meant = [Meant(post.post_id, 1, words or post.content_hash) for post in posts]
    seat = Seat(by, Way.QUEUE)
    outcomes = approve_many(meant, case_of, seat, bench, sentence_of=str, now=NOW)
    return outcomes, [ledger.posts.get(post.post_id, 1).state for post in posts]


def waiting(text="The road is open.", **changes):
    return a_post(text, state=State.AWAITING_APPROVAL, **changes)


def test_posts_that_have_no_more_than_advice_are_approved():
    outcomes, states = approve(waiting(), waiting("Snow.", findings=ADVICE))

    assert [outcome.approved for outcome in outcomes] == [True, True]
    assert states == [State.CLEARED, State.CLEARED]


def test_a_post_with_a_finding_to_review_is_left_and_the_others_go_on():
    outcomes, states = approve(waiting(), waiting("Ha.", findings=REVIEW), waiting("Snow."))

    assert [outcome.approved for outcome in outcomes] == [True, False, True]
    assert outcomes[1].sentence == ALONE
    assert states == [State.CLEARED, State.AWAITING_APPROVAL, State.CLEARED]


def test_a_finding_whose_weight_is_not_known_is_to_review():
    outcomes, _ = approve(waiting(findings=({"rule": "joke"},)))

    assert outcomes[0].sentence == ALONE


def test_nobody_approves_their_own_in_a_crowd_either():
    outcomes, states = approve(waiting(author=RAY.person_id), by=an_approver("pc-okafor"))

    assert not outcomes[0].approved
    assert states == [State.AWAITING_APPROVAL]


def test_other_words_than_were_read_are_not_approved():
    outcomes, states = approve(waiting(), words=ContentHash("0" * 64))

    assert not outcomes[0].approved
    assert states == [State.AWAITING_APPROVAL]
