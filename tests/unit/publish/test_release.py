"""The last look before anything leaves: every reason to refuse or to hold, every moment that
counts, and what is on record of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from publish.judgement import APPROVED_LATE, LATENESS, TOO_LATE
from publish.release import About, Desk, Release, release
from shared.accounts.incident import Board
from shared.accounts.registry import AccountStatus, ApprovalMode, Level, PersonStatus, Role
from shared.mentions.mention import mention_name
from shared.policy.check import check
from shared.policy.circumstances import candidate_of
from shared.posts.content import Kind
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import ENDINGS, TAKEN_BACK, Outcome, State, Urgency
from shared.posts.names import AccountId, ContentHash, PersonId, PlatformName
from shared.posts.reply import Reply
from shared.records.approval import ApprovalState, Decision, Ruling, Way
from shared.records.errors import PostMovedError
from shared.records.hold import Why
from tests.builders import (
    NOW,
    a_person,
    a_post,
    an_account,
    an_approval,
    an_approver,
    an_incident,
)
from tests.unit.fakes import Ledger
from tests.unit.policy.candidates import PACK, a_pack, pack_content
from tests.unit.publish.test_conclude import a_publication

A_SECOND = timedelta(seconds=1)
DUE = NOW + timedelta(days=1)
DECIDED = NOW + timedelta(minutes=30)
CHANGED = ContentHash("0" * 64)
SANDBOX = PlatformName("sandbox")
SAID = mention_name(AccountId("riverside"), SANDBOX, "77")
A_REPLY = {"kind": Kind.REPLY, "about": SAID}
OTHER_PARENT = "not what was approved"


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


class InUse:
    """The policy of a day, known from the start."""

    def __init__(self, pack=PACK, *, is_known=True):
        self.pack, self.is_known, self.learnt = pack, is_known, []

    def learn(self, found):
        self.learnt.append(found)

    def __call__(self, today):
        return self.pack


def let_go(ledger, post, now=NOW, policy=None):
    desk = Desk(ledger.posts, ledger.snapshots, policy or InUse(), lambda pack, _: pack)
    about = About((post.draft.account,), (post.author,))
    return release(post.post_id, 1, about, desk, now)


def found_in(text):
    """What the check found in these words when they were cleared."""
    candidate = candidate_of(a_post(text).draft, a_person(), an_account())
    return tuple(finding.as_dict() for finding in check(candidate, PACK).findings)


def test_a_cleared_post_is_released_for_its_targets_and_it_is_on_record():
    ledger, post = a_scene()

    released = let_go(ledger, post)

    assert released == Release(State.RELEASED, 0, targets=post.draft.platforms)
    assert ledger.posts.get(post.post_id).state is State.RELEASED
    assert ledger.happened == ["post.released"]
    assert ledger.acts[0].payload == {
        "content_hash": post.content_hash,
        "platforms": ["sandbox"],
        "policy_version": post.policy_version,
        "policy_version_now": PACK.policy_version,
        "state": "released",
    }


def test_a_reply_to_what_was_cleared_is_released():
    ledger, post = a_scene(**A_REPLY, reply=Reply(SAID, SANDBOX, "77"))

    assert let_go(ledger, post).outcome is State.RELEASED


def test_an_approved_post_is_released_and_its_leaf_names_the_approver():
    ledger, post = a_scene(ruling=a_ruling())

    assert let_go(ledger, post, DECIDED).outcome is State.RELEASED
    assert ledger.acts[0].approver == "comms-ray"


REFUSALS = [
    # what is so by now, and a word of the reason
    ("other words are stored", {"content_hash": CHANGED}, "stored words"),
    ("it replies to something else", A_REPLY | {"reply": Reply(SAID, SANDBOX, "78")}, OTHER_PARENT),
    ("a reply answers nobody", A_REPLY, OTHER_PARENT),
    ("no reply answers somebody", {"reply": Reply(SAID, SANDBOX, "77")}, OTHER_PARENT),
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


# ── by today's policy ────────────────────────────────────────────────────────

FLAGGED = "RESTRICTED briefing: the road is open again."
BLOCKED = "Open again! #a #b #c #d #e #f"
SEEN = {"text": FLAGGED, "findings": found_in(FLAGGED)}
SENIOR, ORDINARY = an_approver(senior=True), an_approver(senior=False)
CORPORATE = an_account(level=Level.CORPORATE, approval_mode=ApprovalMode.NONE)

POLICY = [
    # what is so by now; what becomes of it; a word of the reason
    ("blocked now", {"text": BLOCKED}, State.REFUSED, "too-many-hashtags"),
    (
        "blocked now, though it was approved",
        {"text": BLOCKED, "ruling": a_ruling()},
        State.REFUSED,
        "too-many-hashtags",
    ),
    (
        "blocked now, though it is urgent",
        {"text": BLOCKED, "urgent_reason": "Danger."},
        State.REFUSED,
        "too-many-hashtags",
    ),
    ("to review now, and not approved", {"text": FLAGGED}, State.REFUSED, "needs an approval"),
    (
        "to review now, not even for the centre",
        {"text": FLAGGED, "account": CORPORATE, "author": an_approver("pc-okafor")},
        State.REFUSED,
        "needs an approval",
    ),
    (
        "to review, and somebody who may sent it out at once",
        {"text": FLAGGED, "urgent_reason": "Danger."},
        State.RELEASED,
        "",
    ),
    (
        "to review, and its approver was shown that",
        {**SEEN, "ruling": a_ruling(), "approver": SENIOR},
        State.RELEASED,
        "",
    ),
    (
        "to review, and its approver was not shown that",
        {"text": FLAGGED, "ruling": a_ruling(), "approver": SENIOR},
        State.REFUSED,
        "was not shown protective-marking",
    ),
    (
        "grave, and its approver is not senior any more",
        {**SEEN, "ruling": a_ruling(), "approver": ORDINARY},
        State.REFUSED,
        "no longer approve",
    ),
    (
        "every post of the account is read by now",
        {"account": an_account(approval_mode=ApprovalMode.ALWAYS)},
        State.REFUSED,
        "needs an approval",
    ),
    (
        "changed by an approver, and cleared at the door",
        {"editor": PersonId("comms-ray")},
        State.RELEASED,
        "",
    ),
    (
        "changed by an approver who may not post any more",
        {"editor": PersonId("comms-ray"), "approver": an_approver(status=PersonStatus.LEFT)},
        State.REFUSED,
        "changed its words",
    ),
    (
        "approved by whoever changed it last",
        {"editor": PersonId("comms-ray"), "ruling": a_ruling()},
        State.REFUSED,
        "no longer approve",
    ),
]


@pytest.mark.parametrize(("what", "so", "outcome", "word"), POLICY, ids=[row[0] for row in POLICY])
def test_todays_policy_is_asked_once_more(what, so, outcome, word):
    ledger, post = a_scene(**so)

    released = let_go(ledger, post, DECIDED)

    assert released.outcome is outcome
    assert word in released.reason
    assert ledger.posts.get(post.post_id).state is outcome


def test_a_policy_approved_since_counts():
    words = "A longer report than the platform takes by now. " * 3
    limits = pack_content()["limits"]
    stricter = a_pack(limits={**limits, "sandbox": {**limits["x"], "maximum": 100}})

    assert let_go(*a_scene(text=words)).outcome is State.RELEASED
    assert let_go(*a_scene(text=words), policy=InUse(stricter)).outcome is State.REFUSED


def test_the_policy_in_use_is_read_with_the_post_where_it_is_not_known():
    ledger, post = a_scene()
    ledger.policy = object()
    known, unknown = InUse(), InUse(is_known=False)

    let_go(ledger, post, policy=unknown)
    let_go(ledger, post, policy=known)

    assert (unknown.learnt, known.learnt) == ([ledger.policy], [])


# ── in time ──────────────────────────────────────────────────────────────────

MARGIN = LATENESS[Urgency.PROMPT]
MOMENTS = [
    # cleared without asking: it counts from the submission
    ("at once", {}, NOW, State.RELEASED),
    ("just in time", {}, NOW + MARGIN, State.RELEASED),
    ("a second too late", {}, NOW + MARGIN + A_SECOND, State.HELD),
    # approved: it counts from the decision
    ("approved, just in time", {"ruling": a_ruling()}, DECIDED + MARGIN, State.RELEASED),
    ("approved, too late", {"ruling": a_ruling()}, DECIDED + MARGIN + A_SECOND, State.HELD),
    # with a time of its own: it counts from there
    ("a second too early", {"not_before": DUE}, DUE - A_SECOND, State.REFUSED),
    ("exactly when it is due", {"not_before": DUE}, DUE, State.RELEASED),
    ("due, just in time", {"not_before": DUE}, DUE + MARGIN, State.RELEASED),
    ("due, a second too late", {"not_before": DUE}, DUE + MARGIN + A_SECOND, State.HELD),
    # approved after it was due: somebody says whether it still goes out
    (
        "approved when it was due",
        {"not_before": DECIDED, "ruling": a_ruling()},
        DECIDED,
        "released",
    ),
    (
        "approved a second after it was due",
        {"not_before": DECIDED - A_SECOND, "ruling": a_ruling()},
        DECIDED,
        State.HELD,
    ),
    (
        "approved after it was due, and confirmed since",
        {"not_before": NOW, "ruling": a_ruling(), "reviewed_at": DECIDED + A_SECOND},
        DECIDED + A_SECOND,
        State.RELEASED,
    ),
    # confirmed: it counts from there
    ("confirmed, just in time", {"reviewed_at": DUE}, DUE + MARGIN, State.RELEASED),
    ("confirmed, and late again", {"reviewed_at": DUE}, DUE + MARGIN + A_SECOND, State.HELD),
    # words of the moment are stale sooner
    (
        "immediate, just in time",
        {"urgency": Urgency.IMMEDIATE},
        NOW + LATENESS[Urgency.IMMEDIATE],
        State.RELEASED,
    ),
    (
        "immediate, a second too late",
        {"urgency": Urgency.IMMEDIATE},
        NOW + LATENESS[Urgency.IMMEDIATE] + A_SECOND,
        State.HELD,
    ),
]


@pytest.mark.parametrize(("when", "so", "now", "outcome"), MOMENTS, ids=[m[0] for m in MOMENTS])
def test_a_post_leaves_in_its_time_and_never_by_surprise(when, so, now, outcome):
    ledger, post = a_scene(**so)

    released = let_go(ledger, post, now)

    assert released.outcome == outcome
    if outcome == State.HELD:  # it is held, and on record, where the machine begins to wait
        assert released.why is Why.LATE
        assert ledger.acts == []
    else:
        assert ledger.happened == [f"post.{released.outcome.value}"]


def test_every_urgency_has_its_margin():
    assert LATENESS.keys() == set(Urgency)


@pytest.mark.parametrize(
    ("so", "now", "reason"),
    [
        ({}, NOW + timedelta(days=1), TOO_LATE),
        ({"not_before": NOW, "ruling": a_ruling()}, DECIDED, APPROVED_LATE),
    ],
)
def test_what_comes_late_says_how(so, now, reason):
    ledger, post = a_scene(**so)

    assert let_go(ledger, post, now).reason == reason


# ── through an incident ──────────────────────────────────────────────────────

DECLARED = NOW + timedelta(minutes=5)
OVER = DECLARED + timedelta(minutes=30)
LASTING = an_incident(declared_at=DECLARED)
STOOD_DOWN = replace(LASTING, stood_down_by=PersonId("comms-ray"), stood_down_at=OVER)
AFTER = OVER + timedelta(minutes=5)

INCIDENTS = [
    # the incident, what is so besides, when it is looked at, what becomes of it
    ("it lasts", LASTING, {}, DECLARED, State.HELD),
    ("it is over, and nobody reviewed the post", STOOD_DOWN, {}, AFTER, State.HELD),
    ("sent in after it was over", STOOD_DOWN, {"submitted_at": OVER}, AFTER, State.RELEASED),
    (
        "reviewed after it was over",
        STOOD_DOWN,
        {"reviewed_at": AFTER, "incident_reviewed_at": AFTER},
        AFTER,
        State.RELEASED,
    ),
    (
        "confirmed as late, by whoever may not have heard of it",
        STOOD_DOWN,
        {"reviewed_at": AFTER},
        AFTER,
        State.HELD,
    ),
    (
        "reviewed, and declared anew",
        LASTING,
        {"reviewed_at": NOW, "incident_reviewed_at": NOW},
        DECLARED,
        State.HELD,
    ),
    (
        "approved while it lasts",
        LASTING,
        {"ruling": a_ruling(at=DECLARED)},
        DECLARED,
        State.HELD,
    ),
    (
        "its account is exempt",
        replace(LASTING, exempt=frozenset({AccountId("riverside")})),
        {},
        DECLARED,
        State.RELEASED,
    ),
    (
        "a commander speaks",
        LASTING,
        {"author": a_person(role=Role.LPT_COMMANDER)},
        DECLARED,
        "released",
    ),
    (
        "refused all the same",
        LASTING,
        {"account": an_account(status=AccountStatus.CLOSED)},
        DECLARED,
        "refused",
    ),
    ("it comes late besides", LASTING, {}, NOW + timedelta(days=1), State.HELD),
]


@pytest.mark.parametrize(
    ("what", "incident", "so", "now", "outcome"), INCIDENTS, ids=[row[0] for row in INCIDENTS]
)
def test_what_was_on_its_way_when_an_incident_was_declared_waits_for_a_review(
    what, incident, so, now, outcome
):
    ledger, post = a_scene(**so)
    ledger.incidents.on_board = Board(7, (incident,))

    released = let_go(ledger, post, now)

    assert (released.outcome, released.generation) == (outcome, 7)
    if outcome == State.HELD:
        assert (released.why, released.incident) == (Why.INCIDENT, incident.incident_id)
        assert (released.targets, ledger.acts) == ((), [])


# ── a second look ────────────────────────────────────────────────────────────


def test_a_released_post_is_judged_anew_and_nothing_is_recorded_if_nothing_changed():
    ledger, post = a_scene(state=State.RELEASED)
    ledger.incidents.on_board = Board(3, ())

    assert let_go(ledger, post) == Release(State.RELEASED, 3, targets=post.draft.platforms)
    assert ledger.acts == []


@pytest.mark.parametrize(
    ("claimed", "partly"),
    [
        ((), False),
        ((Outcome.HELD,), False),
        ((Outcome.FAILED,), False),
        ((Outcome.SENT,), True),
        ((Outcome.WITHDRAWN,), True),
        ((Outcome.UNCERTAIN,), True),
        ((Outcome.HELD, Outcome.PENDING), True),
    ],
)
def test_a_post_that_is_held_at_a_second_look_says_whether_some_of_it_is_out(claimed, partly):
    ledger, post = a_scene(state=State.RELEASED, platforms=("bluesky", "sandbox"))
    ledger.incidents.on_board = Board(3, (LASTING,))
    ledger.keep(*map(a_publication, [post] * 2, post.draft.platforms, claimed))

    released = let_go(ledger, post, DECLARED)

    assert (released.outcome, released.partly) == (State.HELD, partly)


@pytest.mark.parametrize(
    ("claimed", "outcome"),
    [
        ((), State.REFUSED),
        ((Outcome.FAILED,), State.REFUSED),
        ((Outcome.SENT,), State.PARTLY_PUBLISHED),
        ((Outcome.SENT, Outcome.UNCERTAIN), State.UNCERTAIN),
        ((Outcome.PENDING,), State.UNCERTAIN),
    ],
)
@pytest.mark.parametrize("so", [{"state": State.RELEASED}, {"reviewed_at": NOW}])
def test_what_is_refused_when_some_of_it_is_out_says_so_by_its_ending(so, claimed, outcome):
    closed = an_account(status=AccountStatus.CLOSED)
    ledger, post = a_scene(platforms=("bluesky", "sandbox"), account=closed, **so)
    ledger.keep(*map(a_publication, [post] * 2, post.draft.platforms, claimed))

    released = let_go(ledger, post)

    assert (released.outcome, released.targets) == (outcome, ())
    assert ledger.posts.get(post.post_id).state is outcome
    assert ledger.happened == ["post.refused"]


# ── once ─────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("so", "outcome"), [({}, State.RELEASED), ({"asked": True}, State.REFUSED)]
)
def test_a_repeated_call_gives_the_same_answer_and_records_nothing_more(so, outcome):
    ledger, post = a_scene(**so)
    first = let_go(ledger, post)

    assert let_go(ledger, post, NOW + A_SECOND) == first
    assert first.outcome is outcome
    assert len(ledger.acts) == 1


@pytest.mark.parametrize("state", sorted({*ENDINGS, State.HELD, State.UNCERTAIN}))
def test_what_ended_or_was_taken_back_before_is_told_and_left_alone(state):
    ledger, post = a_scene(state=state, reason="So it is.")

    assert let_go(ledger, post) == Release(state, 0, "So it is.")
    assert ledger.acts == []


@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("state", [State.SUBMITTED, State.AWAITING_APPROVAL])
def test_what_was_never_cleared_is_never_released_nor_held(state, late):
    ledger, post = a_scene(state=state)

    with pytest.raises(UnlawfulStepError):
        let_go(ledger, post, NOW + timedelta(days=late))
    assert ledger.acts == []


def moving_meanwhile(ledger, moved):
    """Snapshots after which the post is as somebody else left it."""

    class Meanwhile(type(ledger.snapshots)):
        def read(self, **wanted):
            found = super().read(**wanted)
            ledger.keep(moved)
            return found

    return Meanwhile(ledger)


@pytest.mark.parametrize("state", sorted(TAKEN_BACK))
def test_what_is_taken_back_this_very_moment_is_told_as_taken_back(state):
    ledger, post = a_scene()
    taken = replace(post, state=state, reason="It is not so.")
    ledger.snapshots = moving_meanwhile(ledger, taken)

    assert let_go(ledger, post) == Release(state, 0, "It is not so.")
    assert ledger.acts == []


def test_a_post_that_moved_meanwhile_is_not_released():
    ledger, post = a_scene()
    moved = replace(post, state=State.FAILED)

    ledger.snapshots = moving_meanwhile(ledger, moved)
    with pytest.raises(PostMovedError):
        let_go(ledger, post)
    assert ledger.acts == []
