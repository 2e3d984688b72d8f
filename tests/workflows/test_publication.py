"""Every ending of `publication`, and the path of states that leads there."""

from dataclasses import replace
from datetime import timedelta

import pytest
import yaml

from local.force import COMMS, DEPUTY, DUTY_OFFICER
from local.sandbox.faults import Fault, FaultKind
from local.tools import ROOT
from shared.accounts.registry import AccountStatus, Handle
from shared.posts.life import State
from shared.posts.names import AccountId, PlatformName
from shared.records.approval import Decision, Ruling, Way
from tests.builders import a_post, a_post_id, an_act
from tests.workflows.force import FREE, WATCHED, a_force

CHECKED = ["CheckPolicy", "IsCleared?"]
ASKED = [*CHECKED, "IsAnyoneLeftToAsk?", "AskApprover"]
AGAIN = ["NextRound", "IsAnyoneLeftToAsk?", "AskApprover"]
NOBODY = ["NextRound", "IsAnyoneLeftToAsk?", "RecordExpired", "WasItDecidedMeanwhile?"]
DUE = ["WaitUntilDue", "ReleasePost", "IsReleased?"]
TO_TARGETS = [*DUE, "PublishToTargets", "PublishTarget"]
SETTLED = ["IsSettled?", "TargetSettled"]
LOOKED = ["WaitBeforeLooking", "CountLook", "SettleTarget", "IsTruthKnown?"]
STILL_UNKNOWN = [*LOOKED, "IsAnotherLookWorthwhile?"]
CONCLUDED = ["ConcludePost", "HowDidItEnd?"]
BROKEN = ["RecordBroken", "Broken"]

PATHS = {
    "clear": [*CHECKED, *TO_TARGETS, *SETTLED, *CONCLUDED, "Published"],
    "approved": [
        *ASKED,
        "WhatWasDecided?",
        *TO_TARGETS,
        *SETTLED,
        *CONCLUDED,
        "Published",
    ],
    "blocked at the door": [*CHECKED, "Blocked"],
    "returned": [*ASKED, "WhatWasDecided?", "Returned"],
    "rejected": [*ASKED, "WhatWasDecided?", "Rejected"],
    "nobody decides": [*ASKED, *AGAIN * 3, *NOBODY, "Expired"],
    "decided between two rounds": [
        *ASKED,
        *AGAIN,
        "WhatWasDecided?",
        *TO_TARGETS,
        *SETTLED,
        *CONCLUDED,
        "Published",
    ],
    "decided in the last moment": [
        *ASKED,
        *AGAIN * 3,
        *NOBODY,
        "WhatWasDecided?",
        *TO_TARGETS,
        *SETTLED,
        *CONCLUDED,
        "Published",
    ],
    "account suspended": [*CHECKED, *DUE, "Refused"],
    "too late": [*CHECKED, *DUE, "Expired"],
    "answer lost": [
        *CHECKED,
        *TO_TARGETS,
        "IsSettled?",
        *LOOKED,
        "TargetSettled",
        *CONCLUDED,
        "Published",
    ],
    "not now": [
        *CHECKED,
        *TO_TARGETS,
        "IsSettled?",
        "WaitForPlatform",
        "SettleTarget",
        "IsTruthKnown?",
        "TargetSettled",
        *CONCLUDED,
        "Published",
    ],
    "cannot be read back": [
        *CHECKED,
        *TO_TARGETS,
        "IsSettled?",
        *STILL_UNKNOWN * 8,
        "TargetUncertain",
        *CONCLUDED,
        "Uncertain",
    ],
    "no keys": [*CHECKED, *TO_TARGETS, *SETTLED, *CONCLUDED, "Failed"],
    "no such post": ["CheckPolicy", *BROKEN],
}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        # A platform that would really make two posts of one: nothing but our own care prevents it.
        force.stack.sandbox.network.refuses_duplicates = False
        yield force


def test_every_state_of_the_machine_is_on_some_path():
    machine = yaml.safe_load((ROOT / "statemachines" / "publication.asl.yaml").read_text())
    inner = machine["States"]["PublishToTargets"]["ItemProcessor"]["States"]

    visited = {state for path in PATHS.values() for state in path} | {"PartlyPublished"}

    assert visited == machine["States"].keys() | inner.keys()


def test_a_clear_post_of_a_trusted_team_goes_out_without_waiting(force):
    post_id = force.submit("Bike marking at the market on Saturday.")

    assert force.until(post_id) is State.PUBLISHED
    assert force.ended(post_id) == PATHS["clear"]
    assert force.published("Bike marking at the market on Saturday.") == 1


def test_an_approved_post_is_published(force):
    post_id = force.submit("Surgery at the library, Tuesday from six.", WATCHED)

    force.decide(post_id, "approve")

    assert force.until(post_id) is State.PUBLISHED
    assert force.ended(post_id) == PATHS["approved"]


def test_a_post_that_todays_policy_blocks_is_stopped_at_the_door(force):
    let_in = a_post(
        "#One #two #three #four",
        account=AccountId(FREE),
        author="p-officer",
        post_id=a_post_id(force.stack.clock.now()),
        submitted_at=force.stack.clock.now(),
    )
    force.posts.submit(let_in, an_act(at=force.stack.clock.now()))

    force.turn(minutes=2)
    force.stack.call("ResumeStalled", {})

    assert force.until(let_in.post_id) is State.BLOCKED
    assert force.ended(let_in.post_id) == PATHS["blocked at the door"]
    assert force.posts.get(let_in.post_id).findings


@pytest.mark.parametrize(
    ("choice", "ending"), [("return", State.RETURNED), ("reject", State.REJECTED)]
)
def test_a_post_that_is_turned_down_goes_back_with_its_reason(force, choice, ending):
    post_id = force.submit(f"A post to {choice}.", WATCHED)

    force.decide(post_id, choice, "Say where.")

    assert force.until(post_id) is ending
    assert force.ended(post_id) == PATHS[ending.value]
    assert force.posts.get(post_id).reason == "Say where."
    assert force.published(f"A post to {choice}.") == 0


def test_a_post_nobody_decides_about_is_asked_four_times_and_expires(force):
    post_id = force.submit("Nobody reads this one.", WATCHED)

    asked = []
    for letters in (1, 2, 3, 6):
        force.letter(post_id, count=letters)
        asked.append({str(mail["To"]) for mail in force.stack.mailbox[-1:]})
        force.turn(hours=2)

    assert force.until(post_id) is State.EXPIRED
    assert force.ended(post_id) == PATHS["nobody decides"]
    assert asked[0] == asked[1] == {COMMS.email}
    assert asked[2] == {DEPUTY.email}
    assert asked[3] == {DUTY_OFFICER.email}
    assert force.published("Nobody reads this one.") == 0


def decide_without_waking(force, post_id):
    """As if the function died between its write and the use of the task token."""
    at = force.stack.clock.now()
    ruling = Ruling(Decision.APPROVE, COMMS.person_id, at, Way.LINK)
    approval = force.approvals.get(post_id, 1)
    force.approvals.decide(force.posts.get(post_id), approval, ruling, an_act(at=at))


def test_a_decision_written_between_two_rounds_is_handed_over_by_the_next(force):
    post_id = force.submit("Decided between two rounds.", WATCHED)
    force.letter(post_id)
    decide_without_waking(force, post_id)

    force.turn(seconds=3601)

    assert force.until(post_id) is State.PUBLISHED
    assert force.ended(post_id) in (
        PATHS["decided between two rounds"],
        PATHS["approved"],  # the sweep, which runs every minute, may be first
    )


def test_a_decision_that_never_woke_anybody_is_delivered_by_the_sweep(force):
    post_id = force.submit("Decided, and then silence.", WATCHED)
    force.letter(post_id)
    decide_without_waking(force, post_id)

    force.turn(minutes=1)
    force.stack.call("ResumeStalled", {})

    assert force.until(post_id) is State.PUBLISHED
    assert force.ended(post_id) == PATHS["approved"]


def test_a_decision_in_the_last_moment_still_counts(force):
    post_id = force.submit("Decided in the last moment.", WATCHED)
    for letters in (1, 2, 3):
        force.letter(post_id, count=letters)
        force.turn(hours=2)
    force.letter(post_id, count=6)
    decide_without_waking(force, post_id)
    force.turn(seconds=1801)

    assert force.until(post_id) is State.PUBLISHED
    path = force.ended(post_id)
    assert path[-1] == "Published"
    assert path.count("AskApprover") == 4


def test_a_suspended_account_says_nothing_more(force):
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
    assert force.ended(post_id) == PATHS["account suspended"]
    assert force.published("Later from Leek.") == 0


def test_a_scheduled_post_waits_for_its_time(force):
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit("Lights on at six.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)
    force.turn(hours=2, minutes=50)
    assert force.state(post_id) is State.CLEARED

    force.turn(minutes=10, seconds=2)

    assert force.until(post_id) is State.PUBLISHED


def test_a_post_that_comes_too_late_is_never_published_by_surprise(force):
    due = force.stack.clock.now() + timedelta(hours=3)
    post_id = force.submit("Come at three.", not_before=due.isoformat())
    force.until(post_id, State.CLEARED)

    force.turn(hours=6)

    assert force.until(post_id) is State.EXPIRED
    assert force.ended(post_id) == PATHS["too late"]
    assert force.published("Come at three.") == 0


@pytest.mark.parametrize(
    "kind",
    [
        FaultKind.RESETS_AFTER_COMMIT,
        FaultKind.RESETS_BEFORE_COMMIT,
        FaultKind.FAILS_AFTER_COMMIT,
        FaultKind.FAILS_BEFORE_COMMIT,
    ],
)
def test_a_lost_answer_is_settled_by_reading_back_and_never_doubles(force, kind):
    text = f"The platform hiccups: {kind.value}."
    force.stack.sandbox.faults.add(Fault(kind, containing=text))

    post_id = force.submit(text)

    assert force.turn_until(post_id, 25) is State.PUBLISHED
    assert force.ended(post_id) == PATHS["answer lost"]
    assert force.published(text) == 1


def test_a_rate_limit_is_waited_for(force):
    force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, containing="Slowly now."))

    post_id = force.submit("Slowly now.")

    assert force.turn_until(post_id, 60) is State.PUBLISHED
    assert force.ended(post_id) == PATHS["not now"]
    assert force.published("Slowly now.") == 1


def test_what_cannot_be_read_back_is_uncertain_and_never_sent_again(force):
    text = "Did it go out?"
    faults = force.stack.sandbox.faults
    faults.add(Fault(FaultKind.RESETS_AFTER_COMMIT, containing=text))
    for on in ("timeline", "read"):
        faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on=on, times=None))

    post_id = force.submit(text)

    try:
        assert force.turn_until(post_id, 25, State.UNCERTAIN) is State.UNCERTAIN
        assert force.ended(post_id) == PATHS["cannot be read back"]
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


def test_a_platform_without_keys_fails_and_says_so(force):
    account, spoken = with_a_second_voice(force, "moorlands-cmdr")
    commander = force.caller("p-commander")
    body = {"text": "To one place.", "account": account.account_id, "platforms": ["bluesky"]}

    post_id = commander.post_json("/v1/posts", body).json()["post_id"]

    assert force.until(post_id) is State.FAILED
    assert force.ended(post_id) == PATHS["no keys"]
    assert "no keys for bluesky" in force.posts.get(post_id).reason
    force.accounts.change(spoken, account, an_act(at=force.stack.clock.now()))


def test_one_platform_refusing_does_not_hide_the_other(force):
    account, spoken = with_a_second_voice(force, "force")
    chief = force.caller("p-duty-officer")
    body = {
        "text": "To two places.",
        "account": account.account_id,
        "platforms": ["sandbox", "bluesky"],
    }

    post_id = chief.post_json("/v1/posts", body).json()["post_id"]

    assert force.until(post_id) is State.PARTLY_PUBLISHED
    assert force.ended(post_id)[-1] == "PartlyPublished"
    assert force.published("To two places.") == 1
    force.accounts.change(spoken, account, an_act(at=force.stack.clock.now()))


def test_what_nobody_foresaw_ends_broken_and_fails_the_execution(force):
    post_id = a_post_id(force.stack.clock.now())
    arn = force.stack.environment("ComposeApi")["PUBLICATION_ARN"]
    force.stack.aws.client("stepfunctions").start_execution(
        stateMachineArn=arn,
        name=f"{post_id}-1",
        input=f'{{"post_id": "{post_id}", "version": 1}}',
    )

    assert force.ended(post_id) == PATHS["no such post"]
