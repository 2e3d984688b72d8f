"""Every ending of `publication`, and the path of states that leads there."""

import json
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
import yaml

from local.force import COMMS, DEPUTY, DUTY_OFFICER
from local.sandbox.faults import Fault, FaultKind
from local.tools import ROOT
from shared.accounts.registry import AccountStatus, Handle
from shared.posts.life import Outcome, State
from shared.posts.localtime import LONDON, local
from shared.posts.names import AccountId, PlatformName
from shared.posts.working_days import is_working_day, next_working_day
from shared.records.approval import Decision, Ruling, Way
from shared.records.hold import Review, Why
from tests.builders import a_post, a_post_id, an_act
from tests.workflows.force import FREE, WATCHED, a_force, eventually
from tests.workflows.holding import an_incident_lasting, hold_of, review, take_back

CHECKED = ["CheckPolicy", "IsCleared?"]
ASKED = [*CHECKED, "IsAnyoneLeftToAsk?", "AskApprover"]
AGAIN = ["NextRound", "IsAnyoneLeftToAsk?", "AskApprover"]
NOBODY = ["NextRound", "IsAnyoneLeftToAsk?", "RecordExpired", "WasItDecidedMeanwhile?"]
LOOKED_AT_LAST = ["ReleasePost", "IsReleased?"]
DUE = ["WaitUntilDue", *LOOKED_AT_LAST]
TARGETS = ["PublishToTargets", "PublishTarget"]
SETTLED = ["IsSettled?", "TargetSettled"]
LOOKED = ["WaitBeforeLooking", "CountLook", "SettleTarget", "IsTruthKnown?"]
STILL_UNKNOWN = [*LOOKED, "IsAnotherLookWorthwhile?"]
NOT_NOW = ["IsSettled?", "WaitForPlatform", "SettleTarget", "IsTruthKnown?"]
CONCLUDED = ["ConcludePost", "HowDidItEnd?"]
OUT = [*TARGETS, *SETTLED, *CONCLUDED, "Published"]
HELD = ["HoldPost", "WhatDidTheReviewSay?"]
NOT_REVIEWED = ["HoldPost", "RecordHoldExpired", "WhatDidTheReviewSay?"]
BROKEN = ["RecordBroken", "Broken"]

PATHS = {
    "clear": [*CHECKED, *DUE, *OUT],
    "approved": [*ASKED, "WhatWasDecided?", *DUE, *OUT],
    "blocked at the door": [*CHECKED, "Blocked"],
    "returned": [*ASKED, "WhatWasDecided?", "TellReturned", "Returned"],
    "rejected": [*ASKED, "WhatWasDecided?", "TellRejected", "Rejected"],
    "nobody decides": [*ASKED, *AGAIN * 3, *NOBODY, "Expired"],
    "decided between two rounds": [*ASKED, *AGAIN, "WhatWasDecided?", *DUE, *OUT],
    "decided in the last moment": [
        *ASKED,
        *AGAIN * 3,
        *NOBODY,
        "WhatWasDecided?",
        *DUE,
        *OUT,
    ],
    "decided when everybody was asked": [
        *ASKED,
        *AGAIN * 3,
        "WhatWasDecided?",
        *DUE,
        *OUT,
    ],
    "superseded at the door": [*CHECKED, "Superseded"],
    "withdrawn at the door": [*CHECKED, "Withdrawn"],
    "superseded while asked about": [
        *ASKED,
        "WhatWasDecided?",
        "TellSuperseded",
        "Superseded",
    ],
    "withdrawn while asked about": [*ASKED, "WhatWasDecided?", "Withdrawn"],
    "taken back, and the machine not told": [*ASKED, *AGAIN, "WhatWasDecided?", "Withdrawn"],
    "superseded before it was due": [*CHECKED, *DUE, "Superseded"],
    "withdrawn before it was due": [*CHECKED, *DUE, "Withdrawn"],
    "account suspended": [*CHECKED, *DUE, "TellRefused", "Refused"],
    "held and let go": [*CHECKED, *DUE, *HELD, *DUE, *OUT],
    "held and given back": [
        *CHECKED,
        *DUE,
        *HELD,
        *CONCLUDED,
        "TellReturned",
        "Returned",
    ],
    "held and superseded": [*CHECKED, *DUE, *HELD, "Superseded"],
    "held and withdrawn": [*CHECKED, *DUE, *HELD, "Withdrawn"],
    "held and forgotten": [*CHECKED, *DUE, *NOT_REVIEWED, "Expired"],
    "reviewed in the last moment": [*CHECKED, *DUE, *NOT_REVIEWED, *DUE, *OUT],
    "answer lost": [
        *CHECKED,
        *DUE,
        *TARGETS,
        "IsSettled?",
        *LOOKED,
        "TargetSettled",
        *CONCLUDED,
        "Published",
    ],
    "not now": [
        *CHECKED,
        *DUE,
        *TARGETS,
        *NOT_NOW,
        "TargetSettled",
        *CONCLUDED,
        "Published",
    ],
    "an incident, not now": [
        *CHECKED,
        *DUE,
        *TARGETS,
        *NOT_NOW,
        "TargetKeptBack",
        *CONCLUDED,
        *LOOKED_AT_LAST,
        *HELD,
        *DUE,
        *TARGETS,
        "IsSettled?",
        *LOOKED,
        "TargetSettled",
        *CONCLUDED,
        "Published",
    ],
    "an incident elsewhere, not now": [
        *CHECKED,
        *DUE,
        *TARGETS,
        *NOT_NOW,
        "TargetKeptBack",
        *CONCLUDED,
        *LOOKED_AT_LAST,
        *TARGETS,
        "IsSettled?",
        *LOOKED,
        "TargetSettled",
        *CONCLUDED,
        "Published",
    ],
    "cannot be read back": [
        *CHECKED,
        *DUE,
        *TARGETS,
        "IsSettled?",
        *STILL_UNKNOWN * 8,
        "TargetUncertain",
        *CONCLUDED,
        "Uncertain",
    ],
    "no keys": [*CHECKED, *DUE, *TARGETS, *SETTLED, *CONCLUDED, "Failed"],
    "one of two refuses": [
        *CHECKED,
        *DUE,
        *TARGETS,
        *SETTLED,
        "PublishTarget",
        *SETTLED,
        *CONCLUDED,
        "PartlyPublished",
    ],
    "no such post": ["CheckPolicy", *BROKEN],
}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        # A platform that would really make two posts of one: nothing but our own care prevents it.
        force.stack.sandbox.network.refuses_duplicates = False
        yield force


@pytest.fixture(autouse=True)
def morning(force):
    """Each test begins on the morning of a working day: who is asked depends on the hour."""
    clock = force.stack.clock
    today = local(clock.now())
    if is_working_day(today.date()) and time(9) <= today.time() < time(12):
        return
    day = next_working_day(today.date())
    clock.turn_to(datetime.combine(day, time(10), LONDON).astimezone(UTC))


@pytest.fixture(scope="module")
def machine():
    return yaml.safe_load((ROOT / "statemachines" / "publication.asl.yaml").read_text())


RACES = {
    # The sweep, which runs every minute, may be first; each state of these is on a path beside.
    "decided between two rounds",
    "decided in the last moment",
    "decided when everybody was asked",
    "reviewed in the last moment",
    "taken back, and the machine not told",
}


@pytest.fixture(scope="module")
def walked(request):
    """The paths that executions really took; all of them, where the whole file was run."""
    taken = set()
    yield taken
    parts = request.config.getoption("keyword") or "::" in " ".join(request.config.args)
    assert parts or PATHS.keys() - RACES <= taken


@pytest.fixture
def took(force, walked):
    """The path that the execution of a post took; it is one of these, or the test fails."""

    def took(post_id, *paths):
        really = force.ended(post_id)
        names = [path for path in paths if PATHS[path] == really]
        assert names, f"It went another way than {paths}: {really}"
        walked.update(names)
        return True

    return took


def test_every_state_of_the_machine_is_on_some_path(machine):
    inner = machine["States"]["PublishToTargets"]["ItemProcessor"]["States"]

    visited = {state for path in PATHS.values() for state in path}

    assert visited == machine["States"].keys() | inner.keys()


def test_every_ending_of_the_machine_ends_some_path(machine):
    endings = {
        name for name, state in machine["States"].items() if state["Type"] in {"Succeed", "Fail"}
    }

    assert {path[-1] for path in PATHS.values()} == endings


def test_a_clear_post_of_a_trusted_team_goes_out_without_waiting(force, took):
    post_id = force.submit("Bike marking at the market on Saturday.")

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "clear")
    assert force.published("Bike marking at the market on Saturday.") == 1


def test_an_approved_post_is_published(force, took):
    post_id = force.submit("Surgery at the library, Tuesday from six.", WATCHED)

    force.decide(post_id, "approve")

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "approved")


def let_in(force, text="Let in, and nothing started.", **changes):
    """A post on record whose execution was never started, as after a crash."""
    now = force.stack.clock.now()
    post = a_post(
        text,
        account=AccountId(FREE),
        author="p-officer",
        post_id=a_post_id(now),
        submitted_at=now,
        **changes,
    )
    return force.posts.submit(post, an_act(at=now))


def sweep(force):
    """The next minute's sweep."""
    force.turn(minutes=1)
    force.stack.call("ResumeStalled", {})


def test_a_post_that_todays_policy_blocks_is_stopped_at_the_door(force, took):
    post = let_in(force, "#One #two #three #four")

    sweep(force)

    assert force.until(post.post_id) is State.BLOCKED
    assert took(post.post_id, "blocked at the door")
    assert force.posts.get(post.post_id).findings


@pytest.mark.parametrize(
    ("choice", "ending"), [("return", State.RETURNED), ("reject", State.REJECTED)]
)
def test_a_post_that_is_turned_down_goes_back_with_its_reason(force, took, choice, ending):
    post_id = force.submit(f"A post to {choice}.", WATCHED)

    force.decide(post_id, choice, "Say where.")

    assert force.until(post_id) is ending
    assert took(post_id, ending.value)
    assert force.posts.get(post_id).reason == "Say where."
    assert force.published(f"A post to {choice}.") == 0


def test_a_post_nobody_decides_about_is_asked_four_times_and_expires(force, took):
    post_id = force.submit("Nobody reads this one.", WATCHED)

    asked = []
    for letters in (1, 2, 3, 6):
        force.letter(post_id, count=letters)
        asked.append(set(force.approvals.get(post_id, 1).asked))
        force.turn(hours=2)

    assert force.until(post_id) is State.EXPIRED
    assert took(post_id, "nobody decides")
    assert asked[0] == asked[1] == {COMMS.person_id}
    assert asked[2] == {DEPUTY.person_id}
    assert asked[3] == {COMMS.person_id, DEPUTY.person_id, DUTY_OFFICER.person_id}
    assert force.published("Nobody reads this one.") == 0


def decide_without_waking(force, post_id):
    """As if the function died between its write and the use of the task token."""
    at = force.stack.clock.now()
    ruling = Ruling(Decision.APPROVE, COMMS.person_id, at, Way.LINK)
    approval = force.approvals.get(post_id, 1)
    force.approvals.decide(force.posts.get(post_id), approval, ruling, an_act(at=at))


def test_a_decision_written_between_two_rounds_is_handed_over_by_the_next(force, took):
    post_id = force.submit("Decided between two rounds.", WATCHED)
    force.letter(post_id)
    decide_without_waking(force, post_id)

    force.turn(seconds=3601)

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "decided between two rounds", "approved")


def test_a_decision_in_the_last_moment_still_counts(force, took):
    post_id = force.submit("Decided in the last moment.", WATCHED)
    for letters in (1, 2, 3):
        force.letter(post_id, count=letters)
        force.turn(hours=2)
    force.letter(post_id, count=6)
    decide_without_waking(force, post_id)
    force.turn(seconds=1801)

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "decided in the last moment", "decided when everybody was asked")


# ── taken back ───────────────────────────────────────────────────────────────

TAKEN_BACK = pytest.mark.parametrize("ending", [State.SUPERSEDED, State.WITHDRAWN])


@TAKEN_BACK
def test_what_is_taken_back_before_it_was_checked_ends_at_the_door(force, took, ending):
    post = let_in(force)
    take_back(force, post.post_id, ending)

    start(force, post.post_id)

    assert took(post.post_id, f"{ending.value} at the door")
    assert force.posts.get(post.post_id, 1).state is ending


@TAKEN_BACK
def test_what_is_taken_back_while_approvers_are_asked_ends_at_once(force, took, ending):
    post_id = force.submit(f"Asked about, then {ending.value}.", WATCHED)
    force.letter(post_id)

    take_back(force, post_id, ending)

    assert took(post_id, f"{ending.value} while asked about")
    assert force.posts.get(post_id, 1).state is ending


def test_what_is_taken_back_without_waking_the_machine_ends_with_the_next_round(force, took):
    post_id = force.submit("Asked about, then silence.", WATCHED)
    force.letter(post_id)
    take_back(force, post_id, State.WITHDRAWN, wake=False)

    force.turn(seconds=3601)

    assert took(post_id, "taken back, and the machine not told", "withdrawn while asked about")
    assert force.state(post_id) is State.WITHDRAWN


@TAKEN_BACK
def test_what_is_taken_back_before_it_is_due_never_leaves(force, took, ending):
    text = f"At six, unless it is {ending.value}."
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit(text, not_before=due.isoformat())
    force.until(post_id, State.CLEARED)

    take_back(force, post_id, ending)
    force.stack.clock.turn_to(due + timedelta(seconds=1))

    assert took(post_id, f"{ending.value} before it was due")
    assert force.posts.get(post_id, 1).state is ending
    assert force.published(text) == 0


# ── the last look ────────────────────────────────────────────────────────────


def test_a_suspended_account_says_nothing_more(force, took):
    due = force.stack.clock.now() + timedelta(hours=3)
    account = force.accounts.get(AccountId("leek-npt"))
    post_id = force.submit("Later from Leek.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)
    now = force.stack.clock.now()
    suspended = replace(account, status=AccountStatus.SUSPENDED)
    force.accounts.change(account, suspended, an_act("account.suspended", at=now))

    force.stack.clock.turn_to(due)

    try:
        assert force.until(post_id) is State.REFUSED
    finally:
        force.accounts.change(suspended, account, an_act("account.resumed", at=now))
    assert took(post_id, "account suspended")
    assert force.published("Later from Leek.") == 0


def test_a_scheduled_post_waits_for_its_time(force):
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit("Lights on at six.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)
    force.turn(hours=2, minutes=50)
    assert force.state(post_id) is State.CLEARED

    force.turn(minutes=10, seconds=2)

    assert force.until(post_id) is State.PUBLISHED


# ── held ─────────────────────────────────────────────────────────────────────


def come_late(force, text):
    """A cleared post that the machine comes to three hours after it was due."""
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit(text, not_before=due.isoformat())
    force.until(post_id, State.CLEARED)
    force.turn(hours=6)
    hold_of(force, post_id)
    return post_id


def test_a_post_that_comes_too_late_is_never_published_by_surprise(force, took):
    post_id = come_late(force, "Come at three.")

    assert hold_of(force, post_id).why is Why.LATE
    assert force.published("Come at three.") == 0

    review(force, post_id, Review.RELEASE)

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "held and let go")
    assert force.published("Come at three.") == 1


def test_a_held_post_that_is_given_back_goes_to_its_author_with_the_reason(force, took):
    post_id = come_late(force, "Come at four.")

    review(force, post_id, Review.RETURN)

    assert force.until(post_id) is State.RETURNED
    assert took(post_id, "held and given back")
    assert force.posts.get(post_id).reason == "Say where."
    assert force.published("Come at four.") == 0


@TAKEN_BACK
def test_a_held_post_can_still_be_taken_back(force, took, ending):
    post_id = come_late(force, f"Held, then {ending.value}.")

    take_back(force, post_id, ending)

    assert took(post_id, f"held and {ending.value}")
    assert force.posts.get(post_id, 1).state is ending
    assert force.published(f"Held, then {ending.value}.") == 0


def test_a_held_post_that_nobody_reviews_for_a_month_expires(force, took):
    post_id = come_late(force, "Come at five.")

    force.turn(days=30, seconds=1)

    assert force.until(post_id) is State.EXPIRED
    assert took(post_id, "held and forgotten")
    assert "in time" in force.posts.get(post_id).reason


def test_a_review_in_the_last_moment_still_counts(force, took):
    post_id = come_late(force, "Come at the last moment.")
    force.turn(days=29, hours=23)
    review(force, post_id, Review.RELEASE, wake=False)

    force.turn(hours=1, minutes=5)

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "reviewed in the last moment", "held and let go")


def test_a_post_that_was_waiting_when_an_incident_was_declared_is_held_and_reviewed(force, took):
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit("The fair opens at noon.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)

    with an_incident_lasting(force) as incident:
        force.stack.clock.turn_to(due + timedelta(seconds=1))
        hold = hold_of(force, post_id)

    assert (hold.why, hold.incident) == (Why.INCIDENT, incident.incident_id)
    assert force.posts.get(post_id).incident == incident.incident_id
    assert force.published("The fair opens at noon.") == 0

    review(force, post_id, Review.RELEASE)

    assert force.until(post_id) is State.PUBLISHED
    assert took(post_id, "held and let go")
    assert force.published("The fair opens at noon.") == 1


def test_what_is_due_after_an_incident_waits_for_its_review_all_the_same(force):
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit("Due after the stand-down.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)
    with an_incident_lasting(force):
        force.turn(minutes=5)

    force.stack.clock.turn_to(due + timedelta(seconds=1))

    assert hold_of(force, post_id).why is Why.INCIDENT
    review(force, post_id, Review.RETURN)
    assert force.until(post_id) is State.RETURNED


def test_a_senior_account_goes_on_speaking_through_an_incident(force):
    commander = force.caller("p-commander")
    body = {"text": "Keep away.", "account": "moorlands-cmdr", "platforms": ["sandbox"]}

    with an_incident_lasting(force):
        post_id = commander.post_json("/v1/posts", body).json()["post_id"]

        assert force.until(post_id) is State.PUBLISHED


# ── one target ───────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.RESETS_AFTER_COMMIT,
        FaultKind.RESETS_BEFORE_COMMIT,
        FaultKind.FAILS_AFTER_COMMIT,
        FaultKind.FAILS_BEFORE_COMMIT,
    ],
)
def test_a_lost_answer_is_settled_by_reading_back_and_never_doubles(force, took, kind):
    text = f"The platform hiccups: {kind.value}."
    force.stack.sandbox.faults.add(Fault(kind, containing=text))

    post_id = force.submit(text)

    assert force.turn_until(post_id, 25) is State.PUBLISHED
    assert took(post_id, "answer lost")
    assert force.published(text) == 1


def test_a_rate_limit_is_waited_for(force, took):
    force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, containing="Slowly now."))

    post_id = force.submit("Slowly now.")

    assert force.turn_until(post_id, 60) is State.PUBLISHED
    assert took(post_id, "not now")
    assert force.published("Slowly now.") == 1


def asked_to_wait(force, text):
    """A released post whose platform said not now, once it is waited for."""
    force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, containing=text))
    post_id = force.submit(text)
    force.until(post_id, State.RELEASED)
    eventually(lambda: has_claimed(force, post_id))
    return post_id


def has_claimed(force, post_id):
    found = force.stack.aws.client("dynamodb").scan(
        TableName=force.stack.tables.publications.Meta.table_name
    )
    return any(
        item["post_id"]["S"] == post_id and item["state"]["S"] == Outcome.UNCERTAIN.value
        for item in found["Items"]
    )


def test_an_incident_declared_while_a_platform_is_waited_for_stops_the_next_attempt(force, took):
    post_id = asked_to_wait(force, "Wait, then an incident.")

    with an_incident_lasting(force) as incident:
        force.turn_until(post_id, 60, State.HELD)
        hold = hold_of(force, post_id)
        target = force.publication(post_id)

    assert (hold.why, hold.incident, hold.partly) == (Why.INCIDENT, incident.incident_id, False)
    assert (target.state, target.attempts) == (Outcome.HELD, 1)
    assert force.published("Wait, then an incident.") == 0

    review(force, post_id, Review.RELEASE)

    assert force.turn_until(post_id, 25) is State.PUBLISHED
    assert took(post_id, "an incident, not now")
    assert force.publication(post_id).attempts == 2
    assert force.published("Wait, then an incident.") == 1


def test_an_incident_elsewhere_only_has_the_post_judged_again(force, took):
    post_id = asked_to_wait(force, "Wait, then an incident elsewhere.")

    with an_incident_lasting(force, exempt=frozenset({AccountId(FREE)})):
        assert force.turn_until(post_id, 60) is State.PUBLISHED

    assert took(post_id, "an incident elsewhere, not now")
    assert force.published("Wait, then an incident elsewhere.") == 1


def test_no_target_is_claimed_by_a_board_that_was_overtaken(force):
    """Step by step, because no test can be as fast as that: released, declared, claimed."""
    post = let_in(force, "Released a moment too early.")
    cleared = force.posts.move(post, State.CLEARED, an_act(at=force.stack.clock.now()))
    version = {"post_id": cleared.post_id, "version": 1}
    about = {"accounts": [FREE], "people": ["p-officer"]}
    released = force.stack.call("ReleasePost", {**version, "about": about})
    judged = {**version, "generation": released["generation"]}

    with an_incident_lasting(force):
        target = {**judged, "account": FREE, "platform": "sandbox"}
        told = force.stack.call("PublishTarget", target)
        ending = force.stack.call("ConcludePost", judged)
        again = force.stack.call("ReleasePost", {**version, "about": about})

    assert released["outcome"] == "released"
    assert told["outcome"] == "recheck"
    assert ending["ending"] == "recheck"
    assert (again["outcome"], again["why"]) == ("held", "incident")
    assert force.state(post.post_id) is State.RELEASED  # until the machine begins to wait
    assert force.published("Released a moment too early.") == 0
    force.posts.move(force.posts.get(post.post_id), State.FAILED, an_act())


def test_what_cannot_be_read_back_is_uncertain_and_never_sent_again(force, took):
    text = "Did it go out?"
    faults = force.stack.sandbox.faults
    faults.add(Fault(FaultKind.RESETS_AFTER_COMMIT, containing=text))
    for on in ("timeline", "read"):
        faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on=on, times=None))

    post_id = force.submit(text)

    try:
        assert force.turn_until(post_id, 25, State.UNCERTAIN) is State.UNCERTAIN
        assert took(post_id, "cannot be read back")
    finally:
        faults.clear()
    assert force.publication(post_id).attempts == 1
    assert force.published(text) <= 1


def with_a_second_voice(force, account_id):
    account = force.accounts.get(AccountId(account_id))
    voice = Handle(PlatformName("bluesky"), "nobody.test", "https://pds.example")
    spoken = replace(account, handles=(*account.handles, voice))
    force.accounts.change(account, spoken, an_act(at=force.stack.clock.now()))
    return account, spoken


def test_a_platform_without_keys_fails_and_says_so(force, took):
    account, spoken = with_a_second_voice(force, "moorlands-cmdr")
    commander = force.caller("p-commander")
    body = {"text": "To one place.", "account": account.account_id, "platforms": ["bluesky"]}

    post_id = commander.post_json("/v1/posts", body).json()["post_id"]

    assert force.until(post_id) is State.FAILED
    assert took(post_id, "no keys")
    assert "no keys for bluesky" in force.posts.get(post_id).reason
    force.accounts.change(spoken, account, an_act(at=force.stack.clock.now()))


def test_one_platform_refusing_does_not_hide_the_other(force, walked):
    account, spoken = with_a_second_voice(force, "force")
    chief = force.caller("p-duty-officer")
    body = {
        "text": "To two places.",
        "account": account.account_id,
        "platforms": ["sandbox", "bluesky"],
    }

    post_id = chief.post_json("/v1/posts", body).json()["post_id"]

    assert force.until(post_id) is State.PARTLY_PUBLISHED
    path = force.ended(post_id)
    walked.add("one of two refuses")
    # Both targets at once, so in any order; before and after them there is but one.
    assert Counter(path) == Counter(PATHS["one of two refuses"])
    assert path[: len([*CHECKED, *DUE])] == [*CHECKED, *DUE]
    assert path[-3:] == [*CONCLUDED, "PartlyPublished"]
    assert force.published("To two places.") == 1
    force.accounts.change(spoken, account, an_act(at=force.stack.clock.now()))


def start(force, post_id):
    """Start the execution of a version that is on record, or of one that is not."""
    force.stack.aws.client("stepfunctions").start_execution(
        stateMachineArn=force.stack.environment("ComposeApi")["PUBLICATION_ARN"],
        name=f"{post_id}-1",
        input=json.dumps({"post_id": post_id, "version": 1}),
    )


def test_what_nobody_foresaw_ends_broken_and_fails_the_execution(force, took):
    post_id = a_post_id(force.stack.clock.now())

    start(force, post_id)

    assert took(post_id, "no such post")
