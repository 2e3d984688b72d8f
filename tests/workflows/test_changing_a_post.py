"""A post that waits is replaced or taken back by its author, and only the newest of it goes out."""

import json
from datetime import timedelta

import pytest

from local.demo.caller import Caller
from local.force import COMMS, OFFICER
from shared.posts.life import State
from shared.records.approval import ApprovalState
from tests.workflows import holding
from tests.workflows.asking import Asked, ask, at_once
from tests.workflows.force import FREE, WATCHED, a_force


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def newer(force, post_id, text, version=1, account=WATCHED, **more):
    body = {"text": text, "account": account, "platforms": ["sandbox"], **more}
    return force.officer.post_json("/v1/posts", {**body, "replaces": f"{post_id}@{version}"})


def take_back(force, post_id, version=1, who=OFFICER, reason="It is called off."):
    caller = force.caller(who.person_id)
    return caller.post_json(f"/v1/posts/{post_id}/{version}/withdraw", {"reason": reason})


def state(force, post_id, version):
    return force.posts.get(post_id, version).state


def later(force, **by):
    return (force.stack.clock.now() + timedelta(**by)).isoformat()


def leaves_about(force, post_id, version):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    leaves = (json.loads(bytes(row.envelope)) for row in rows)
    return {leaf["type"] for leaf in leaves if leaf["subject"] == f"post:{post_id}@v{version}"}


# ── a newer version ──────────────────────────────────────────────────────────


def test_a_newer_version_takes_the_place_of_one_that_waits_for_approval(force):
    asked = ask(force, "Surgery on Tuesday at six, first words.")

    heard = newer(force, asked.post_id, "Surgery on Tuesday at seven.")

    assert heard.status == 202, heard.text
    assert heard.json()["version"] == 2
    assert state(force, asked.post_id, 1) is State.SUPERSEDED
    assert "AskApprover" in force.ended(asked.post_id)
    assert force.ended(asked.post_id)[-1] == "Superseded"
    assert asked.approval().state is ApprovalState.VOID
    assert leaves_about(force, asked.post_id, 1) >= {"post.superseded", "approval.voided"}
    force.letter(asked.post_id, count=2)
    force.decide(asked.post_id, "approve")
    assert force.until(asked.post_id) is State.PUBLISHED
    assert force.published("Surgery on Tuesday at six, first words.") == 0
    assert force.published("Surgery on Tuesday at seven.") == 1


def test_the_link_to_the_older_words_says_that_there_is_nothing_to_decide(force):
    asked = ask(force, "Words that nobody decides about any more.")
    browser = asked.open()
    newer(force, asked.post_id, "The newer words of that post.")

    looked, sent = asked.open(), browser.send("approve")

    assert looked.fields.get("choice") is None
    assert (sent.status, "newer version" in sent.text) == (409, True), sent.text[:600]
    assert state(force, asked.post_id, 1) is State.SUPERSEDED
    assert asked.rulings() == []


def test_a_newer_version_takes_the_place_of_one_that_was_approved_for_later(force):
    due = later(force, hours=5)
    first = force.submit("Five o'clock.", WATCHED, not_before=due)
    asked = Asked(force, first, force.letter(first))
    asked.open().send("approve")
    assert force.until(first, State.CLEARED) is State.CLEARED

    heard = newer(force, first, "Six o'clock.", not_before=later(force, hours=6))

    assert heard.status == 202, heard.text
    assert state(force, first, 1) is State.SUPERSEDED
    assert asked.approval().state is ApprovalState.VOID
    assert asked.approval().ruling.by == COMMS.person_id, "who had approved stays on record"
    force.turn(hours=5, minutes=1)
    assert force.ended(first)[-4:] == ["WaitUntilDue", "ReleasePost", "IsReleased?", "Superseded"]
    assert force.published("Five o'clock.") == 0


def test_of_eight_newer_versions_at_once_one_is_kept_and_seven_are_told(force):
    asked = ask(force, "Eight newer versions of this.")

    heard = at_once(
        *(lambda n=n: newer(force, asked.post_id, f"Newer version {n} of eight.") for n in range(8))
    )

    assert sorted(each.status for each in heard) == [202, *[409] * 7]
    assert all(h.json()["detail"].endswith(".") for h in heard if h.status == 409)
    assert [post.version for post in force.posts.history(asked.post_id)] == [1, 2]


def test_a_double_click_on_a_newer_version_is_one_version(force):
    asked = ask(force, "Clicked twice.")
    key = {"Idempotency-Key": "two clicks"}
    body = {"text": "Newer.", "account": WATCHED, "platforms": ["sandbox"]}
    body["replaces"] = f"{asked.post_id}@1"

    heard = [force.officer.post_json("/v1/posts", body, **key) for _ in range(2)]

    assert [each.status for each in heard] == [202, 202]
    assert len(force.posts.history(asked.post_id)) == 2


def test_what_is_out_is_not_replaced(force):
    post_id = force.submit("Out already.")
    assert force.until(post_id) is State.PUBLISHED

    heard = newer(force, post_id, "Too late.", account=FREE)

    assert heard.status == 409
    assert "published" in heard.json()["detail"]


# ── taken back ───────────────────────────────────────────────────────────────


def test_a_post_that_waits_for_approval_is_taken_back_and_never_goes_out(force):
    asked = ask(force, "Taken back while it waits.")

    heard = take_back(force, asked.post_id)

    assert (heard.status, heard.json()["state"]) == (200, "withdrawn"), heard.text
    assert heard.json()["reason"] == "It is called off."
    assert force.ended(asked.post_id)[-1] == "Withdrawn"
    assert leaves_about(force, asked.post_id, 1) >= {"post.withdrawn", "approval.voided"}
    assert asked.open().send("approve").status in {403, 409}
    assert force.published("Taken back while it waits.") == 0


def test_a_post_that_is_due_later_is_taken_back_and_never_goes_out(force):
    post_id = force.submit("Taken back before it is due.", not_before=later(force, hours=3))
    force.until(post_id, State.CLEARED)

    assert take_back(force, post_id, who=COMMS).status == 200

    force.turn(hours=3, minutes=1)
    assert force.ended(post_id)[-1] == "Withdrawn"
    assert state(force, post_id, 1) is State.WITHDRAWN
    assert force.published("Taken back before it is due.") == 0


def test_a_machine_that_could_not_be_told_is_told_by_the_sweep(force):
    asked = ask(force, "Taken back in silence.")
    holding.take_back(force, asked.post_id, State.WITHDRAWN, wake=False)
    assert not asked.approval().delivered

    force.turn(minutes=1)
    force.stack.call("ResumeStalled", {})

    assert force.ended(asked.post_id)[-1] == "Withdrawn"
    assert asked.approval().delivered


def test_taking_back_twice_changes_nothing_and_what_is_out_stays(force):
    asked, out = ask(force, "Taken back twice."), force.submit("Out, and out it stays.")
    force.until(out)

    twice = [take_back(force, asked.post_id).status for _ in range(2)]

    assert twice == [200, 200]
    assert take_back(force, out).status == 409
    assert take_back(force, asked.post_id, version=9).status == 404


def test_a_post_is_taken_back_from_its_page(force):
    asked = ask(force, "Taken back from its page.")
    officer = Caller(force.stack.url, cookies={"__Host-session": force.officer.token})
    page = officer.get(f"/posts/{asked.post_id}")
    assert COMMS.name in page.text, "the page says whose decision it waits for"

    empty = officer.post_form(f"/posts/{asked.post_id}", {**page.fields(), "reason": " "})
    done = officer.post_form(f"/posts/{asked.post_id}", {**page.fields(), "reason": "Called off."})

    assert (empty.status, "Say why it is taken back" in empty.text) == (422, True)
    assert done.status == 303
    assert "Withdrawn" in officer.get(f"/posts/{asked.post_id}").text
    assert state(force, asked.post_id, 1) is State.WITHDRAWN
