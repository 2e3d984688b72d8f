"""Who keeps somebody from an account, for how long, and who lets them in again."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest

from moderate.incident_errors import MayNotActError
from moderate.keep_block import Wish, ask_block, done_by_hand, lift, renew
from moderate.takedown_desk import Desk
from shared.accounts.registry import Handle
from shared.posts.block import Block, BlockState
from shared.posts.errors import InvalidTakedownError
from shared.posts.names import PlatformName
from shared.records.errors import ChangedError
from tests.builders import NOW, a_pen, a_person, an_account, an_approver
from tests.unit.fakes import Ledger

SANDBOX = PlatformName("sandbox")
COMMS, OFFICER = an_approver(), a_person("p-officer")
ACCOUNT = replace(an_account(), handles=(Handle(SANDBOX, "@here", "https://sandbox.example"),))
TODAY = NOW.date()
WISH = Wish(ACCOUNT.account_id, SANDBOX, "u9", "@lad", "He goes on and on.")
ACTIVE = Block(
    "01J0000000000000000000000B",
    ACCOUNT.account_id,
    SANDBOX,
    "u9",
    "lad",
    "He goes on and on.",
    COMMS.person_id,
    NOW,
    TODAY + timedelta(days=90),
    state=BlockState.ACTIVE,
)


@dataclass
class Kept:
    """What is on record, and what the machines were told."""

    asked: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    told: list = field(default_factory=list)

    def ask(self, block, act, key=None):
        self.asked.append((block, act, key))
        return block

    def advance(self, before, after, act):
        self.changed.append((after, act))

    def take_down(self, kind, name):
        self.told.append((kind, name))


@pytest.fixture
def kept():
    return Kept()


@pytest.fixture
def desk(kept):
    return Desk(None, kept, Ledger().keep(ACCOUNT).snapshots, kept, a_pen())


def test_the_centre_blocks_somebody_for_ninety_days_and_the_machine_begins(desk, kept):
    block = ask_block(WISH, COMMS, desk=desk, now=NOW)

    assert (block.handle, block.state) == ("lad", BlockState.ASKED)
    assert block.review_on == TODAY + timedelta(days=90)
    assert kept.told == [("block", block.block_id)]
    [(_, act, _)] = kept.asked
    assert act.type == "block.asked"
    assert "u9" not in str(act.payload)


def test_an_officer_blocks_nobody_and_lets_nobody_in(desk, kept):
    for deed in (
        lambda: ask_block(WISH, OFFICER, desk=desk, now=NOW),
        lambda: lift(ACTIVE, "Why not.", OFFICER, desk=desk, now=NOW),
        lambda: renew(ACTIVE, None, "Why not.", OFFICER, desk=desk, now=NOW),
        lambda: done_by_hand(
            replace(ACTIVE, state=BlockState.LEFT), "So.", OFFICER, desk=desk, now=NOW
        ),
    ):
        with pytest.raises(MayNotActError):
            deed()

    assert (kept.asked, kept.changed, kept.told) == ([], [], [])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"author_id": " "}, "author_id"),
        ({"why": ""}, "why"),
        ({"platform": PlatformName("x")}, "platform"),
        ({"review_on": TODAY}, "review_on"),
        ({"review_on": TODAY + timedelta(days=366)}, "review_on"),
        ({"review_on": date.min}, "review_on"),
    ],
)
def test_what_is_wrong_is_named(desk, changes, field):
    with pytest.raises(InvalidTakedownError) as refused:
        ask_block(replace(WISH, **changes), COMMS, desk=desk, now=NOW)

    assert refused.value.field == field


def test_a_year_ahead_is_the_latest(desk):
    latest = TODAY + timedelta(days=365)

    assert ask_block(replace(WISH, review_on=latest), COMMS, desk=desk, now=NOW).review_on == latest


def test_lifting_has_the_machine_let_them_in(desk, kept):
    after = lift(ACTIVE, "A year is enough.", COMMS, desk=desk, now=NOW)

    assert (after.state, after.lifted_by) == (BlockState.LIFTING, COMMS.person_id)
    assert after.lifted_why == "A year is enough."
    assert kept.told == [("unblock", ACTIVE.block_id)]
    assert [act.type for _, act in kept.changed] == ["block.lift_asked"]


def test_a_block_that_is_renewed_has_another_day_and_no_machine(desk, kept):
    day = TODAY + timedelta(days=30)

    after = renew(ACTIVE, day, "He still does.", COMMS, desk=desk, now=NOW)

    assert (after.state, after.review_on) == (BlockState.ACTIVE, day)
    assert kept.told == []
    [(_, act)] = kept.changed
    assert (act.type, act.payload["why"]) == ("block.renewed", "He still does.")


@pytest.mark.parametrize("state", sorted(set(BlockState) - {BlockState.ACTIVE}))
def test_only_what_is_in_force_is_lifted_or_renewed(desk, state):
    other = replace(ACTIVE, state=state)

    with pytest.raises(ChangedError):
        lift(other, "Why not.", COMMS, desk=desk, now=NOW)
    with pytest.raises(ChangedError):
        renew(other, None, "Why not.", COMMS, desk=desk, now=NOW)


@pytest.mark.parametrize("deed", [lift, done_by_hand])
def test_a_reason_has_to_be_given(desk, deed):
    block = ACTIVE if deed is lift else replace(ACTIVE, state=BlockState.LEFT)

    with pytest.raises(InvalidTakedownError, match="Say why"):
        deed(block, " ", COMMS, desk=desk, now=NOW)


@pytest.mark.parametrize(
    ("lifted_at", "state", "type_"),
    [(None, BlockState.ACTIVE, "block.active"), (NOW, BlockState.LIFTED, "block.lifted")],
)
def test_by_hand_it_ends_as_it_was_meant_to(desk, kept, lifted_at, state, type_):
    left = replace(ACTIVE, state=BlockState.LEFT, lifted_at=lifted_at)

    after = done_by_hand(left, "I did it there.", COMMS, desk=desk, now=NOW)

    assert (after.state, after.told) == (state, "I did it there.")
    assert [act.type for _, act in kept.changed] == [type_]


def test_what_is_not_left_to_a_person_is_not_done_by_hand(desk):
    with pytest.raises(ChangedError):
        done_by_hand(ACTIVE, "I did.", COMMS, desk=desk, now=NOW)
