"""Two people keep sealed months for a court: S3 lets nobody delete them, no erasure reaches what is
in them, and two people end it."""

import html
import json
import re

import pytest
from botocore.exceptions import ClientError

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER, STANDARDS
from shared.months.bag import folder, note_path
from shared.months.month import month_of
from shared.records.outbox import Outbox
from tests.workflows.deleting import asked
from tests.workflows.erasing import ask_erasure, remark
from tests.workflows.force import a_force
from tests.workflows.legal_holding import (
    HOLDS,
    NEED,
    ask_hold,
    ask_release,
    decide_hold,
    hold,
    release,
)
from tests.workflows.reaper import Reaper
from tests.workflows.test_erased_in_months import seal


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()  # only we seal, hold and erase
        yield force


class Vault:
    """The archive's bucket, as somebody with every right would try to clear it."""

    def __init__(self, force):
        self.s3 = force.stack.aws.client("s3")
        self.bucket = force.stack.environment("SealMonth")["ARCHIVE_BUCKET"]

    def versions(self, month):
        pages = self.s3.get_paginator("list_object_versions")
        found = [
            (each["Key"], each["VersionId"])
            for prefix in (folder(month), note_path(month))
            for page in pages.paginate(Bucket=self.bucket, Prefix=prefix)
            for each in page["Versions"]
        ]
        assert len(found) > 10
        return found

    def held(self, month):
        """How many of a month's objects S3 holds, of how many."""
        told = [
            self.s3.head_object(Bucket=self.bucket, Key=key, VersionId=version)
            for key, version in self.versions(month)
        ]
        on = [each for each in told if each.get("ObjectLockLegalHoldStatus") == "ON"]
        return len(on), len(told)

    def is_whole(self, month):
        on, of = self.held(month)
        return on == of

    def is_free(self, month):
        return self.held(month)[0] == 0

    def can_be_deleted(self, key, version):
        """Whether somebody can who sets the bucket's policy and its lock aside; all is put back."""
        named = {"Bucket": self.bucket, "Key": key, "VersionId": version}
        policy = self.s3.get_bucket_policy(Bucket=self.bucket)["Policy"]
        data = self.s3.get_object(**named)["Body"].read()
        self.s3.delete_bucket_policy(Bucket=self.bucket)
        try:
            self.s3.delete_object(**named, BypassGovernanceRetention=True)
        except ClientError as error:
            return error.response["Error"]["Code"] != "AccessDenied"
        else:
            self.s3.put_object(Bucket=self.bucket, Key=key, Body=data, ChecksumAlgorithm="SHA256")
            return True
        finally:
            self.s3.put_bucket_policy(Bucket=self.bucket, Policy=policy)


@pytest.fixture(scope="module")
def vault(force):
    return Vault(force)


@pytest.fixture(scope="module")
def october(force):
    """A month that is sealed."""
    return seal(force)


@pytest.fixture(autouse=True)
def _nothing_held_before(force, october):
    """Whatever a test held is let go: no test meets another's."""
    yield
    for each in force.caller(AUDITOR.person_id).get(HOLDS).json()["holds"]:
        if each["state"] == "approved":
            release(force, each["hold_id"])
        elif each["state"] == "release_asked":
            by = STANDARDS if each["release_asked"]["by"] == COMMS.person_id else COMMS
            decide_hold(force, each["hold_id"], by, decision="refuse", why="It was a test.")
            release(force, each["hold_id"])
    look(force)


def steps(force, hold_id):
    """What happened to a hold, and who stands behind it."""
    told = []
    for leaf in Outbox(force.stack.tables).pending(1000):
        said = json.loads(leaf.envelope)
        if said["subject"] == f"hold:{hold_id}":
            told.append((said["type"], said["actor"], said["approver"]))
    return told


def look(force):
    return force.stack.call("HoldMonths", {})


def test_two_people_hold_a_month_to_the_last_object_and_two_let_it_go(force, vault, october):
    heard = ask_hold(force, **{"from": str(october), "to": str(october)})
    assert heard.status == 201, heard.text
    hold_id = heard.json()["hold_id"]
    assert look(force) == {"placed": [], "released": []}
    assert vault.is_free(october)
    assert decide_hold(force, hold_id, COMMS).status == 403

    assert decide_hold(force, hold_id).json()["in_force"]
    assert look(force) == {"placed": [f"{hold_id}/{october}"], "released": []}
    assert look(force) == {"placed": [], "released": []}

    assert vault.is_whole(october)
    objects = vault.versions(october)
    assert not any(vault.can_be_deleted(*each) for each in (objects[0], objects[-1]))
    shown = force.caller(AUDITOR.person_id).get(f"{HOLDS}/{hold_id}").json()
    assert (shown["state"], shown["placed"]) == ("approved", [str(october)])

    release(force, hold_id)
    assert vault.is_whole(october)
    assert look(force) == {"placed": [], "released": [hold_id]}
    assert vault.is_free(october)
    assert vault.can_be_deleted(*objects[0])
    comms, standards = COMMS.person_id, STANDARDS.person_id
    assert steps(force, hold_id) == [
        ("hold.asked", comms, None),
        ("hold.approved", comms, standards),
        ("hold.placed", comms, standards),
        ("hold.release_asked", comms, None),
        ("hold.release_approved", comms, standards),
        ("hold.released", comms, standards),
    ]


def test_the_centre_does_not_end_a_hold_alone(force, october):
    hold_id = hold(force, **{"from": str(october)})
    assert ask_release(force, hold_id).status == 200

    refused = decide_hold(force, hold_id, DEPUTY)

    assert refused.status == 403
    assert "professional standards" in refused.text
    assert decide_hold(force, hold_id, DEPUTY, decision="refuse", why="Not yet.").status == 200
    assert ask_release(force, hold_id, STANDARDS).status == 200
    own = decide_hold(force, hold_id, STANDARDS)
    assert own.status == 403
    assert "somebody else has to approve it" in own.text
    assert decide_hold(force, hold_id, COMMS).status == 403
    assert decide_hold(force, hold_id, STANDARDS, decision="refuse", why="Asked it.").status == 200
    release(force, hold_id)


def test_a_month_that_is_sealed_while_it_is_held_is_locked_at_the_next_look(force, vault, october):
    hold_id = hold(force, **{"from": str(october.next), "subject": "account:leek-npt"})
    assert look(force)["placed"] == []

    later = seal(force)
    assert later == october.next
    assert look(force)["placed"] == [f"{hold_id}/{later}"]

    assert vault.is_whole(later)
    assert vault.is_free(october)
    release(force, hold_id)
    look(force)
    assert vault.is_free(later)


def test_no_erasure_reaches_what_is_held_before_or_after_it_was_agreed(force):
    now = str(month_of(force.stack.clock.now()))
    waiting, agreed = remark(force), remark(force)
    erasures = [ask_erasure(force, each).json()["erasure_id"] for each in (waiting, agreed)]
    deputy = force.caller(DEPUTY.person_id)
    yes = {"decision": "approve"}
    assert deputy.post_json(f"/v1/erasures/{erasures[1]}/decision", yes).status == 200
    hold_id = hold(force, **{"from": now, "subject": "account:leek-npt"})

    late = ask_erasure(force, remark(force))
    second = deputy.post_json(f"/v1/erasures/{erasures[0]}/decision", yes)
    for heard in (late, second):
        assert (heard.status, heard.json()["hold_id"]) == (409, hold_id)
        assert "A legal hold keeps this record" in heard.json()["detail"]
    assert force.stack.call("EraseRecords", {}) == {"erased": []}
    assert "Kept by a legal hold" in deputy.get(f"/erasures/{erasures[1]}").text

    release(force, hold_id)
    assert force.stack.call("EraseRecords", {}) == {"erased": []}  # it has not ended yet
    look(force)
    assert force.stack.call("EraseRecords", {}) == {"erased": [erasures[1]]}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize(
    ("call", "at"),
    [("HEAD", "commit/"), ("PUT", "commit/"), ("TransactWriteItems", "")],
)
def test_killed_at_a_call_the_next_look_finishes_it(force, vault, october, call, at, after):
    reaper = Reaper(force.stack)
    hold_id = hold(force, **{"from": str(october), "to": str(october)})
    with reaper.killing("HoldMonths", call, at=at, after=after):
        _look_and_die(force)
    look(force)
    assert vault.is_whole(october)

    release(force, hold_id)
    with reaper.killing("HoldMonths", call, at=at, after=after):
        _look_and_die(force)
    look(force)
    assert vault.is_free(october)
    types = [each[0] for each in steps(force, hold_id)]
    assert (types.count("hold.placed"), types.count("hold.released")) == (1, 1)


def _look_and_die(force):
    with pytest.raises(Exception):  # noqa: B017, PT011 - however a dead worker answers
        look(force)


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "from"),
        ({"from": "2026-10", "to": "2026-09"}, "to"),
        ({"from": "October"}, "from"),
        ({"from": 202610}, "from"),
        ({"subject": "leek-npt"}, "subject"),
        ({"subject": "account:../../etc"}, "subject"),
        ({"from": "2026-10", "cause": "because"}, "cause"),
        ({"from": "2026-10", "reference": " "}, "reference"),
        ({"from": "2026-10", "why": " "}, "why"),
        ({"from": "2026-10", "more": 1}, "more"),
    ],
)
def test_what_is_asked_wrongly_is_said_at_its_field(force, body, field):
    heard = force.comms.post_json(HOLDS, {**NEED, **body})

    assert heard.status == 422
    assert field in {each["field"] for each in heard.json()["errors"]}


def test_it_is_decided_once(force):
    hold_id = ask_hold(force).json()["hold_id"]
    assert decide_hold(force, hold_id, DEPUTY, decision="refuse").status == 422
    assert decide_hold(force, hold_id, DEPUTY, decision="refuse", why="No.").status == 200

    again = decide_hold(force, hold_id)

    assert again.status == 409
    assert "it is refused" in again.text
    assert ask_release(force, hold_id).status == 409


def fill(caller, path, **fields):
    main = caller.get(path).text.partition("<main")[2]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', main))
    kept = {name: html.unescape(value) for name, value in hidden.items()}
    return caller.post_form(path, {**kept, **fields})


def test_the_pages_do_the_same_and_a_form_without_a_choice_does_nothing(force):
    comms, standards = force.comms, force.caller(STANDARDS.person_id)
    assert fill(comms, "/holds/new").status == 422
    need = {"cause": "request", "reference": "FOI 18", "from": "2024-01", "to": "2024-02"}
    assert fill(comms, "/holds/new", **need).status == 422
    wrong = fill(comms, "/holds/new", **{**need, "from": "May"}, why="It was asked for.")
    assert "is no month" in wrong.text
    sent = fill(comms, "/holds/new", **need, why="It was asked for.")
    assert sent.status == 303, sent.text
    page = sent.headers["location"]

    own = fill(comms, page, decision="approve")
    assert (own.status, "somebody else has to approve it" in own.text) == (422, True)
    assert fill(standards, page).status == 422
    assert fill(standards, page, decision="refuse").status == 422
    assert fill(standards, page, decision="approve").status == 303
    assert "In force" in force.caller(AUDITOR.person_id).get(page).text
    assert fill(comms, page).status == 422
    assert fill(comms, page, why="It is answered.").status == 303
    assert fill(standards, page, decision="approve").status == 303

    shown = standards.get(page).text
    assert "Ends within the hour" in shown
    assert "<form" not in shown.partition("<main")[2]
    assert "FOI 18" in standards.get("/holds").text
    assert force.caller(OFFICER.person_id).get("/holds").status == 403


def test_a_form_about_the_hold_does_not_decide_about_its_end(force):
    hold_id = ask_hold(force).json()["hold_id"]
    page, standards = f"/holds/{hold_id}", force.caller(STANDARDS.person_id)
    main = standards.get(page).text.partition("<main")[2]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', main))
    old = {name: html.unescape(value) for name, value in hidden.items()}
    decide_hold(force, hold_id)
    ask_release(force, hold_id)

    late = standards.post_form(page, {**old, "decision": "approve"})

    assert late.status == 422
    assert "It is not what you read any more" in late.text
    shown = force.caller(AUDITOR.person_id).get(f"{HOLDS}/{hold_id}").json()
    assert shown["state"] == "release_asked"


def test_a_post_that_is_held_can_still_be_deleted_from_platforms(force):
    post_id = force.submit("The road is open again.")
    hold(force, subject=f"post:{post_id}")
    force.until(post_id)

    assert asked(force, post_id)
