"""Every repair of moto: the fault in stock moto (the canary), and what is right in its place.

A canary that fails after an upgrade says that moto has changed there: look whether the repair can
go. Both kinds of moto run the same scenarios, each in a process of its own.
"""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from local.clock import Clock
from local.moto_repairs import MotoChangedError, MotoVersionError
from local.moto_repairs import apply as repair_moto
from local.moto_repairs.attaching import replace

pytestmark = [pytest.mark.workflows, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
NONE = object()
"""Stock moto has no fault here; the repairs must not bring one."""

SCENARIOS: list[tuple[str, Any, Any]] = [
    # ── task tokens: (scenario, fault in stock moto, what is right)
    (
        "cause_of_a_failure",
        '{"Error": "Returned", "Cause": null}',
        '{"Error": "Returned", "Cause": "too long"}',
    ),
    ("heartbeat_nobody_asked_for", "InvalidToken", "accepted"),
    ("second_decision", ["accepted", "accepted"], ["accepted", "TaskTimedOut"]),
    ("two_decisions_at_once", ["accepted", "accepted"], ["accepted", "TaskTimedOut"]),
    ("decision_after_the_time_out", "accepted", "TaskTimedOut"),
    ("decision_after_the_end", "InvalidToken", "TaskTimedOut"),
    ("unknown_token", NONE, "InvalidToken"),
    ("decision_that_is_not_json", "accepted", "InvalidOutput"),
    ("asking_again", "the same token again", "SUCCEEDED"),
    # ── waiting by the clock
    ("approval_expires", "RUNNING", "FAILED"),
    ("approval_expires_by_its_path", "RUNNING", "FAILED"),
    ("wait_seconds", "RUNNING", "SUCCEEDED"),
    ("wait_seconds_path", "RUNNING", "SUCCEEDED"),
    ("wait_timestamp", "RUNNING", "SUCCEEDED"),
    ("wait_timestamp_path", "RUNNING", "SUCCEEDED"),
    ("heartbeat_missed", "RUNNING", "FAILED"),
    ("wait_for_a_moment_with_an_offset", "FAILED", "SUCCEEDED"),
    ("wait_is_never_short", False, True),
    ("wait_on_a_machine_far_east", "SUCCEEDED", "RUNNING"),
    ("retry_interval", "RUNNING", "FAILED"),
    ("execution_time_out", "RUNNING", "TIMED_OUT"),
    ("work_in_hand", NONE, "SUCCEEDED"),
    ("rest_is_told", NONE, [False, True]),
    ("short_time_out_of_a_plain_task", NONE, "States.Timeout"),
    ("fifty_wait_at_once", 0, 50),
    ("dates_follow_the_clock", [False, False, False], [True, True, True]),
    # ── executions
    ("two_without_a_name", "ExecutionAlreadyExists", "accepted"),
    ("name_aws_would_refuse", ["accepted", "accepted"], ["InvalidName", "ValidationException"]),
    ("same_name_at_the_same_instant", 2, 1),
    ("status_before_the_start", "AttributeError", "RUNNING"),
    (
        "stopped_while_asking",
        ["RUNNING", None, None, "TaskSubmitted"],
        ["ABORTED", "Withdrawn", "the author thought again", "ExecutionAborted"],
    ),
    ("stopped_in_a_map", "RUNNING", "ABORTED"),
    ("stopped_before_a_retry", "RUNNING", "ABORTED"),
    ("clients_are_shared", False, True),
    ("definition_is_read_once", 3, 0),
    ("put_object_with_a_json_body", "FAILED", "SUCCEEDED"),
    (
        "execution_started_by_another",
        ["FAILED", [], "e"],
        ["SUCCEEDED", ["ExecutionArn", "StartDate"], "Z"],
    ),
    (
        "mail_is_taken_by_its_head",
        [True, ["b@small.example", "b@small.example"]],
        [False, ["b@small.example", "b@small.example"]],
    ),
    (
        "what_becomes_of_mails",
        ["404", []],
        [
            "accepted",
            [
                "bounce: Email Bounced Permanent",
                "complain: Email Complaint Received",
                "complain: Email Delivered",
                "delay: Email Delivery Delayed",
                "deliver: Email Delivered",
                "full: Email Bounced Transient",
                "reject: Email Rejected",
            ],
        ],
    ),
    ("event_beside_a_schedule_rule", ["500", [], 0], ["accepted", ["heard"], 1]),
    ("caught_failures_are_logged", True, False),
    ("service_is_found_without_the_disk", 1, 0),
    ("host_is_found_once", 1, 0),
    ("path_is_read_once", 1, 0),
    ("description_is_read_once", False, True),
    ("manuals_nobody_reads", True, False),
    ("machines_nobody_hires", [1, 1], [0, 0]),
    ("which_executions_run", [False, False, False], [True, False, False]),
    (
        "secret_is_found_by_its_name",
        [1, "word 4", "word 2", "ResourceNotFoundException"],
        [0, "word 4", "word 2", "ResourceNotFoundException"],
    ),
    (
        "distributed_map_that_breaks",
        ["SUCCEEDED", None],
        ["FAILED", "States.ExceedToleratedFailureThreshold"],
    ),
    ("distributed_map_of_nothing", NONE, ["SUCCEEDED", "[]"]),
    ("distributed_map_of_many", NONE, ["SUCCEEDED", "[0, 1, 2, 3, 4, 5, 6, 7, 8]"]),
    # ── KMS
    ("ed25519_key_is_accepted", "ValidationException", "accepted"),
    (
        "ed25519_signs",
        "broke: ClientError",
        [64, 44, "ECC_NIST_EDWARDS25519", ["ED25519_SHA_512"], True],
    ),
    ("ed25519_refuses", "broke: ClientError", ["ValidationException"] * 4),
    ("key_found_by_its_alias", "broke: ClientError", 64),
    ("wrong_signature", "accepted", "KMSInvalidSignatureException"),
    ("wrong_ed25519_signature", "broke: ClientError", "KMSInvalidSignatureException"),
    # ── DynamoDB and S3
    (
        "conditional_puts_at_once",
        ["accepted", "accepted"],
        ["ConditionalCheckFailedException", "accepted"],
    ),
    ("cancelled_transaction_beside_a_write", ["taken"], ["other", "taken"]),
    (
        "transaction_cancelled_by_a_condition",
        NONE,
        [
            "None",
            ["ConditionalCheckFailed", {"id": {"S": "taken"}, "state": {"S": "pending"}}],
            "None",
            ["taken"],
        ],
    ),
    (
        "transaction_that_cannot_be_carried_out",
        ["ValidationException", ["text"]],
        ["None", "ValidationError", ["text"]],
    ),
    ("one_item_twice", NONE, ["ValidationException", []]),
    (
        "transaction_repeated_with_its_token",
        ["accepted", "ConditionalCheckFailed", "ConditionalCheckFailed", "accepted"],
        ["accepted", "accepted", "IdempotentParameterMismatchException"],
    ),
    (
        "update_that_fails_half_way",
        ["ValidationException", ["id", "n"], "2"],
        ["ValidationException", ["id", "n"], "1"],
    ),
    (
        "compliance_retention",
        ["accepted", "accepted", "accepted"],
        ["AccessDenied", "AccessDenied", "accepted"],
    ),
    (
        "retention_is_shown",
        ["500", "nothing shown"],
        ["NoSuchObjectLockConfiguration", "COMPLIANCE for 2 whole days"],
    ),
    (
        "export_by_its_manifests",
        ["at once", "COMPLETED", 2, "no manifest"],
        ["IN_PROGRESS", "COMPLETED", 1, ["one", "two"], True],
    ),
    (
        "export_repeated_with_its_token",
        [False, "accepted"],
        [True, "ExportConflictException"],
    ),
    ("objects_follow_the_clock", [False, False], [True, True]),
    ("versions_by_the_policy", ["403", "403", "403"], ["403", "accepted", "403"]),
    ("changed_forms", ["accepted"] * 5, ["accepted", "403", "403", "400", "403"]),
    ("conditional_objects_at_once", ["accepted", "accepted"], ["PreconditionFailed", "accepted"]),
    # ── what is held in memory
    ("what_is_kept_of_a_mail", [True, True, True], [False, True, False]),
    (
        "what_is_kept_of_an_object",
        [True, "the first words", True, "e f", "others", True, "her", "", True],
        [False, "the first words", True, "e f", "others", True, "her", "", True],
    ),
    ("object_that_was_replaced", True, False),
    ("threads_that_have_run", True, False),
    ("replaced_objects_at_once", ["accepted", "accepted"], ["PreconditionFailed", "accepted"]),
]
FAULTS = [(name, fault) for name, fault, _ in SCENARIOS if fault is not NONE]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, dict[str, Any]]:
    """What came of every scenario on both kinds of moto, which run at the same time."""
    runs = {
        kind: subprocess.Popen(
            [sys.executable, "-m", "tests.workflows.moto_scenarios", kind],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for kind in ("stock", "repaired")
    }
    said = {kind: run.communicate(timeout=280) for kind, run in runs.items()}
    for kind, run in runs.items():
        assert run.returncode == 0, f"{kind} moto broke down:\n{said[kind][1][-4000:]}"
    return {kind: json.loads(out) for kind, (out, _) in said.items()}


@pytest.mark.parametrize(("scenario", "fault"), FAULTS, ids=[name for name, _ in FAULTS])
def test_stock_moto_still_has_the_fault(outcomes, scenario, fault):
    assert outcomes["stock"][scenario] == fault, "moto has changed here: can our repair go?"


@pytest.mark.parametrize(
    ("scenario", "right"),
    [(name, right) for name, _, right in SCENARIOS],
    ids=[name for name, _, _ in SCENARIOS],
)
def test_repaired_moto_is_right(outcomes, scenario, right):
    assert outcomes["repaired"][scenario] == right


def test_every_scenario_is_judged(outcomes):
    judged = {name for name, _, _ in SCENARIOS}

    assert set(outcomes["stock"]) == set(outcomes["repaired"]) == judged


def test_another_version_of_moto_is_refused(monkeypatch):
    monkeypatch.setattr("local.moto_repairs.version", lambda _package: "5.3.0")
    monkeypatch.setattr("local.moto_repairs._in_use", [])

    with pytest.raises(MotoVersionError, match=r"moto 5\.3\.0 is installed.*5\.2\.5"):
        repair_moto(Clock())


def test_a_repair_that_has_lost_its_place_says_so():
    with pytest.raises(MotoChangedError, match="no 'gone' any more"):
        replace(Clock, "gone", timedelta)
