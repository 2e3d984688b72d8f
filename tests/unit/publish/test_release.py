"""The last look before anything leaves: every reason to refuse, and every moment that counts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from publish.release import LATENESS, Release, release
from shared.accounts.registry import AccountStatus, PersonStatus, Role
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import ENDINGS, State
from shared.posts.names import ContentHash, PersonId
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.errors import PostMovedError
from tests.builders import NOW, a_person, a_post, an_account, an_approval, an_approver
from tests.unit.fakes import Ledger

A_SECOND = timedelta(seconds=1)
DUE = NOW + timedelta(days=1)
DECIDED = NOW + timedelta(minutes=30)


def a_ruling(decision=Decision.APPROVE, by="comms-ray", at=DECIDED):
    return Ruling(decision, PersonId(by), at, Way.LINK, None)


def a_scene(*, ruling=None, asked=False, approver=None, author=None, account=None, **post):
    """A cleared post of an active author, approved if there is a ruling."""
    cleared = a_post(**{"state": State.CLEARED, **post})
    ledger = Ledger().keep(
        cleared, account or an_account(), author or a_person(), approver or an_approver()
    )
    if ruling or asked:
        state = ApprovalState.DECIDED if ruling else ApprovalState.PENDING
        ledger.keep(replace(an_approval(cleared), state=state, ruling=ruling))
    return ledger, cleared


def let_go(ledger, post, now=NOW):
    return release(post.post_id, 1, posts=ledger.posts, snapshots=ledger.snapshots, now=now)


def test_a_cleared_post_is_released_for_its_targets_and_it_is_on_record():
    ledger, post = a_scene()

    released = let_go(ledger, post)

    assert released == Release(State.RELEASED, targets=post.draft.platforms)
    assert ledger.posts.get(post.post_id).state is State.RELEASED
    assert ledger.happened == ["post.released"]
    assert ledger.acts[0].payload == {
        "content_hash": post.content_hash,
        "platforms": ["sandbox"],
        "policy_version": post.policy_version,
    }


def test_an_approved_post_is_released_and_its_leaf_names_the_approver():
    ledger, post = a_scene(ruling=a_ruling())

    assert let_go(ledger, post, DECIDED).outcome is State.RELEASED
    assert ledger.acts[0].approver == "comms-ray"


CHANGED = ContentHash("0" * 64)
REFUSALS = [
    # what is so by now, and a word of the reason
    ("other words are stored", {"content_hash": CHANGED}, "stored words"),
    ("nobody has decided", {"asked": True}, "not given"),
    ("it was returned", {"ruling": a_ruling(Decision.RETURN)}, "not given"),
    ("it was rejected", {"ruling": a_ruling(Decision.REJECT)}, "not given"),
    (
        "the approver has left",
        {"ruling": a_ruling(), "approver": an_approver(status=PersonStatus.LEFT)},
        "approver",
    ),
    (
        "the approver is suspended",
        {"ruling": a_ruling(), "approver": an_approver(status=PersonStatus.SUSPENDED)},
        "approver",
    ),
    (
        "the approver is no longer of the centre",
        {"ruling": a_ruling(), "approver": an_approver(role=Role.OFFICER)},
        "approver",
    ),
    (
        "the approver is the author",
        {"ruling": a_ruling(by="pc-okafor"), "author": an_approver("pc-okafor")},
        "approver",
    ),
    ("the account is suspended", {"account": an_account(status=AccountStatus.SUSPENDED)}, "is sus"),
    ("the account is closed", {"account": an_account(status=AccountStatus.CLOSED)}, "is closed"),
    ("the account is only asked for", {"account": an_account(status=AccountStatus.REQUESTED)}, ""),
    ("the author has left", {"author": a_person(status=PersonStatus.LEFT)}, "author"),
    ("the author is suspended", {"author": a_person(status=PersonStatus.SUSPENDED)}, "author"),
    ("the author is no member", {"account": an_account(members=frozenset())}, "author"),
]


@pytest.mark.parametrize(("why", "so", "reason"), REFUSALS, ids=[row[0] for row in REFUSALS])
def test_what_is_no_longer_as_it_was_cleared_is_refused_with_its_reason(why, so, reason):
    ledger, post = a_scene(**so)

    released = let_go(ledger, post, DECIDED)

    assert released.outcome is State.REFUSED
    assert released.targets == ()
    assert reason in released.reason
    kept = ledger.posts.get(post.post_id)
    assert (kept.state, kept.reason) == (State.REFUSED, released.reason)
    assert [(act.type, act.reason) for act in ledger.acts] == [("post.refused", released.reason)]


def test_an_approval_of_other_words_releases_nothing():
    ledger, post = a_scene(ruling=a_ruling())
    approval = ledger.approvals.get(post.post_id, 1)
    ledger.keep(replace(approval, content_hash=CHANGED))

    assert let_go(ledger, post, DECIDED).reason == "Other words were approved than these."


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Something else."},
        {"platforms": ("sandbox", "bluesky")},
        {"not_before": NOW - A_SECOND},
        {"account": "somebody-else"},
        {"language": "cy"},
    ],
)
def test_no_part_of_a_draft_can_be_changed_between_clearing_and_release(change):
    ledger, post = a_scene(ruling=a_ruling())
    ledger.keep(replace(post, draft=replace(post.draft, **change)))
    ledger.keep(an_account("somebody-else"))

    assert let_go(ledger, post, DECIDED).outcome is State.REFUSED


MOMENTS = [
    # cleared without asking: it counts from the submission
    ("at once", {}, NOW, State.RELEASED),
    ("just in time", {}, NOW + LATENESS, State.RELEASED),
    ("a second too late", {}, NOW + LATENESS + A_SECOND, State.EXPIRED),
    # approved: it counts from the decision
    ("approved, just in time", {"ruling": a_ruling()}, DECIDED + LATENESS, State.RELEASED),
    ("approved, too late", {"ruling": a_ruling()}, DECIDED + LATENESS + A_SECOND, State.EXPIRED),
    # with a time of its own: it counts from there
    ("a second too early", {"not_before": DUE}, DUE - A_SECOND, State.REFUSED),
    ("exactly when it is due", {"not_before": DUE}, DUE, State.RELEASED),
    ("due, just in time", {"not_before": DUE}, DUE + LATENESS, State.RELEASED),
    ("due, a second too late", {"not_before": DUE}, DUE + LATENESS + A_SECOND, State.EXPIRED),
    # approved after it was due: it counts from the decision
    (
        "approved late, in time",
        {"not_before": NOW, "ruling": a_ruling()},
        DECIDED + LATENESS,
        State.RELEASED,
    ),
]


@pytest.mark.parametrize(("when", "so", "now", "outcome"), MOMENTS, ids=[m[0] for m in MOMENTS])
def test_a_post_leaves_in_its_time_and_never_by_surprise(when, so, now, outcome):
    ledger, post = a_scene(**so)

    released = let_go(ledger, post, now)

    assert released.outcome is outcome
    assert ledger.happened == [f"post.{outcome.value}"]


def test_what_came_too_late_says_so_to_its_author():
    ledger, post = a_scene()

    let_go(ledger, post, NOW + timedelta(days=1))

    assert "too late" in ledger.posts.get(post.post_id).reason


@pytest.mark.parametrize(
    ("so", "outcome"),
    [
        ({}, State.RELEASED),
        ({"asked": True}, State.REFUSED),
        ({"submitted_at": NOW - timedelta(days=1)}, State.EXPIRED),
    ],
)
def test_a_repeated_call_gives_the_same_answer_and_records_nothing_more(so, outcome):
    ledger, post = a_scene(**so)
    first = let_go(ledger, post)

    assert let_go(ledger, post, NOW + timedelta(days=9)) == first
    assert first.outcome is outcome
    assert len(ledger.acts) == 1


NEVER_CLEARED = [
    State.SUBMITTED,
    State.AWAITING_APPROVAL,
    State.UNCERTAIN,
    *sorted(ENDINGS - {State.REFUSED, State.EXPIRED}),
]


@pytest.mark.parametrize("state", NEVER_CLEARED)
def test_what_was_never_cleared_is_never_released(state):
    ledger, post = a_scene(state=state)

    with pytest.raises(UnlawfulStepError):
        let_go(ledger, post)
    assert ledger.acts == []


def test_a_post_that_moved_meanwhile_is_not_released():
    ledger, post = a_scene()
    moved = replace(post, state=State.FAILED)

    class Meanwhile(type(ledger.snapshots)):
        def read(self, **wanted):
            found = super().read(**wanted)
            ledger.keep(moved)
            return found

    with pytest.raises(PostMovedError):
        release(post.post_id, 1, posts=ledger.posts, snapshots=Meanwhile(ledger), now=NOW)
    assert ledger.acts == []
