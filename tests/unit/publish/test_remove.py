"""Nothing is removed before the record says so, whoever dies when; what is gone is looked for."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from publish.remove import LEFT, PROVED, REMOVED, UNSURE, NotApprovedError, give_up, prove, remove
from publish.target import LATER
from shared.platforms.base import RefusedError, SignInError, UnsupportedError
from shared.posts.deletion import DeletionState, Removal
from shared.posts.life import Outcome
from shared.records.publication import LONGEST_ATTEMPT
from tests.builders import NOW
from tests.unit.publish.taking_away import IN_A_WHILE, Shown, Stage
from tests.unit.publish.timeline import Behind
from tests.unit.publish.workers import KilledError, Mishap

MOST_CALLS = 8
"""More calls than removing one target makes."""

EVIDENCE = 3
"""Calls of the record up to that which keeps the evidence: the row, the publication, and it."""


def test_what_stands_is_captured_then_removed_then_proved():
    stage = Stage(Shown(text="Good morning, as altered"))

    removed = remove(stage.scene(), stage.now)
    proved = prove(stage.scene(), stage.now + timedelta(minutes=5))

    assert (removed.outcome, proved.outcome) == (REMOVED, PROVED)
    assert stage.ledger.happened == [
        "deletion.evidence_kept",
        "publication.withdrawn",
        "deletion.proved",
    ]
    assert stage.publication.state is Outcome.WITHDRAWN
    evidence = stage.row.evidence
    assert (evidence.cleared, evidence.shown) == (
        stage.post.draft.text,
        "Good morning, as altered",
    )
    assert evidence.sent_at == NOW


@pytest.mark.parametrize(
    "state",
    [DeletionState.ASKED, DeletionState.REFUSED, DeletionState.EXPIRED, DeletionState.REMOVED],
)
@pytest.mark.parametrize("deed", [remove, prove, lambda s, now: give_up(s, "Why.", now)])
def test_a_deletion_that_nobody_approved_reaches_no_platform(state, deed):
    stage = Stage(state=Outcome.SENT)
    unapproved = stage.scene(
        deletion=stage.deletion.__class__(**{**vars(stage.deletion), "state": state})
    )

    with pytest.raises(NotApprovedError):
        deed(unapproved, stage.now)

    assert (stage.platform.asked, stage.ledger.acts) == (0, [])


@pytest.mark.parametrize(("at", "dies"), [*product(range(MOST_CALLS), ("before", "after"))])
def test_a_worker_that_dies_at_any_call_leaves_nothing_removed_without_its_evidence(at, dies):
    stage = Stage()

    with suppress(KilledError):
        remove(stage.scene(Mishap(at, dies=dies)), stage.now)
    stage.require_record_before_removal()
    told = remove(stage.scene(), stage.now + timedelta(minutes=2))

    assert told.outcome == REMOVED
    assert not stage.platform.stands
    assert stage.publication.state is Outcome.WITHDRAWN
    assert stage.ledger.happened == ["deletion.evidence_kept", "publication.withdrawn"]


@pytest.mark.parametrize("at", range(MOST_CALLS))
def test_a_record_that_fails_at_any_call_keeps_the_platform_from_being_asked_without_evidence(at):
    stage = Stage()
    record = Mishap(at, first=_down)
    scene = stage.scene()
    scene = replace(
        scene,
        publications=Behind(record, stage.ledger.publications, "get", "settle"),
        deletions=Behind(record, stage.records, "target", "keep_evidence", "advance"),
    )

    with suppress(RecordDownError):
        remove(scene, stage.now)

    stage.require_record_before_removal()
    if record.calls <= EVIDENCE:
        assert (stage.platform.asked, stage.platform.stands) == (0, True)
    assert remove(stage.scene(), stage.now).outcome == REMOVED
    assert stage.ledger.happened == ["deletion.evidence_kept", "publication.withdrawn"]


@pytest.mark.parametrize("silence", ["falls silent before", "falls silent after"])
def test_an_answer_that_was_lost_is_asked_for_again(silence):
    stage = Stage(Shown(deletes=[silence]))

    first = remove(stage.scene(), stage.now)
    second = remove(stage.scene(), stage.now + timedelta(minutes=1))

    assert (first.outcome, second.outcome) == (UNSURE, REMOVED)
    assert not stage.platform.stands
    assert stage.ledger.happened.count("deletion.evidence_kept") == 1


def test_a_platform_that_says_not_now_closes_its_window_and_is_asked_later():
    stage = Stage(Shown(deletes=["not now"]))

    told = remove(stage.scene(), stage.now)

    assert (told.outcome, told.retry_at) == (LATER, IN_A_WHILE)
    assert stage.closed == [IN_A_WHILE]
    assert remove(stage.scene(closed_until=IN_A_WHILE), stage.now).outcome == (
        LATER if stage.now < IN_A_WHILE else REMOVED
    )


def test_a_closed_window_is_waited_for():
    stage = Stage()
    until = stage.now + timedelta(minutes=3)

    told = remove(stage.scene(closed_until=until), stage.now)

    assert (told.outcome, told.retry_at, stage.platform.asked) == (LATER, until, 0)


def test_a_pace_that_is_used_up_is_waited_for_with_the_evidence_already_kept():
    stage = Stage()
    stage.paces = [IN_A_WHILE]

    told = remove(stage.scene(), stage.now)

    assert (told.outcome, told.retry_at) == (LATER, IN_A_WHILE)
    assert (stage.row.state, stage.platform.asked) == (Removal.CAPTURED, 0)
    assert remove(stage.scene(), IN_A_WHILE).outcome == REMOVED


@pytest.mark.parametrize(
    "refusal",
    [RefusedError("Not yours."), SignInError("No."), UnsupportedError("It cannot.")],
)
def test_what_the_platform_refuses_is_left_to_a_person(refusal):
    stage = Stage(Shown(deletes=[refusal]))

    told = remove(stage.scene(), stage.now)

    assert told.outcome == LEFT
    assert (stage.row.state, stage.row.reason) == (Removal.LEFT, str(refusal))
    assert stage.publication.state is Outcome.SENT
    assert remove(stage.scene(), stage.now).outcome == LEFT
    assert stage.platform.asked == 1


def test_an_account_that_cannot_speak_there_any_more_leaves_it_to_a_person():
    stage = Stage()

    def shut():
        raise UnsupportedError("The account has no keys.")

    told = remove(stage.scene(open=shut), stage.now)

    assert told.outcome == LEFT
    assert stage.row.evidence.cleared == stage.post.draft.text
    assert stage.row.evidence.shown is None


def test_what_cannot_be_read_beforehand_is_captured_as_it_was_cleared():
    stage = Stage(Shown(looks=["unreachable"]))

    assert remove(stage.scene(), stage.now).outcome == REMOVED

    evidence = stage.row.evidence
    assert (evidence.shown, evidence.unread) == (None, "The line is dead.")
    assert evidence.cleared == stage.post.draft.text


def test_what_comes_back_is_taken_away_again():
    stage = Stage(Shown(comes_back=1))
    remove(stage.scene(), stage.now)
    assert stage.platform.stands

    first = prove(stage.scene(), stage.now + timedelta(minutes=5))
    second = prove(stage.scene(), stage.now + timedelta(minutes=7))

    assert (first.outcome, second.outcome) == (UNSURE, PROVED)
    assert not stage.platform.stands
    assert stage.ledger.happened[-2:] == ["deletion.came_back", "deletion.proved"]


def test_what_came_back_is_on_record_before_it_is_removed_again():
    stage = Stage(Shown(comes_back=1))
    remove(stage.scene(), stage.now)
    asked = stage.platform.asked
    stage.records.advance = _down

    with pytest.raises(RecordDownError):
        prove(stage.scene(), stage.now + timedelta(minutes=5))

    assert (stage.platform.asked, stage.platform.stands) == (asked, True)


def test_a_proof_that_cannot_be_read_proves_nothing():
    stage = Stage()
    remove(stage.scene(), stage.now)
    stage.platform.looks = ["unreachable"]

    assert prove(stage.scene(), stage.now + timedelta(minutes=5)).outcome == UNSURE
    assert stage.row.state is Removal.REMOVED


@pytest.mark.parametrize("state", [Outcome.UNCERTAIN, Outcome.PENDING, Outcome.HELD])
def test_what_is_not_known_to_stand_is_looked_for_and_removed(state):
    stage = Stage(state=state)

    told = remove(stage.scene(), stage.now)

    assert told.outcome == REMOVED
    assert not stage.platform.stands
    assert stage.publication.state is Outcome.WITHDRAWN
    assert stage.ledger.happened[0] == "publication.sent"


def test_what_never_came_there_is_never_sent_again():
    stage = Stage(Shown(stands=False), state=Outcome.UNCERTAIN)

    told = remove(stage.scene(), stage.now)

    assert (told.outcome, stage.publication.state) == (REMOVED, Outcome.FAILED)
    assert stage.platform.asked == 0


def test_a_worker_that_is_still_sending_is_waited_for():
    stage = Stage(state=Outcome.PENDING)

    told = remove(stage.scene(), NOW + timedelta(seconds=10))

    assert (told.outcome, told.retry_at) == (LATER, NOW + LONGEST_ATTEMPT)


def test_absence_is_believed_only_when_the_platform_has_had_its_time():
    slow = Shown(stands=False, settles_after=timedelta(minutes=3))
    stage = Stage(slow, state=Outcome.UNCERTAIN)

    told = remove(stage.scene(), NOW + timedelta(minutes=2))

    assert (told.outcome, told.retry_at) == (LATER, NOW + timedelta(minutes=3))
    assert stage.publication.state is Outcome.UNCERTAIN


def test_giving_up_leaves_a_checklist_and_never_undoes_a_removal():
    stage, away = Stage(), Stage()
    remove(away.scene(), away.now)

    assert give_up(stage.scene(), "No answer.", stage.now).outcome == LEFT
    assert give_up(away.scene(), "No answer.", away.now).outcome == REMOVED
    assert (stage.row.state, away.row.state) == (Removal.LEFT, Removal.REMOVED)


class RecordDownError(Exception):
    """The database is away."""


def _down(*_):
    raise RecordDownError
