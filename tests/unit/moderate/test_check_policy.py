"""The words again, at the door: cleared, blocked, or a second person is asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.check_policy import About, check_policy
from shared.accounts.incident import Board, Incident, Scope
from shared.accounts.registry import ApprovalMode, Level, Role
from shared.policy.check import check as policy_check
from shared.policy.circumstances import candidate_of
from shared.posts.errors import UnlawfulStepError
from shared.posts.life import State, Urgency
from shared.posts.names import AccountId, IncidentId, PersonId, PlatformName
from shared.records.errors import PostMovedError
from tests.builders import NOW, a_person, a_post, an_account, an_approver
from tests.unit.fakes import Ledger
from tests.unit.policy.candidates import PACK

CLEAN = "The road is open again."
FLAGGED = "RESTRICTED briefing: the road is open again."
BLOCKED = "Open again! #a #b #c #d #e #f"


def a_scene(post, account=None, author=None):
    return Ledger().keep(post, account or an_account(), author or a_person())


def check(ledger, post, now=NOW, **how):
    return check_policy(
        post.post_id, 1, posts=ledger.posts, snapshots=ledger.snapshots, pack=PACK, now=now, **how
    )


def found_in(text):
    """What compose found in these words when they were submitted."""
    candidate = candidate_of(a_post(text).draft, a_person(), an_account())
    return tuple(finding.as_dict() for finding in policy_check(candidate, PACK).findings)


OUTCOMES = [
    # the words, when the account's posts are read by a second person, what is told, what is so
    (CLEAN, ApprovalMode.FLAGGED, "clear", State.CLEARED),
    (CLEAN, ApprovalMode.ALWAYS, "needs_approval", State.SUBMITTED),
    (FLAGGED, ApprovalMode.FLAGGED, "needs_approval", State.SUBMITTED),
    (FLAGGED, ApprovalMode.ALWAYS, "needs_approval", State.SUBMITTED),
    (BLOCKED, ApprovalMode.FLAGGED, "blocked", State.BLOCKED),
    (BLOCKED, ApprovalMode.ALWAYS, "blocked", State.BLOCKED),
]


@pytest.mark.parametrize(("text", "mode", "outcome", "state"), OUTCOMES)
def test_the_verdict_and_the_account_decide_who_is_asked(text, mode, outcome, state):
    post = a_post(text)
    ledger = a_scene(post, an_account(approval_mode=mode))

    checked = check(ledger, post)

    assert checked.outcome == outcome
    assert ledger.posts.get(post.post_id).state is state


CORPORATE = [
    # the words, the account's level, what is told
    (CLEAN, Level.CORPORATE, "clear"),
    (FLAGGED, Level.CORPORATE, "needs_approval"),
    (BLOCKED, Level.CORPORATE, "blocked"),
    (FLAGGED, Level.LPT, "needs_approval"),
    (FLAGGED, Level.NEIGHBOURHOOD, "needs_approval"),
]


@pytest.mark.parametrize(("text", "level", "outcome"), CORPORATE)
def test_not_even_the_centres_own_account_is_freed_from_what_is_to_be_reviewed(
    text, level, outcome
):
    post = a_post(text)
    ledger = a_scene(post, an_account(approval_mode=ApprovalMode.NONE, level=level))

    assert check(ledger, post).outcome == outcome


@pytest.mark.parametrize(("text", "act"), [(CLEAN, "post.cleared"), (BLOCKED, "post.blocked")])
def test_what_the_check_decided_is_on_record_with_the_policy_that_decided(text, act):
    post = a_post(text, policy_version="last year's")
    ledger = a_scene(post)

    check(ledger, post)

    kept = ledger.posts.get(post.post_id)
    assert kept.policy_version == PACK.policy_version
    assert [found["rule"] for found in kept.findings] == ledger.acts[0].payload["rules"]
    assert ledger.happened == [act]
    assert ledger.acts[0].payload["policy_version"] == PACK.policy_version
    assert ledger.acts[0].payload["content_hash"] == post.content_hash


def test_a_post_that_needs_a_person_is_not_moved_by_a_machine():
    post = a_post(FLAGGED, findings=found_in(FLAGGED))
    ledger = a_scene(post)

    check(ledger, post)

    assert ledger.acts == []


def test_what_todays_pack_finds_besides_is_noted_for_the_person_who_decides():
    post = a_post(FLAGGED, policy_version="last year's")
    ledger = a_scene(post)

    check(ledger, post)

    kept = ledger.posts.get(post.post_id)
    assert (kept.state, kept.findings) == (State.SUBMITTED, found_in(FLAGGED))
    assert kept.policy_version == PACK.policy_version
    assert ledger.happened == ["post.checked"]


@pytest.mark.parametrize("text", [CLEAN, FLAGGED, BLOCKED])
def test_a_repeated_call_tells_the_same_and_records_nothing_more(text):
    post = a_post(text)
    ledger = a_scene(post)
    first = check(ledger, post)
    acts = list(ledger.acts)

    assert check(ledger, post) == first
    assert ledger.acts == acts


def test_a_post_that_is_asked_about_already_still_needs_its_approval():
    post = a_post(CLEAN, state=State.AWAITING_APPROVAL)

    assert check(a_scene(post), post).outcome == "needs_approval"


@pytest.mark.parametrize("state", [State.RETURNED, State.PUBLISHED, State.EXPIRED, State.RELEASED])
def test_a_post_that_is_past_the_door_is_not_cleared_again(state):
    post = a_post(CLEAN, state=state)
    ledger = a_scene(post)

    with pytest.raises(UnlawfulStepError):
        check(ledger, post)
    assert ledger.acts == []


@pytest.mark.parametrize("state", [State.SUPERSEDED, State.WITHDRAWN])
def test_a_post_that_was_taken_back_before_it_came_to_the_door_ends_there(state):
    post = a_post(FLAGGED, state=state)
    ledger = a_scene(post)

    assert check(ledger, post).outcome == state.value
    assert ledger.acts == []


@pytest.mark.parametrize(
    ("now_is", "outcome"),
    [
        (State.WITHDRAWN, "withdrawn"),
        (State.SUPERSEDED, "superseded"),
        (State.CLEARED, "clear"),
    ],
)
@pytest.mark.parametrize("text", [CLEAN, FLAGGED, BLOCKED])
def test_what_overtakes_the_check_is_told_instead(text, now_is, outcome):
    post = a_post(text)
    ledger = a_scene(post)
    slow = Overtaken(ledger, replace(post, state=now_is))

    told = check_policy(post.post_id, 1, posts=slow, snapshots=ledger.snapshots, pack=PACK, now=NOW)

    assert told.outcome == outcome


class Overtaken:
    """Finds, when it comes to write, that somebody was faster."""

    def __init__(self, ledger, found):
        self.ledger, self.found = ledger, found

    def get(self, post_id, version):
        return self.ledger.posts.get(post_id, version)

    def move(self, *_, **__):
        raise PostMovedError(self.found)

    note = move


def test_a_post_that_moved_on_unforeseen_is_not_told_to_be_anything():
    post = a_post(CLEAN)
    ledger = a_scene(post)
    slow = Overtaken(ledger, replace(post, state=State.RELEASED))

    with pytest.raises(PostMovedError):
        check_policy(post.post_id, 1, posts=slow, snapshots=ledger.snapshots, pack=PACK, now=NOW)


# ── the urgent path, and what an approver changed ────────────────────────────

COMMANDER = a_person(role=Role.LPT_COMMANDER)
HURRY = "A child is missing."


@pytest.mark.parametrize(
    ("author", "outcome"),
    [
        (COMMANDER, "clear"),
        (an_approver("pc-okafor", duty=2), "clear"),
        (an_approver("pc-okafor", senior=True), "clear"),
        (an_approver("pc-okafor"), "needs_approval"),
        (a_person(), "needs_approval"),
    ],
)
@pytest.mark.parametrize("mode", ApprovalMode)
def test_what_is_to_be_reviewed_does_not_wait_where_whoever_may_says_it_is_urgent(
    author, outcome, mode
):
    post = a_post(FLAGGED, urgent_reason=HURRY)
    account = an_account(approval_mode=mode)

    assert check(a_scene(post, account, author), post).outcome == outcome


def test_what_is_blocked_stays_blocked_however_urgent():
    post = a_post(BLOCKED, urgent_reason=HURRY)

    assert check(a_scene(post, author=COMMANDER), post).outcome == "blocked"


EDITS = [
    # the words, whether edits may clear themselves, what is told
    (CLEAN, False, "needs_approval"),
    (CLEAN, True, "clear"),
    (FLAGGED, False, "needs_approval"),
    (FLAGGED, True, "needs_approval"),
    (BLOCKED, True, "blocked"),
]


@pytest.mark.parametrize(("text", "edits_clear", "outcome"), EDITS)
@pytest.mark.parametrize("urgent", [None, HURRY])
def test_what_an_approver_changed_needs_another_one_unless_the_force_says_otherwise(
    text, edits_clear, outcome, urgent
):
    post = a_post(text, editor=PersonId("comms-ray"), urgent_reason=urgent)
    ledger = a_scene(post, author=COMMANDER)

    assert check(ledger, post, edits_clear=edits_clear).outcome == outcome


# ── while an incident lasts ──────────────────────────────────────────────────

HOUR = timedelta(hours=1)


def an_incident(**changes):
    usual = {
        "scope": Scope.FORCE,
        "area": "",
        "lpt": None,
        "why": "Shots fired.",
        "declared_by": PersonId("duty-lee"),
        "declared_at": NOW - HOUR,
    }
    return Incident(IncidentId("01INCIDENT"), **usual | changes)


INCIDENTS = [
    # what was declared, what is told of words submitted now and checked an hour later
    ("lasts since before", {}, "blocked"),
    ("was declared after it was submitted", {"declared_at": NOW + HOUR / 2}, "clear"),
    ("lasted then and is over now", {"stood_down_at": NOW + HOUR / 2}, "blocked"),
    ("was over before", {"stood_down_at": NOW - HOUR / 2}, "clear"),
    ("elsewhere", {"scope": Scope.AREA, "area": "Harbour"}, "clear"),
    ("exempts the account", {"exempt": frozenset({AccountId("riverside")})}, "clear"),
    ("is a drill, and this the sandbox", {"drill": True}, "blocked"),
]


@pytest.mark.parametrize(("why", "what", "outcome"), INCIDENTS, ids=[row[0] for row in INCIDENTS])
def test_only_words_submitted_while_an_incident_lasted_are_blocked_for_it(why, what, outcome):
    post = a_post(CLEAN)
    ledger = a_scene(post)
    ledger.incidents.on_board = Board(1, (an_incident(**what),))

    checked = check(ledger, post, NOW + HOUR)

    kept = ledger.posts.get(post.post_id)
    assert checked.outcome == outcome
    assert kept.incident == ("01INCIDENT" if outcome == "blocked" else None)
    assert [f["rule"] for f in kept.findings] == ["critical-incident"] * (outcome == "blocked")


def test_a_drill_stops_nothing_that_is_meant_for_the_public():
    post = a_post(CLEAN, platforms=(PlatformName("sandbox"), PlatformName("bluesky")))
    ledger = a_scene(post)
    ledger.incidents.on_board = Board(1, (an_incident(drill=True),))

    assert check(ledger, post).outcome == "clear"


def test_a_senior_account_speaks_while_an_incident_lasts():
    post = a_post(CLEAN)
    ledger = a_scene(post, an_account(level=Level.CORPORATE, senior=True))
    ledger.incidents.on_board = Board(1, (an_incident(),))

    kept = check(ledger, post)

    assert (kept.outcome, ledger.posts.get(post.post_id).incident) == ("clear", None)


# ── what the state machine is told ───────────────────────────────────────────


def test_asking_is_told_what_to_read_with_the_post():
    post = a_post(FLAGGED, editor=PersonId("comms-ray"))
    ledger = a_scene(post, an_account(parent=AccountId("riverside-lpt")))

    assert check(ledger, post).about == About(
        (AccountId("riverside"), AccountId("riverside-lpt")),
        (PersonId("pc-okafor"), PersonId("comms-ray")),
    )


def test_how_long_people_may_take_follows_the_urgency():
    told = {}
    for urgency in Urgency:
        post = a_post(FLAGGED, urgency=urgency)
        told[urgency] = check(a_scene(post), post, NOW + 7 * HOUR).round_seconds

    assert told[Urgency.IMMEDIATE] == (600, 300, 300, 300, 0)
    assert told[Urgency.PROMPT] == (3600, 1800, 1800, 1800, 0)
    assert told[Urgency.ROUTINE] == (3600, 64 * 3600 + 1800, 1800, 1800, 0)


def test_a_post_without_a_time_is_due_at_once_and_one_with_a_time_then():
    due = NOW + timedelta(days=1)
    soon, later = a_post(CLEAN), a_post(CLEAN, not_before=due)

    assert check(a_scene(soon), soon).due_at == NOW
    assert check(a_scene(later), later).due_at == due
    assert sum(check(a_scene(later), later).round_seconds) == (due - NOW).total_seconds()
