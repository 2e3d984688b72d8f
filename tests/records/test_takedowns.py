"""Takedowns and blocks on both engines: each step with its leaf, and nobody's words in rows."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.posts.block import Block, BlockState
from shared.posts.errors import NoEvidenceError, UnlawfulStepError
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.posts.takedown import Appeal, Deed, HouseRule, Takedown, TakedownState, Taken
from shared.recordlog.erasure import Basis, Erasure, State, carried_out
from shared.records.blocks import Blocks
from shared.records.erasures import Erasures
from shared.records.errors import AlreadyExistsError, ChangedError, NotFoundError
from shared.records.takedown_acts import act_on_block, act_on_takedown
from shared.records.takedowns import Takedowns
from tests.builders import NOW, a_pen

THEIRS = {"author": "Pat Invented", "text": "I know who did it, he lives at number 9"}
ASKED = Takedown(
    takedown_id="01TAKEDOWN",
    account=AccountId("harborough"),
    platform=PlatformName("sandbox"),
    comment_id="7",
    address="https://sandbox.example/@pat/7",
    rule=HouseRule.PREJUDICIAL,
    why="It names where somebody lives.",
    deed=Deed.HIDE,
    block=False,
    asked_by=PersonId("pc-1"),
    asked_at=NOW,
)
BLOCK = Block(
    block_id="01BLOCK",
    account=ASKED.account,
    platform=ASKED.platform,
    author_id="u-77",
    handle="pat-invented",
    why="A third threat in a week.",
    by=PersonId("comms-1"),
    at=NOW,
    review_on=date(2026, 12, 1),
)


@pytest.fixture
def takedowns(store):
    return Takedowns(store, a_pen())


@pytest.fixture
def blocks(store):
    return Blocks(store, a_pen())


def act(happened=Taken.ASKED, personal=None):
    return act_on_takedown(ASKED, happened, NOW, {}, personal=personal or {})


def block_act(happened=Taken.BLOCK_ASKED):
    return act_on_block(BLOCK, happened, NOW, {})


def captured(takedowns):
    takedowns.ask(ASKED, act())
    after = replace(ASKED, state=TakedownState.CAPTURED)
    return takedowns.advance(ASKED, after, act(Taken.EVIDENCE, THEIRS))


def everything(store):
    return repr([row.serialize() for table in store.all() for row in table.scan()])


def leaves(store):
    return sum(1 for _ in store.outbox.scan(consistent_read=True))


def test_what_was_asked_comes_back_with_its_leaf_and_only_once(takedowns, store):
    takedowns.ask(ASKED, act())

    assert takedowns.get(ASKED.takedown_id) == ASKED
    assert takedowns.moving() == (ASKED,)
    with pytest.raises(AlreadyExistsError):
        takedowns.ask(ASKED, act())
    assert leaves(store) == 1


def test_evidence_opens_and_stands_in_no_row(takedowns, store):
    kept = captured(takedowns)

    assert kept == takedowns.get(ASKED.takedown_id)
    assert takedowns.evidence(kept) == THEIRS
    assert "Invented" not in everything(store)
    assert "number 9" not in everything(store)


def test_after_an_erasure_the_evidence_is_gone_and_the_takedown_is_not(takedowns, store):
    kept = captured(takedowns)
    erasures, by = Erasures(store, a_pen()), [PersonId("comms-1"), PersonId("comms-2")]
    asked = Erasure("01ERASURE", kept.evidence_leaf, next(iter(Basis)), "Asked to.", by[0], NOW)
    erasures.ask(asked)
    approved = replace(asked, state=State.APPROVED, decided_by=by[1], decided_at=NOW)
    erasures.decide(asked, approved)
    erasures.carry_out(approved, carried_out(approved, NOW))

    assert takedowns.evidence(kept) is None
    assert takedowns.get(ASKED.takedown_id) == kept


def test_nothing_counts_as_done_of_what_nothing_was_kept_of(takedowns, store):
    takedowns.ask(ASKED, act())
    left = replace(ASKED, state=TakedownState.LEFT, told="No machine can.")
    takedowns.advance(ASKED, left, act(Taken.LEFT))
    done = left.ended(TakedownState.DONE, NOW, "By hand.")

    with pytest.raises(NoEvidenceError):
        takedowns.advance(left, done, act(Taken.DONE))

    assert takedowns.get(ASKED.takedown_id) == left
    assert takedowns.advance(left, done, act(Taken.DONE, THEIRS)).evidence_leaf
    assert leaves(store) == 3


def test_no_step_is_skipped_and_of_two_that_are_first_one_is(takedowns, store):
    takedowns.ask(ASKED, act())
    with pytest.raises(UnlawfulStepError):
        takedowns.advance(ASKED, replace(ASKED, state=TakedownState.PROVED), act(Taken.PROVED))

    left = replace(ASKED, state=TakedownState.LEFT)
    takedowns.advance(ASKED, left, act(Taken.LEFT))
    with pytest.raises(ChangedError):
        takedowns.advance(ASKED, replace(ASKED, state=TakedownState.ABSENT), act(Taken.ABSENT))
    assert leaves(store) == 2


def test_an_appeal_is_sealed_and_what_is_upheld_moves_until_it_is_shown_again(takedowns):
    kept = captured(takedowns)
    done = replace(kept, state=TakedownState.DONE)
    takedowns.advance(kept, done, act(Taken.DONE))
    proved = done.ended(TakedownState.PROVED, NOW, "")
    proved = takedowns.advance(done, proved, act(Taken.PROVED))
    assert takedowns.moving() == ()

    theirs = {"from": "Pat Invented", "text": "It was my own address."}
    appealed = replace(proved, appeal=Appeal(NOW, PersonId("comms-1")))
    appealed = takedowns.receive_appeal(proved, appealed, act(Taken.APPEALED, theirs))
    assert takedowns.get(ASKED.takedown_id) == appealed
    assert takedowns.appeal_of(appealed) == theirs
    assert takedowns.moving() == ()

    ruling = replace(
        appealed.appeal, upheld=True, decided_by=PersonId("comms-2"), decided_at=NOW, why="Theirs."
    )
    upheld = replace(appealed, appeal=ruling)
    takedowns.advance(appealed, upheld, act(Taken.APPEAL_DECIDED))
    assert takedowns.moving() == (upheld,)

    undone = upheld.ended(TakedownState.UNDONE, NOW, "Shown again.")
    takedowns.advance(upheld, undone, act(Taken.UNDONE))
    assert takedowns.moving() == ()


def test_the_address_goes_with_the_ending(takedowns):
    kept = captured(takedowns)

    assert kept.address
    done = takedowns.advance(kept, replace(kept, state=TakedownState.DONE), act(Taken.DONE))
    assert done.address
    over = takedowns.advance(done, done.ended(TakedownState.PROVED, NOW, ""), act(Taken.PROVED))
    assert over.address == ""
    assert takedowns.get(ASKED.takedown_id) == over


def test_lists_are_newest_first_by_cursor_for_all_and_for_one_account(takedowns):
    asked = [replace(ASKED, takedown_id=f"01TAKEDOWN{number}") for number in range(5)]
    asked[2] = replace(asked[2], account=AccountId("oadby"))
    for each in asked:
        takedowns.ask(each, act())

    first = takedowns.listed(limit=3)
    rest = takedowns.listed(first.cursor, limit=3)
    assert [*first.entries, *rest.entries] == asked[::-1]
    assert rest.cursor is None
    of_one = takedowns.of_account(ASKED.account)
    assert of_one.entries == (asked[4], asked[3], asked[1], asked[0])
    assert takedowns.of_account(AccountId("")).entries == ()


def test_a_block_comes_with_the_evidence_or_not_at_all(takedowns, blocks):
    takedowns.ask(ASKED, act())
    after = replace(ASKED, state=TakedownState.CAPTURED)
    with_it = (BLOCK, block_act())
    takedowns.advance(ASKED, after, act(Taken.EVIDENCE, THEIRS), with_it)

    assert blocks.get(BLOCK.block_id) == BLOCK
    other = replace(ASKED, takedown_id="01OTHER")
    takedowns.ask(other, act())
    with pytest.raises(AlreadyExistsError):
        takedowns.advance(
            other,
            replace(other, state=TakedownState.CAPTURED),
            act(Taken.EVIDENCE, THEIRS),
            with_it,
        )
    assert takedowns.get("01OTHER") == other


def test_a_takedown_that_is_not_there(takedowns, blocks):
    with pytest.raises(NotFoundError):
        takedowns.get("01NOBODY")
    with pytest.raises(NotFoundError):
        blocks.get("01NOBODY")


def test_a_block_is_due_on_its_day_and_not_before(blocks):
    blocks.ask(BLOCK, block_act())
    assert blocks.moving() == (BLOCK,)
    assert blocks.due(date(2027, 1, 1)) == ()

    active = replace(BLOCK, state=BlockState.ACTIVE)
    blocks.advance(BLOCK, active, block_act(Taken.BLOCK_ACTIVE))
    assert blocks.moving() == ()
    assert blocks.due(BLOCK.review_on - timedelta(days=1)) == ()
    assert blocks.due(BLOCK.review_on) == (active,)

    later = replace(active, review_on=date(2027, 2, 1))
    blocks.advance(active, later, block_act(Taken.BLOCK_RENEWED))
    assert blocks.due(BLOCK.review_on) == ()
    assert blocks.listed().entries == (later,)


def test_whoever_is_let_in_again_is_named_in_no_row(blocks, store):
    blocks.ask(BLOCK, block_act())
    active = replace(BLOCK, state=BlockState.ACTIVE)
    blocks.advance(BLOCK, active, block_act(Taken.BLOCK_ACTIVE))
    lifting = replace(
        active, state=BlockState.LIFTING, lifted_by=PersonId("comms-2"), lifted_at=NOW
    )
    blocks.advance(active, lifting, block_act(Taken.BLOCK_LIFT_ASKED))
    assert blocks.moving() == (lifting,)
    assert "pat-invented" in everything(store)

    lifted = replace(lifting, state=BlockState.LIFTED)
    blocks.advance(lifting, lifted, block_act(Taken.BLOCK_LIFTED))

    assert blocks.get(BLOCK.block_id) == lifted.nameless()
    assert "pat-invented" not in everything(store)
    assert "u-77" not in everything(store)
    with pytest.raises(UnlawfulStepError):
        blocks.advance(lifted, active, block_act(Taken.BLOCK_ACTIVE))


def test_a_block_that_two_change_at_once_is_changed_by_one(blocks, store):
    blocks.ask(BLOCK, block_act())
    with pytest.raises(AlreadyExistsError):
        blocks.ask(BLOCK, block_act())
    left = replace(BLOCK, state=BlockState.LEFT)
    blocks.advance(BLOCK, left, block_act(Taken.BLOCK_LEFT))
    with pytest.raises(ChangedError):
        blocks.advance(
            BLOCK, replace(BLOCK, state=BlockState.ACTIVE), block_act(Taken.BLOCK_ACTIVE)
        )
    assert leaves(store) == 2
