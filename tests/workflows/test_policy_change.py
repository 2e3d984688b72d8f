"""A change of policy: proposed by one, approved by another, in force for everybody, on record."""

import json

import pytest

from local.force import COMMS, DEPUTY, DUTY_OFFICER, OFFICER
from shared.records.policy_in_use import SECONDS
from tests.unit.policy.candidates import pack_content
from tests.workflows.force import FREE, a_force

SIX_TAGS = {
    "text": "The A53 is open. #Leek #Roads #Snow #Winter #Traffic #Buses",
    "platforms": ["sandbox"],
}
FOUR_TAGS = {"text": "The A53 is open. #Leek #Roads #Snow #Winter", "platforms": ["sandbox"]}
"""One post a test: whichever comes first, neither is free by the other's policy."""


@pytest.fixture(scope="module")
def force():
    with a_force() as running:
        running.stack.schedules.stop()  # leaves are read where they wait for the log
        yield running


def a_change(version, **changes):
    return {"pack": {**pack_content(), "version": version, **changes}, "why": "Try more tags."}


def test_two_people_change_the_policy_and_the_next_check_reads_by_it(force):
    officer, comms = force.caller(OFFICER.person_id), force.caller(COMMS.person_id)
    deputy = force.caller(DEPUTY.person_id)
    before = officer.post_json("/v1/checks", SIX_TAGS).json()
    assert before["outcome"] == "blocked"

    sent = comms.post_json("/v1/policies", a_change("2027.01", most_hashtags=6))
    address = sent.headers["location"]
    waiting = officer.post_json("/v1/checks", SIX_TAGS).json()
    own = comms.post_json(f"{address}/approval", {})
    approved = deputy.post_json(f"{address}/approval", {})
    force.turn(seconds=SECONDS)
    after = officer.post_json("/v1/checks", SIX_TAGS).json()

    assert (sent.status, own.status, approved.status) == (201, 403, 200)
    assert waiting == before
    assert "too-many-hashtags" not in {one["rule"] for one in after["findings"]}
    assert after["policy_version"].startswith("2027.01+")
    told = comms.get("/v1/policies").json()
    assert told["in_use"]["digest"] == address.rpartition("/")[2]
    assert told["policies"][0]["approved_by"] == DEPUTY.person_id
    assert comms.get(address).json()["pack"]["most_hashtags"] == 6
    assert acts(force, address) == ["policy.approved", "policy.proposed"]


def test_a_post_is_checked_at_the_door_by_the_policy_in_use(force):
    comms, duty = force.caller(COMMS.person_id), force.caller(DUTY_OFFICER.person_id)
    address = comms.post_json("/v1/policies", a_change("2027.02", most_hashtags=4)).headers[
        "location"
    ]
    duty.post_json(f"{address}/approval", {})
    force.turn(seconds=SECONDS)
    sent = force.caller(OFFICER.person_id).post_json("/v1/posts", {**FOUR_TAGS, "account": FREE})
    assert sent.status == 202, sent.text

    force.until(sent.json()["post_id"])

    post = force.posts.get(sent.json()["post_id"], 1)
    assert post.policy_version.startswith("2027.02+")


def test_what_could_not_be_used_is_refused_with_the_field(force):
    heard = force.caller(COMMS.person_id).post_json("/v1/policies", a_change("2027.03", senior=7))

    assert heard.status == 422
    assert "senior is not a list" in heard.text


def test_an_officer_changes_no_policy(force):
    heard = force.caller(OFFICER.person_id).post_json("/v1/policies", a_change("2027.04"))

    assert heard.status == 403


def acts(force, address):
    about = f"policy:{address.rpartition('/')[2]}"
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    leaves = (json.loads(bytes(row.envelope)) for row in rows)
    return sorted(leaf["type"] for leaf in leaves if leaf["subject"] == about)
