"""Who has a comment taken down, who enters and decides an appeal, and what is said by hand."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from moderate.ask_takedown import Wish, ask_takedown
from moderate.decide_appeal import Choice, Heard, decide_appeal, enter_appeal
from moderate.incident_errors import MayNotActError
from moderate.takedown_by_hand import NOT_BLOCKED, Deeds, done_by_hand
from moderate.takedown_desk import Desk
from shared.accounts.registry import Handle, Role
from shared.conductor.executions import NoAnswerError
from shared.posts.errors import InvalidTakedownError
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.posts.takedown import (
    Appeal,
    Deed,
    HouseRule,
    Takedown,
    TakedownState,
)
from shared.records.errors import ChangedError, NotFoundError
from tests.builders import NOW, a_pen, a_person, an_account, an_approver
from tests.unit.fakes import Ledger

SANDBOX = PlatformName("sandbox")
MEMBER = a_person("p-member")
COMMS = an_approver()
OTHER = an_approver("p-other-comms")
ACCOUNT = replace(
    an_account(),
    members=frozenset({MEMBER.person_id}),
    handles=(Handle(SANDBOX, "@here", "https://sandbox.example"),),
    house_rules="https://force.example/rules",
)
WISH = Wish(ACCOUNT.account_id, SANDBOX, "c77", "offensive", "It insults a boy.", Deed.HIDE)
DONE = Takedown(
    "01J0000000000000000000000T",
    ACCOUNT.account_id,
    SANDBOX,
    "c77",
    "c77",
    HouseRule.OFFENSIVE,
    "It insults a boy.",
    Deed.HIDE,
    False,
    COMMS.person_id,
    NOW,
    TakedownState.PROVED,
    LeafId("01J0000000000000000000000L"),
    ended_at=NOW + timedelta(minutes=2),
)
LEFT = replace(DONE, state=TakedownState.LEFT, ended_at=None)
APPEALED = replace(DONE, appeal=Appeal(NOW, MEMBER.person_id, LeafId("01J0000000000000000000000M")))
HEARD = Heard("A Mrs Dalby, by letter", "It was a joke.")
UPHELD = Choice(True, "It was a joke.")


@dataclass
class Kept:
    """What is on record, by the names of the repository."""

    asked: list = field(default_factory=list)
    changed: list = field(default_factory=list)

    def ask(self, takedown, act, key=None):
        self.asked.append((takedown, act, key))
        return takedown

    def advance(self, before, after, act):
        self.changed.append((before, after, act))
        return after

    receive_appeal = advance


@dataclass
class Machines:
    """Executions, and what they were told; `silent` never answers."""

    told: list = field(default_factory=list)
    silent: bool = False

    def take_down(self, kind, name):
        if self.silent:
            raise NoAnswerError("Nothing.")
        self.told.append((kind, name))


def a_desk(account=ACCOUNT, *, silent=False):
    ledger = Ledger().keep(account, MEMBER, COMMS)
    return Desk(Kept(), None, ledger.snapshots, Machines(silent=silent), a_pen())


def asked_with(desk=None, by=MEMBER, **changes):
    return ask_takedown(replace(WISH, **changes), by, desk=desk or a_desk(), now=NOW)


def test_a_member_asks_and_the_machine_begins_at_once():
    desk = a_desk()

    takedown = asked_with(desk)

    assert (takedown.state, takedown.comment_id) == (TakedownState.ASKED, "c77")
    assert desk.executions.told == [("takedown", takedown.takedown_id)]
    [(kept, act, _)] = desk.takedowns.asked
    assert (kept, act.type, act.reason) == (takedown, "takedown.asked", "offensive")
    assert act.payload["house_rules"] == "https://force.example/rules"


def test_a_machine_that_does_not_answer_undoes_nothing():
    desk = a_desk(silent=True)

    assert asked_with(desk) == desk.takedowns.asked[0][0]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PROFESSIONAL_STANDARDS, Role.REGISTRAR])
def test_who_only_reads_has_nothing_taken_down(role):
    with pytest.raises(MayNotActError):
        asked_with(by=replace(MEMBER, role=role))


def test_who_does_not_post_for_the_account_has_nothing_taken_down_there():
    with pytest.raises(MayNotActError, match="You do not post for"):
        asked_with(by=a_person("p-stranger"))


def test_the_centre_asks_for_any_account_and_may_have_the_author_blocked():
    takedown = asked_with(by=COMMS, block=True)

    assert (takedown.asked_by, takedown.block) == (COMMS.person_id, True)


def test_a_member_blocks_nobody():
    desk = a_desk()

    with pytest.raises(MayNotActError, match="Only communications staff block people"):
        asked_with(desk, block=True)

    assert desk.takedowns.asked == []


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"rule": "disagrees"}, "rule", "breaks no rule: leave it, or answer it"),
        ({"rule": "pointless"}, "rule", "breaks no rule: leave it"),
        ({"rule": "rude"}, "rule", "Choose the rule it breaks"),
        ({"why": " \n"}, "why", "Say what is wrong with it"),
        ({"platform": PlatformName("x")}, "platform", "has no voice there"),
        ({"comment": "https://elsewhere.example/1"}, "comment", "Paste the address"),
    ],
)
def test_what_is_missing_or_is_no_reason_is_named(changes, field, says):
    with pytest.raises(InvalidTakedownError, match=says) as refused:
        asked_with(**changes)

    assert refused.value.field == field


def test_without_published_house_rules_nothing_is_taken_down():
    desk = a_desk(replace(ACCOUNT, house_rules=""))

    with pytest.raises(InvalidTakedownError, match="Ask the web team to enter") as refused:
        asked_with(desk)

    assert refused.value.field == "account"
    assert desk.takedowns.asked == []


def test_an_account_that_is_not_there_is_said_so():
    with pytest.raises(NotFoundError):
        asked_with(account=AccountId("nobody"))


# ── appeals ──────────────────────────────────────────────────────────────────


def entered(takedown=DONE, heard=HEARD, by=MEMBER, desk=None):
    return enter_appeal(
        takedown, heard, by, account=ACCOUNT, desk=desk or a_desk(), now=NOW + timedelta(days=1)
    )


def test_an_appeal_is_entered_with_its_words_sealed():
    desk = a_desk()

    after = entered(desk=desk)

    [(_, _, act)] = desk.takedowns.changed
    assert (act.type, after.appeal.entered_by) == ("takedown.appealed", MEMBER.person_id)
    assert act.personal == {"who": HEARD.who, "words": HEARD.words}
    assert "joke" not in str(act.payload) + str(after)


@pytest.mark.parametrize("missing", ["who", "words"])
def test_an_appeal_without_who_or_words_is_refused(missing):
    with pytest.raises(InvalidTakedownError) as refused:
        entered(heard=replace(HEARD, **{missing: " "}))

    assert refused.value.field == missing


@pytest.mark.parametrize("takedown", [APPEALED, LEFT, replace(DONE, state=TakedownState.UNDONE)])
def test_an_appeal_is_entered_once_and_against_what_was_done(takedown):
    with pytest.raises(ChangedError):
        entered(takedown)


def test_who_only_reads_enters_no_appeal():
    with pytest.raises(MayNotActError):
        entered(by=a_person("p-auditor", role=Role.AUDITOR))


def decided(takedown=APPEALED, choice=UPHELD, by=OTHER, desk=None):
    return decide_appeal(takedown, choice, by, desk=desk or a_desk(), now=NOW + timedelta(days=2))


def test_an_appeal_that_is_upheld_has_the_machine_show_it_again():
    desk = a_desk()

    after = decided(desk=desk)

    assert after.appeal.upheld is True
    assert desk.executions.told == [("undo", APPEALED.takedown_id)]
    [(_, _, act)] = desk.takedowns.changed
    assert (act.type, act.payload["upheld"]) == ("takedown.appeal_decided", True)


@pytest.mark.parametrize(
    ("deed", "says"), [(Deed.DELETE, "cannot be shown again"), (Deed.REPORT, "The report stays")]
)
def test_what_cannot_be_undone_is_said(deed, says):
    desk = a_desk()

    after = decided(replace(APPEALED, deed=deed), desk=desk)

    assert says in after.told
    assert desk.executions.told == []


def test_an_appeal_that_is_turned_down_changes_nothing_else():
    desk = a_desk()

    after = decided(choice=Choice(False, "It names a boy."), desk=desk)

    assert (after.appeal.upheld, after.state, after.told) == (False, DONE.state, DONE.told)
    assert desk.executions.told == []


def test_nobody_decides_about_their_own_takedown():
    with pytest.raises(MayNotActError, match="somebody else of communications decides"):
        decided(by=COMMS)


def test_an_officer_decides_about_no_appeal():
    with pytest.raises(MayNotActError):
        decided(by=MEMBER)


def test_a_decision_has_a_reason():
    with pytest.raises(InvalidTakedownError, match="Say why"):
        decided(choice=Choice(True, " "))


@pytest.mark.parametrize(
    "takedown",
    [DONE, replace(APPEALED, appeal=replace(APPEALED.appeal, upheld=False))],
)
def test_an_appeal_is_decided_once_and_only_where_there_is_one(takedown):
    with pytest.raises(ChangedError):
        decided(takedown)


# ── by hand ──────────────────────────────────────────────────────────────────


def by_hand(takedown=LEFT, deeds=None, by=MEMBER, desk=None):
    return done_by_hand(
        takedown,
        deeds or Deeds("I hid it, and looked."),
        by,
        account=ACCOUNT,
        desk=desk or a_desk(),
        now=NOW + timedelta(hours=1),
    )


def test_what_is_left_to_a_person_is_done_once_they_say_so():
    desk = a_desk()

    after = by_hand(desk=desk)

    assert (after.state, after.told) == (TakedownState.DONE, "By hand: I hid it, and looked.")
    assert after.ended_at is not None
    [(_, _, act)] = desk.takedowns.changed
    assert (act.type, act.actor, act.personal) == ("takedown.done", MEMBER.person_id, {})


@pytest.mark.parametrize("missing", ["text", "author", "written"])
def test_where_the_machine_kept_nothing_the_person_has_to(missing):
    deeds = Deeds("I hid it.", "You\nlot.", "@lad", "this morning")
    bare = replace(LEFT, evidence_leaf=None)
    desk = a_desk()

    with pytest.raises(InvalidTakedownError) as refused:
        by_hand(bare, replace(deeds, **{missing: " "}))
    by_hand(bare, deeds, desk=desk)

    assert refused.value.field == missing
    [(_, after, act)] = desk.takedowns.changed
    assert act.personal == {"text": "You\nlot.", "author": "@lad", "at": "this morning"}
    assert "lot" not in str(act.payload) + str(after)


def test_whoever_was_to_be_blocked_and_was_not_is_told_of():
    bare = replace(LEFT, evidence_leaf=None, block=True)

    after = by_hand(bare, Deeds("I hid it.", "You.", "@lad", "today"))

    assert after.told.endswith(NOT_BLOCKED)


def test_after_an_upheld_appeal_it_is_shown_again_by_hand():
    upheld = replace(LEFT, appeal=replace(APPEALED.appeal, upheld=True))

    assert by_hand(upheld).state is TakedownState.UNDONE


@pytest.mark.parametrize("state", sorted(set(TakedownState) - {TakedownState.LEFT}))
def test_what_is_not_left_to_a_person_is_not_said_to_be_done(state):
    with pytest.raises(ChangedError):
        by_hand(replace(DONE, state=state))


def test_how_it_was_done_has_to_be_said():
    with pytest.raises(InvalidTakedownError, match="Say what you did"):
        by_hand(deeds=Deeds(" "))


def test_who_does_not_post_for_the_account_says_nothing_of_it():
    with pytest.raises(MayNotActError):
        by_hand(by=replace(MEMBER, person_id=PersonId("p-stranger")))
