"""Who may ask for a deletion, who decides, and what each of them has to say."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from moderate.ask_deletion import Desk, Wish, ask_deletion
from moderate.decide_deletion import Choice, decide, done_by_hand, review
from moderate.incident_errors import MayNotActError, WrongFieldError
from shared.accounts.registry import Role
from shared.conductor.executions import NoAnswerError
from shared.posts.deletion import (
    DeletionState,
    DeletionTarget,
    Evidence,
    Ground,
    Removal,
    Version,
)
from shared.posts.life import Outcome, State
from shared.posts.names import PostId
from shared.posts.outcomes import MAY_STAND
from shared.records.deletions import MOST_POSTS, Whole
from shared.records.errors import ChangedError, NotFoundError
from tests.builders import NOW, a_pen, a_person, a_post, an_account, an_approver
from tests.unit.fakes import Ledger
from tests.unit.publish.taking_away import Stage, a_deletion, a_publication

ACCOUNT = an_account()
MEMBER = a_person("p-member")
OWNED = replace(ACCOUNT, members=frozenset({MEMBER.person_id}))
COMMS = an_approver()
POST = a_post(state=State.PUBLISHED, author=MEMBER.person_id)
WISH = Wish(
    (Version(POST.post_id, 1),), Ground.PREJUDICIAL, "It names a witness.", "It was removed."
)


@dataclass
class Kept:
    """What is on record; `overtaken` plays somebody who was first."""

    asked: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    overtaken: bool = False

    def ask(self, deletion, act):
        self.asked.append((deletion, act))

    def change(self, before, after, act):
        if self.overtaken:
            raise ChangedError("deletion", before.deletion_id, "moved on meanwhile")
        self.changed.append((before, after, act))

    def whole(self, _):
        return Whole(self.changed[-1][1], task_token="token")


@dataclass
class Machines:
    """Executions, and what they were told; `silent` never answers."""

    told: list = field(default_factory=list)
    silent: bool = False

    def _hear(self, *said):
        if self.silent:
            raise NoAnswerError("Nothing.")
        self.told.append(said)

    remove = decided = _hear


def a_desk(*entries, machines=None):
    ledger = Ledger().keep(OWNED, MEMBER, COMMS, POST, a_publication(POST), *entries)
    return Desk(Kept(), ledger.publications, ledger.snapshots, machines or Machines(), a_pen())


def asked_with(desk=None, by=MEMBER, **changes):
    return ask_deletion(replace(WISH, **changes), by, desk or a_desk(), NOW)


def test_a_member_asks_and_the_machine_begins():
    desk = a_desk()

    deletion = asked_with(desk)

    assert deletion.state is DeletionState.ASKED
    assert desk.executions.told == [(deletion.deletion_id,)]
    [(kept, act)] = desk.deletions.asked
    assert (kept, act.type, act.reason) == (deletion, "deletion.asked", "prejudicial")


def test_a_machine_that_does_not_answer_undoes_nothing():
    desk = a_desk(machines=Machines(silent=True))

    assert asked_with(desk) == desk.deletions.asked[0][0]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.PROFESSIONAL_STANDARDS, Role.REGISTRAR])
def test_who_only_reads_asks_for_nothing(role):
    with pytest.raises(MayNotActError):
        asked_with(by=replace(MEMBER, role=role))


def test_who_does_not_post_for_the_account_asks_for_nothing():
    with pytest.raises(MayNotActError, match="You do not post for"):
        asked_with(by=a_person("p-stranger"))


def test_the_centre_asks_for_any_account():
    assert asked_with(by=COMMS).asked.by == COMMS.person_id


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"why": "  "}, "why"),
        ({"note": ""}, "note"),
        ({"posts": ()}, "posts"),
        ({"posts": tuple(Version(PostId(f"{n:026d}"), 1) for n in range(MOST_POSTS + 1))}, "posts"),
    ],
)
def test_what_is_missing_is_named(changes, field):
    with pytest.raises(WrongFieldError) as refused:
        asked_with(**changes)

    assert refused.value.field == field


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.WITHDRAWN])
def test_what_stands_nowhere_is_not_deleted(outcome):
    desk = a_desk(a_publication(POST, outcome))

    with pytest.raises(WrongFieldError, match="Nothing of it is out"):
        asked_with(desk)


@pytest.mark.parametrize("outcome", sorted(MAY_STAND))
def test_what_may_stand_somewhere_is_deleted_whatever_its_post_is_called(outcome):
    desk = a_desk(replace(POST, state=State.RETURNED), a_publication(POST, outcome))

    assert asked_with(desk).state is DeletionState.ASKED


def test_what_is_being_published_at_this_moment_is_deleted():
    fresh = a_post(state=State.RELEASED, author=MEMBER.person_id)
    desk = a_desk(fresh)

    assert asked_with(desk, posts=(Version(fresh.post_id, 1),)).state is DeletionState.ASKED


def test_a_post_that_is_not_there_is_not_found():
    with pytest.raises(NotFoundError):
        asked_with(posts=(Version(PostId("01J0000000000000000000000A"), 1),))


@pytest.mark.parametrize("ground", list(Ground))
def test_only_a_grave_ground_begins_at_once(ground):
    if ground is Ground.OFFENSIVE:
        with pytest.raises(WrongFieldError, match="Offence alone"):
            asked_with(by=COMMS, ground=ground, at_once=True)
    else:
        begun = asked_with(by=COMMS, ground=ground, at_once=True)
        assert (begun.state, begun.waits_for_review) == (DeletionState.APPROVED, True)


def test_an_officer_never_begins_at_once():
    with pytest.raises(MayNotActError, match="delete at once"):
        asked_with(at_once=True)


ASKED = a_deletion(POST, state=DeletionState.ASKED, ruling=None)
YES, NO = Choice(approved=True, reason=""), Choice(approved=False, reason="Correct it instead.")


def decided(choice=YES, by=COMMS, deletion=ASKED, kept=None, posts=(POST,), machines=None):
    return decide(
        Whole(deletion, task_token="token"),
        posts,
        choice,
        by,
        deletions=kept or Kept(),
        executions=machines or Machines(),
        now=NOW,
    )


@pytest.mark.parametrize(
    ("choice", "state"), [(YES, DeletionState.APPROVED), (NO, DeletionState.REFUSED)]
)
def test_a_decision_is_on_record_and_wakes_the_machine(choice, state):
    machines, kept = Machines(), Kept()

    after = decided(choice, kept=kept, machines=machines)

    assert (after.state, after.ruling.by) == (state, COMMS.person_id)
    assert machines.told == [("token", state.value)]
    assert kept.changed[0][2].actor == COMMS.person_id


@pytest.mark.parametrize("by", ["asked", "wrote", "edited"])
def test_nobody_decides_about_what_they_asked_for_or_wrote(by):
    own = COMMS.person_id
    deletion = replace(ASKED, asked=replace(ASKED.asked, by=own)) if by == "asked" else ASKED
    post = {"wrote": replace(POST, author=own), "edited": replace(POST, editor=own)}.get(by, POST)

    with pytest.raises(MayNotActError, match="somebody else"):
        decided(deletion=deletion, posts=(post,))


def test_a_refusal_needs_its_reason():
    with pytest.raises(WrongFieldError):
        decided(Choice(approved=False, reason=" "))


@pytest.mark.parametrize("state", sorted(set(DeletionState) - {DeletionState.ASKED}))
def test_what_is_decided_is_not_decided_again(state):
    with pytest.raises(ChangedError):
        decided(deletion=replace(ASKED, state=state))


def test_whoever_is_second_is_told():
    with pytest.raises(ChangedError):
        decided(kept=Kept(overtaken=True))


def test_a_decision_stands_even_if_the_machine_does_not_hear_it():
    assert decided(machines=Machines(silent=True)).state is DeletionState.APPROVED


AT_ONCE = replace(ASKED, state=DeletionState.REMOVED, asked=replace(ASKED.asked, at_once=True))


def test_what_was_begun_at_once_is_looked_at_once_with_a_reason():
    kept = Kept()

    after = review(AT_ONCE, (POST,), NO, COMMS, deletions=kept, now=NOW)

    assert (after.review.approved, after.waits_for_review) == (False, False)
    with pytest.raises(ChangedError):
        review(after, (POST,), NO, COMMS, deletions=kept, now=NOW)
    with pytest.raises(WrongFieldError):
        review(AT_ONCE, (POST,), YES, COMMS, deletions=kept, now=NOW)


def test_what_was_done_by_hand_is_gone_with_the_name_of_who_did_it():
    stage = Stage()
    target = _left(stage)

    done_by_hand(
        Whole(stage.deletion, (target,)),
        stage.post,
        "sandbox",
        "I deleted it in the app.",
        COMMS,
        deletions=stage.records,
        publications=stage.ledger.publications,
        now=NOW + timedelta(hours=2),
    )

    assert (stage.row.state, stage.row.by) == (Removal.BY_HAND, COMMS.person_id)
    assert stage.publication.state is Outcome.WITHDRAWN


@pytest.mark.parametrize(
    ("state", "why", "error"),
    [
        (Removal.PROVED, "I did.", ChangedError),
        (Removal.LEFT, " ", WrongFieldError),
    ],
)
def test_only_what_is_left_is_done_by_hand_and_never_without_a_word(state, why, error):
    stage = Stage()
    target = replace(_left(stage), state=state)

    with pytest.raises(error):
        done_by_hand(
            Whole(stage.deletion, (target,)),
            stage.post,
            "sandbox",
            why,
            COMMS,
            deletions=stage.records,
            publications=stage.ledger.publications,
            now=NOW,
        )


def _left(stage):
    evidence = Evidence(NOW, "Words.", None, "", (), "", "", NOW, {})
    target = DeletionTarget(
        stage.deletion.deletion_id,
        stage.post.post_id,
        1,
        "sandbox",
        stage.post.draft.account,
        Removal.LEFT,
        evidence,
    )
    stage.records.rows[target.deletion_id, target.post_id, 1, "sandbox"] = target
    stage.records.whole = lambda _: Whole(stage.deletion, (target,))
    return target
