"""Nothing is hidden, deleted or reported before its wording is on record, whoever dies when."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from publish.comment import DONE, LEFT, NO_AUTHOR, OVER, PROVED, UNSURE
from publish.keep_off import keep_off, leave_block
from publish.take_comment_down import (
    CAME_BACK,
    GONE,
    HIDDEN,
    REPORTED,
    SAID_SO,
    give_up,
    read_back,
    take_down,
    undo,
)
from publish.target import LATER
from shared.platforms.base import RefusedError, SignInError, UnsupportedError
from shared.posts.block import BlockState
from shared.posts.names import PersonId
from shared.posts.takedown import Appeal, Deed, TakedownState
from tests.builders import NOW
from tests.unit.publish.taking_down import IN_A_WHILE, SILENT, Stage, Under
from tests.unit.publish.timeline import Behind
from tests.unit.publish.workers import KilledError, Mishap

MOST_CALLS = 5
"""More calls than taking one comment down makes: a look, the evidence, the deed, the record."""

KEPT = ["takedown.asked", "takedown.evidence_kept", "takedown.done"]
LATER_ON = NOW + timedelta(minutes=2)


def taken_down(**changes):
    stage = Stage(**changes)
    take_down(stage.row, stage.scene(), stage.now)
    return stage


def upheld(stage):
    """The same with an appeal that somebody upheld."""
    appeal = Appeal(NOW, PersonId("comms-1"), None, True, PersonId("comms-2"), NOW, "Theirs.")
    stage.records.rows["01TAKEDOWN"] = replace(stage.row, appeal=appeal)
    return stage


def test_what_is_seen_is_kept_then_hidden_then_looked_for():
    stage = Stage()

    done = take_down(stage.row, stage.scene(), stage.now)
    proved = read_back(stage.row, stage.scene(), LATER_ON)

    assert (done.outcome, proved.outcome) == (DONE, PROVED)
    assert stage.diary.happened == [*KEPT, "takedown.proved"]
    assert stage.platform.hidden is True
    kept = stage.records.evidence(stage.row)
    assert (kept["text"], kept["author"], kept["raw"]) == (
        "I know who did it",
        "Pat Invented",
        "{}",
    )
    assert (stage.row.told, stage.row.address) == (HIDDEN, "")
    times = [act.at for act in stage.diary.acts]
    assert times == sorted(set(times))


def test_what_is_deleted_is_gone_and_looked_for():
    stage = taken_down(deed=Deed.DELETE)

    assert read_back(stage.row, stage.scene(), LATER_ON).outcome == PROVED
    assert (stage.platform.stands, stage.row.told) == (False, GONE)


def test_a_report_is_over_when_the_platform_has_it_and_tells_nothing_but_the_rule():
    stage = taken_down(deed=Deed.REPORT, why="Witness in the Invented case, do not share.")

    assert (stage.row.state, stage.row.told) == (TakedownState.DONE, REPORTED)
    assert stage.row.ended_at
    assert take_down(stage.row, stage.scene(), LATER_ON).outcome == OVER
    assert stage.platform.asked == ["report"]


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize(("at", "dies"), [*product(range(MOST_CALLS), ("before", "after"))])
def test_a_worker_that_dies_at_any_call_leaves_nothing_done_without_its_evidence(deed, at, dies):
    stage = Stage(deed=deed)

    with suppress(KilledError):
        take_down(stage.row, stage.scene(Mishap(at, dies=dies)), stage.now)
    stage.require_record_before_deed()
    take_down(stage.row, stage.scene(), LATER_ON)

    assert stage.platform.is_touched
    assert stage.row.state is TakedownState.DONE
    assert stage.diary.happened == KEPT


@pytest.mark.parametrize("deed", Deed)
@pytest.mark.parametrize("at", range(3))
def test_a_record_that_fails_at_any_call_keeps_the_platform_from_being_asked(deed, at):
    stage, record = Stage(deed=deed), Mishap(at, first=_down)
    scene = stage.scene(takedowns=Behind(record, stage.records, "get", "advance"))

    with suppress(RecordDownError):
        take_down(stage.row, scene, stage.now)

    stage.require_record_before_deed()
    if at == 0:
        assert not stage.platform.is_touched
    take_down(stage.row, stage.scene(), LATER_ON)
    assert stage.diary.happened == KEPT


@pytest.mark.parametrize("silence", ["falls silent before", "falls silent after"])
@pytest.mark.parametrize("deed", Deed)
def test_an_answer_that_was_lost_is_asked_for_again(deed, silence):
    stage = Stage(Under(answers=[silence]), deed=deed)

    first = take_down(stage.row, stage.scene(), stage.now)
    assert (first.outcome, stage.row.state) == (UNSURE, TakedownState.CAPTURED)
    take_down(stage.row, stage.scene(), LATER_ON)

    assert stage.platform.is_touched
    assert stage.diary.happened == KEPT


def test_what_cannot_be_read_is_not_touched():
    stage = Stage(Under(looks=[SILENT]))

    assert take_down(stage.row, stage.scene(), stage.now).outcome == UNSURE
    assert (stage.platform.is_touched, stage.row.state) == (False, TakedownState.ASKED)


def test_what_is_not_there_any_more_is_over():
    stage = Stage(Under(stands=False))

    assert take_down(stage.row, stage.scene(), stage.now).outcome == OVER
    assert (stage.row.state, stage.platform.asked) == (TakedownState.ABSENT, [])
    assert stage.row.ended_at


@pytest.mark.parametrize(
    "refusal", [RefusedError("Not yours."), SignInError("No."), UnsupportedError("It cannot.")]
)
def test_what_the_platform_refuses_is_left_to_a_person_with_its_evidence(refusal):
    stage = Stage(Under(answers=[refusal]))

    assert take_down(stage.row, stage.scene(), stage.now).outcome == LEFT
    assert (stage.row.state, stage.row.told) == (TakedownState.LEFT, str(refusal))
    assert stage.records.evidence(stage.row)
    assert stage.row.address
    assert take_down(stage.row, stage.scene(), stage.now).outcome == LEFT


def test_an_account_that_cannot_speak_there_any_more_leaves_it_to_a_person():
    def shut():
        raise UnsupportedError("The account has no keys.")

    stage = Stage()

    assert take_down(stage.row, stage.scene(open=shut), stage.now).outcome == LEFT
    assert (stage.row.evidence_leaf, stage.row.told) == (None, "The account has no keys.")


def test_a_platform_that_says_not_now_closes_its_window_and_is_asked_later():
    stage = Stage(Under(answers=["not now"]))

    told = take_down(stage.row, stage.scene(), stage.now)

    assert (told.outcome, told.retry_at, stage.closed) == (LATER, IN_A_WHILE, [IN_A_WHILE])
    shut = stage.scene(closed_until=IN_A_WHILE)
    assert take_down(stage.row, shut, stage.now).outcome == LATER
    assert not stage.platform.is_touched
    assert take_down(stage.row, shut, IN_A_WHILE).outcome == DONE


def test_what_can_be_seen_again_is_taken_down_again_and_that_is_on_record_first():
    stage = taken_down()
    stage.platform.hidden = False

    first = read_back(stage.row, stage.scene(), LATER_ON)
    assert (first.outcome, stage.row.told) == (UNSURE, CAME_BACK)
    assert stage.platform.hidden is True
    assert read_back(stage.row, stage.scene(), LATER_ON).outcome == PROVED
    assert stage.diary.happened == [*KEPT, "takedown.came_back", "takedown.proved"]


@pytest.mark.parametrize("tells_hidden", [True, False])
def test_what_was_deleted_and_stands_again_is_deleted_again_not_hidden(tells_hidden):
    stage = taken_down(deed=Deed.DELETE, platform=Under(tells_hidden=tells_hidden))
    stage.platform.stands, stage.platform.hidden = True, True

    assert read_back(stage.row, stage.scene(), LATER_ON).outcome == UNSURE
    assert stage.platform.asked == ["delete", "delete"]
    assert (read_back(stage.row, stage.scene(), LATER_ON).outcome, stage.row.told) == (PROVED, GONE)


def test_a_platform_that_does_not_show_what_is_hidden_is_told_twice():
    stage = taken_down(platform=Under(tells_hidden=False))

    assert read_back(stage.row, stage.scene(), LATER_ON).outcome == PROVED
    assert (stage.row.told, stage.platform.asked) == (SAID_SO, ["hide", "hide"])


def test_a_look_that_fails_proves_nothing():
    stage = taken_down()
    stage.platform.looks = [SILENT]

    assert read_back(stage.row, stage.scene(), LATER_ON).outcome == UNSURE
    assert stage.row.state is TakedownState.DONE


def test_an_upheld_appeal_shows_it_again():
    stage = taken_down()
    read_back(stage.row, stage.scene(), LATER_ON)
    upheld(stage)

    assert read_back(stage.row, stage.scene(), LATER_ON).outcome == OVER
    assert undo(stage.row, stage.scene(), LATER_ON).outcome == OVER
    assert (stage.platform.hidden, stage.row.state) == (False, TakedownState.UNDONE)
    assert undo(stage.row, stage.scene(), LATER_ON).outcome == OVER
    assert stage.diary.happened.count("takedown.undone") == 1


@pytest.mark.parametrize(("at", "dies"), [*product(range(4), ("before", "after"))])
def test_an_undoing_that_dies_is_finished_by_the_next(at, dies):
    stage = upheld(taken_down())

    with suppress(KilledError):
        undo(stage.row, stage.scene(Mishap(at, dies=dies)), LATER_ON)
    undo(stage.row, stage.scene(), LATER_ON)

    assert (stage.platform.hidden, stage.row.state) == (False, TakedownState.UNDONE)


def test_what_the_platform_will_not_show_again_is_left_to_a_person():
    stage = upheld(taken_down())
    stage.platform.answers = [UnsupportedError("It cannot.")]

    assert undo(stage.row, stage.scene(), LATER_ON).outcome == LEFT
    assert (stage.row.state, stage.row.is_moving) == (TakedownState.LEFT, False)


def test_what_went_meanwhile_cannot_be_shown_again():
    stage = upheld(taken_down())
    stage.platform.stands = False

    assert undo(stage.row, stage.scene(), LATER_ON).outcome == OVER
    assert stage.row.state is TakedownState.ABSENT


def test_giving_up_leaves_a_checklist_and_never_undoes_what_was_proved():
    stage, over = Stage(), taken_down()
    read_back(over.row, over.scene(), LATER_ON)

    assert give_up(stage.row, "No answer.", stage.scene(), stage.now).outcome == LEFT
    assert give_up(over.row, "No answer.", over.scene(), over.now).outcome == OVER
    assert (stage.row.state, over.row.state) == (TakedownState.LEFT, TakedownState.PROVED)


def test_whoever_wrote_it_is_blocked_only_with_the_evidence_on_record():
    stage = taken_down(block=True)

    [block] = stage.blocks.rows.values()
    assert (block.author_id, block.handle, block.takedown_id) == (
        "u-77",
        "pat-invented",
        "01TAKEDOWN",
    )
    assert stage.diary.happened[1:3] == ["takedown.evidence_kept", "block.asked"]
    assert keep_off(block, stage.scene(), LATER_ON).outcome == OVER
    assert stage.platform.blocked == {"u-77"}


def test_where_nobody_tells_who_wrote_it_that_is_said():
    stage = taken_down(platform=Under(author=None), block=True)
    read_back(stage.row, stage.scene(), LATER_ON)

    assert stage.blocks.rows == {}
    assert stage.row.told == f"{NO_AUTHOR} {HIDDEN}"


def a_block(state=BlockState.ASKED, **changes):
    stage = taken_down(block=True)
    [block] = stage.blocks.rows.values()
    stage.blocks.rows[block.block_id] = replace(block, state=state, **changes)
    return stage, stage.blocks.rows[block.block_id]


def test_whoever_is_let_in_again_is_blocked_no_more():
    stage, block = a_block(BlockState.LIFTING, lifted_at=NOW)
    stage.platform.blocked = {"u-77"}

    assert keep_off(block, stage.scene(), LATER_ON).outcome == OVER
    assert stage.platform.blocked == set()
    [lifted] = stage.blocks.rows.values()
    assert lifted.state is BlockState.LIFTED
    assert keep_off(lifted, stage.scene(), LATER_ON).outcome == OVER


def test_a_block_that_no_machine_can_make_is_left_to_a_person():
    stage, block = a_block()
    stage.platform.answers = [UnsupportedError("It cannot.")]

    assert keep_off(block, stage.scene(), LATER_ON).outcome == LEFT
    [left] = stage.blocks.rows.values()
    assert (left.state, left.told) == (BlockState.LEFT, "It cannot.")
    assert leave_block(left, "No.", scene=stage.scene(), now=LATER_ON).outcome == LEFT


@pytest.mark.parametrize("silence", ["falls silent before", "falls silent after", "not now"])
def test_a_block_without_an_answer_is_made_again(silence):
    stage, block = a_block()
    stage.platform.answers = [silence]

    assert keep_off(block, stage.scene(), LATER_ON).outcome in {UNSURE, LATER}
    assert keep_off(block, stage.scene(), LATER_ON).outcome == OVER
    assert stage.platform.blocked == {"u-77"}


class RecordDownError(Exception):
    """The database is away."""


def _down():
    raise RecordDownError
