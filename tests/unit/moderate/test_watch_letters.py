"""A letter that reaches nobody: on record, an alarm, and the next approver, once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.letter_report import Report
from moderate.watch_letters import PATIENCE, Desk, sweep_letters, take_report
from shared.conductor.executions import NoAnswerError, NobodyWaitsError
from shared.posts.life import State, Urgency
from shared.posts.names import PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Undelivered, Way
from tests.builders import NOW, a_link, a_post, a_round, an_act, an_approval
from tests.unit.fakes import Conductor, Ledger

RAY, SOL = PersonId("comms-ray"), PersonId("comms-sol")
FOR_GOOD = sorted(set(Undelivered) - {Undelivered.SILENCE})
STOPPED = [("token-1", "MailNotSentError")]


class Scene:
    """An approval that waits for some people, and somebody who watches their letters."""

    def __init__(self, *people, others=True, urgency=Urgency.PROMPT, conductor=None):
        self.ledger, self.rung = Ledger(), []
        self.conductor = conductor or Conductor()
        self.post = a_post(urgency=urgency)
        self.links = tuple(self.a_link(person) for person in people or (RAY,))
        self.ledger.keep(self.post)
        asked = tuple(link.person_id for link in self.links)
        first = a_round(asked=asked, links=self.links, others=others)
        self.ledger.approvals.open(self.post, first, an_act("approval.asked"))
        self.desk = Desk(
            self.ledger.letters,
            self.ledger.approvals,
            self.conductor,
            lambda: self.rung.append("rung"),
        )

    def a_link(self, person, number=1):
        link = a_link(self.post, f"{person}-{number}", person=person, sent_at=NOW)
        return replace(link, round=number)

    @property
    def approval(self):
        return self.ledger.approvals.get(self.post.post_id, 1)

    @property
    def kept(self):
        return tuple(self.ledger.letters.find(link.link_hash) for link in self.links)

    @property
    def undelivered(self):
        return [act for act in self.ledger.acts if act.type == "approval.letter_undelivered"]

    def tell(self, why, link=None, at=NOW):
        return take_report(Report((link or self.links[0]).link_hash, why), self.desk, at)

    def sweep(self, **after):
        return sweep_letters(self.desk, NOW + timedelta(**after))


# ── it arrives ───────────────────────────────────────────────────────────────


def test_a_letter_that_arrives_is_marked_and_nothing_else_happens():
    scene = Scene()

    assert [scene.tell(None), scene.tell(None)] == ["delivered", "known"]

    assert scene.kept[0].delivered_at == NOW
    assert scene.rung == scene.undelivered == scene.conductor.given_up == []


# ── it does not ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize("why", FOR_GOOD)
def test_a_letter_that_reaches_nobody_is_no_way_in_and_the_next_are_asked(why):
    scene = Scene()

    assert scene.tell(why) == "given up"

    assert (scene.kept[0].void, scene.kept[0].undelivered) == (True, why)
    assert scene.approval.unreached == {RAY}
    assert scene.conductor.given_up == STOPPED
    assert scene.rung == ["rung"]


def test_the_leaf_says_whom_it_did_not_reach_and_names_no_address():
    scene = Scene()

    scene.tell(Undelivered.BOUNCE)

    [act] = scene.undelivered
    assert act.payload["sent_to"] == RAY
    assert (act.payload["kind"], act.payload["round"]) == ("bounce", 1)
    assert act.payload["content_hash"] == scene.post.content_hash
    assert act.reason == "The mailbox it was sent to refused it for good."
    assert ".example" not in repr(act)


def test_as_long_as_one_letter_may_be_answered_nobody_else_is_woken():
    scene = Scene(RAY, SOL)

    assert scene.tell(Undelivered.BOUNCE) == "noted"
    assert scene.conductor.given_up == []
    assert scene.tell(Undelivered.COMPLAINT, scene.links[1]) == "given up"

    assert scene.conductor.given_up == STOPPED
    assert scene.approval.unreached == {RAY, SOL}
    assert len(scene.rung) == len(scene.undelivered) == 2


def test_a_link_that_is_void_for_another_reason_is_no_way_in_either():
    scene = Scene(RAY, SOL)
    scene.ledger.keep(replace(scene.links[1], wrong_codes=5, void=True))

    assert scene.tell(Undelivered.BOUNCE) == "given up"


def test_where_nobody_else_could_be_asked_the_round_takes_its_time():
    scene = Scene(others=False)

    assert scene.tell(Undelivered.BOUNCE) == "noted"

    assert scene.conductor.given_up == []
    assert scene.rung == ["rung"]


# ── twice, late, in any order ────────────────────────────────────────────────


def test_what_is_told_twice_counts_once():
    scene = Scene()

    outcomes = [scene.tell(why) for why in (Undelivered.BOUNCE, Undelivered.BOUNCE)]

    assert outcomes == ["given up", "given up"]
    assert len(scene.undelivered) == len(scene.rung) == 1


def test_a_crash_before_the_wait_was_ended_is_made_good_when_it_is_told_again():
    scene = Scene(conductor=Conductor(fault=NoAnswerError("No answer.")))
    with pytest.raises(NoAnswerError):
        scene.tell(Undelivered.BOUNCE)
    scene.conductor.fault = None

    scene.tell(Undelivered.BOUNCE)

    assert scene.conductor.given_up == STOPPED
    assert len(scene.undelivered) == 1


def test_a_token_that_was_used_meanwhile_is_no_fault():
    scene = Scene(conductor=Conductor(fault=NobodyWaitsError("Too late.")))

    assert scene.tell(Undelivered.BOUNCE) == "noted"


@pytest.mark.parametrize("why", FOR_GOOD)
def test_after_a_decision_nothing_changes(why):
    scene = Scene()
    ruling = Ruling(Decision.APPROVE, SOL, NOW, Way.QUEUE)
    post = scene.ledger.posts.get(scene.post.post_id)
    decided = scene.ledger.approvals.decide(
        post, scene.approval, ruling, an_act("approval.approved")
    )
    before = dict(scene.ledger.rows)

    assert scene.tell(why) == "late"

    assert scene.ledger.rows == before
    assert scene.approval == decided
    assert scene.rung == scene.undelivered == scene.conductor.given_up == []


@pytest.mark.parametrize("state", [ApprovalState.EXPIRED, ApprovalState.VOID])
def test_after_its_end_nothing_changes(state):
    scene = Scene()
    scene.ledger.keep(replace(scene.approval, state=state))

    assert scene.tell(Undelivered.COMPLAINT) == "late"
    assert scene.rung == []


def test_a_delivery_that_is_told_after_the_bounce_gives_no_way_in_back():
    scene = Scene()
    scene.tell(Undelivered.BOUNCE)

    scene.tell(None)

    assert scene.kept[0].void


def test_a_bounce_of_an_older_round_voids_its_link_and_leaves_this_round_alone():
    scene = Scene()
    newer = scene.a_link(SOL, 2)
    again = a_round(2, asked=(SOL,), links=(newer,), others=True)
    scene.ledger.approvals.renew(scene.approval, again, an_act("approval.asked"))

    assert scene.tell(Undelivered.BOUNCE) == "noted"

    assert scene.kept[0].void
    assert not scene.ledger.letters.find(newer.link_hash).void
    assert scene.conductor.given_up == []
    assert scene.approval.unreached == {RAY}


@pytest.mark.parametrize("why", [None, *FOR_GOOD])
def test_a_letter_that_nobody_sent_is_unknown(why):
    scene = Scene()
    before = dict(scene.ledger.rows)

    outcome = take_report(Report("cd" * 32, why), scene.desk, NOW)

    assert outcome == ("known" if why is None else "unknown")
    assert scene.ledger.rows == before


# ── nothing is heard ─────────────────────────────────────────────────────────


@pytest.mark.parametrize("urgency", Urgency)
def test_a_letter_of_which_nothing_is_heard_counts_as_undelivered_in_time(urgency):
    scene, patience = Scene(urgency=urgency), PATIENCE[urgency]
    early = sweep_letters(scene.desk, NOW + patience - timedelta(seconds=1))
    assert (early.silent, early.given_up) == (0, 0)

    swept = sweep_letters(scene.desk, NOW + patience + timedelta(seconds=1))

    assert (swept.silent, swept.given_up) == (1, 1)
    assert scene.approval.unreached == {RAY}
    assert scene.conductor.given_up == STOPPED
    assert scene.rung == ["rung"]
    # It may still arrive, and whoever then opens it may decide.
    assert not scene.kept[0].void


def test_who_is_in_a_hurry_waits_less():
    assert PATIENCE[Urgency.IMMEDIATE] < PATIENCE[Urgency.PROMPT] <= PATIENCE[Urgency.ROUTINE]
    assert set(PATIENCE) == set(Urgency)


def test_one_letter_that_arrived_is_enough():
    scene = Scene(RAY, SOL)
    scene.tell(None, scene.links[1])

    swept = scene.sweep(hours=1)

    assert (swept.silent, swept.given_up) == (0, 0)


def test_a_letter_that_arrived_and_was_complained_of_is_not_enough():
    scene = Scene(RAY, SOL)
    scene.tell(None, scene.links[1])
    scene.tell(Undelivered.COMPLAINT, scene.links[1])

    swept = scene.sweep(hours=1)

    assert (swept.silent, swept.given_up) == (1, 1)


def test_sweeping_again_finds_nothing_new():
    scene = Scene(others=False)

    swept = [scene.sweep(hours=1), scene.sweep(hours=1), scene.sweep(hours=2)]

    assert [each.silent for each in swept] == [1, 0, 0]
    assert len(scene.undelivered) == len(scene.rung) == 1
    assert scene.conductor.given_up == []


def test_a_round_that_a_crash_left_waiting_is_given_up_by_the_sweep():
    scene = Scene(conductor=Conductor(fault=NoAnswerError("No answer.")))
    with pytest.raises(NoAnswerError):
        scene.tell(Undelivered.BOUNCE)
    assert scene.sweep(hours=1).given_up == 0
    scene.conductor.fault = None

    assert scene.sweep(hours=1).given_up == 1


def test_a_decision_in_between_stops_the_sweep_and_no_other_approval():
    scene = Scene()
    other = a_post()
    link = a_link(other, "other", person=SOL, sent_at=NOW)
    approval = replace(an_approval(other, links=(link,), others=True), task_token="other")
    scene.ledger.keep(replace(other, state=State.AWAITING_APPROVAL), approval, link)
    waiting = scene.ledger.letters.waiting

    def decided_meanwhile(before):
        found = waiting(before)
        scene.ledger.keep(replace(scene.approval, state=ApprovalState.EXPIRED))
        return found

    scene.desk.letters.waiting = decided_meanwhile

    swept = scene.sweep(hours=1)

    assert (swept.silent, swept.given_up) == (1, 1)
    assert scene.conductor.given_up == [("other", "MailNotSentError")]


def test_approvals_from_before_letters_were_kept_are_left_alone():
    scene = Scene()
    scene.ledger.keep(replace(scene.approval, letters=(), others=False))

    swept = scene.sweep(hours=1)

    assert (swept.silent, swept.given_up) == (0, 0)
