"""A post is taken away: asked, decided by somebody else, evidence first, read back twice (P4)."""

from datetime import datetime

import pytest

from local.force import DUTY_OFFICER
from local.mailbox import part
from local.sandbox import Fault, FaultKind
from shared.posts.life import Outcome, State
from shared.posts.names import PostId
from tests.workflows.asking import at_once
from tests.workflows.deleting import (
    WRONG,
    a_published,
    asked,
    carried_out,
    decided,
    leaves,
    seen,
)
from tests.workflows.force import a_force, eventually


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def test_nothing_is_removed_before_somebody_else_has_approved_it(force):
    post_id = a_published(force, text := "The road at Rudyard is open again.")
    deletion_id = asked(force, post_id)
    letter = eventually(
        lambda: [m for m in force.stack.mailbox if f"/deletions/{deletion_id}" in part(m, "plain")]
    )

    own = force.officer.post_json(f"/v1/deletions/{deletion_id}/decision", {"decision": "approve"})
    assert (own.status, len(letter) > 0) == (403, True)
    assert force.published(text) == 1

    assert decided(force, deletion_id)["state"] == "approved"
    found = carried_out(force, deletion_id)

    assert found["state"] == "removed"
    assert force.published(text) == 0
    assert force.publication(post_id).state is Outcome.WITHDRAWN
    [target] = found["targets"]
    assert (target["state"], target["cleared"], target["shown"]) == ("proved", text, text)
    removed, proved = (datetime.fromisoformat(target[k]) for k in ("removed_at", "proved_at"))
    assert (proved - removed).total_seconds() >= 300


def test_the_evidence_is_a_leaf_before_the_removal_is_one(force):
    post_id = a_published(force, "Evidence first.")
    deletion_id = asked(force, post_id)
    decided(force, deletion_id)
    carried_out(force, deletion_id)

    told = leaves(
        force,
        "deletion.asked",
        "deletion.approved",
        "deletion.evidence_kept",
        "publication.withdrawn",
        "deletion.proved",
        "deletion.concluded",
    )
    ours = [leaf for leaf in told if post_id in leaf["subject"] or deletion_id in leaf["subject"]]
    assert [leaf["type"] for leaf in ours] == [
        "deletion.asked",
        "deletion.approved",
        "deletion.evidence_kept",
        "publication.withdrawn",
        "deletion.proved",
        "deletion.concluded",
    ]
    assert {leaf["reason"] for leaf in ours} == {"prejudicial"}
    assert [leaf["approver"] for leaf in ours[1:]] == ["p-comms"] * 5


def test_what_is_refused_stays_and_may_be_asked_again(force):
    post_id = a_published(force, text := "Refused, and it stays.")
    deletion_id = asked(force, post_id)

    silent = force.comms.post_json(f"/v1/deletions/{deletion_id}/decision", {"decision": "refuse"})
    refused = decided(force, deletion_id, "refuse")
    again = force.comms.post_json(f"/v1/deletions/{deletion_id}/decision", {"decision": "approve"})

    assert (silent.status, refused["state"], again.status) == (422, "refused", 409)
    assert force.published(text) == 1
    assert asked(force, post_id) != deletion_id


def test_one_deletion_at_a_time_is_asked_for_and_whoever_comes_later_is_led_to_it(force):
    post_id = a_published(force, "Asked for once.")
    deletion_id = asked(force, post_id)

    again = force.officer.post_json("/v1/deletions", {**WRONG, "posts": [f"{post_id}-1"]})
    page = force.officer.get(f"/deletions/new?post={post_id}-1")

    assert (again.status, again.json()["deletion_id"]) == (409, deletion_id)
    assert (page.status, page.headers["location"]) == (303, f"/deletions/{deletion_id}")


def test_only_a_grave_ground_begins_at_once_and_somebody_else_looks_afterwards(force):
    post_id = a_published(force, text := "It cannot wait.")
    body = {**WRONG, "posts": [f"{post_id}-1"], "at_once": True}

    officer = force.officer.post_json("/v1/deletions", body)
    offensive = force.comms.post_json("/v1/deletions", {**body, "ground": "offensive"})
    begun = force.comms.post_json("/v1/deletions", body)

    assert (officer.status, offensive.status) == (403, 422)
    assert (begun.status, begun.json()["state"]) == (201, "approved")
    deletion_id = begun.json()["deletion_id"]
    assert carried_out(force, deletion_id)["state"] == "removed"
    assert force.published(text) == 0
    path = f"/v1/deletions/{deletion_id}/review"
    own = force.comms.post_json(path, {"decision": "agree", "reason": "I did it."})
    other = force.caller(DUTY_OFFICER.person_id).post_json(
        path, {"decision": "agree", "reason": "It was right."}
    )
    assert (own.status, other.status) == (403, 200)
    assert other.json()["review"]["by"] == DUTY_OFFICER.person_id


def test_a_ground_that_is_none_of_the_four_is_refused(force):
    post_id = a_published(force, "Nobody likes me.")

    heard = force.officer.post_json(
        "/v1/deletions", {**WRONG, "posts": [f"{post_id}-1"], "ground": "embarrassing"}
    )

    assert heard.status == 422
    assert "ground" in heard.text


def test_what_no_machine_can_take_away_is_left_to_a_person_with_a_checklist(force):
    post_id = a_published(force, "It will not go.")
    faults = force.stack.sandbox.faults
    faults.add(Fault(FaultKind.EXPIRED_TOKEN, on="delete", times=None))
    try:
        deletion_id = asked(force, post_id)
        decided(force, deletion_id)
        found = carried_out(force, deletion_id)
    finally:
        faults.clear()

    [target] = found["targets"]
    assert (found["state"], target["state"]) == ("partly_removed", "left")
    assert target["checklist"]
    page = force.comms.get(f"/deletions/{deletion_id}")
    assert "To be done by hand" in page.text
    sent = force.comms.post_json(
        f"/v1/deletions/{deletion_id}/by-hand",
        {"post": f"{post_id}-1", "place": "sandbox", "why": "I deleted it, and looked again."},
    )
    assert (sent.status, sent.json()["state"]) == (200, "removed")
    assert force.publication(post_id).state is Outcome.WITHDRAWN


def test_a_deletion_is_asked_for_and_decided_from_the_pages(force):
    post_id = a_published(force, text := "From the pages.")
    officer, comms = force.officer, force.comms
    form = officer.get(f"/deletions/new?post={post_id}-1")

    typed = {**form.fields(), **WRONG, "posts": f"{post_id}-1"}
    nothing = officer.post_form("/deletions/new", {**typed, "ground": ""})
    sent = officer.post_form("/deletions/new", typed)
    address = sent.headers["location"]
    page = comms.get(address)
    silent = comms.post_form(address, {**page.fields(), "act": "decide"})
    done = comms.post_form(
        address, {**page.fields(), "act": "decide", "decision": "yes", "reason": "Right."}
    )

    assert (nothing.status, sent.status, silent.status, done.status) == (422, 303, 422, 303)
    assert text in page.text
    assert address in comms.get("/deletions").text
    assert carried_out(force, address.rpartition("/")[2])["state"] == "removed"


def test_fifty_decisions_at_once_are_one(force):
    deletion_id = asked(force, a_published(force, "Fifty at once."))
    path, body = f"/v1/deletions/{deletion_id}/decision", {"decision": "approve"}
    callers = [force.comms for _ in range(50)]

    told = at_once(*(lambda c=c: c.post_json(path, body) for c in callers))

    assert sorted({heard.status for heard in told} - {503}) == [200, 409]
    assert sum(heard.status == 200 for heard in told) == 1
    approved = [x for x in leaves(force, "deletion.approved") if deletion_id in x["subject"]]
    assert len(approved) == 1


def test_several_posts_are_taken_away_by_one_deletion(force):
    texts = [f"One of several, number {number}." for number in range(5)]
    posts = [a_published(force, text) for text in texts]

    deletion_id = asked(force, *posts)
    decided(force, deletion_id)

    assert carried_out(force, deletion_id)["state"] == "removed"
    assert [force.published(text) for text in texts] == [0] * 5


def test_nobody_decides_for_three_days_and_nothing_was_removed(force):
    post_id = a_published(force, text := "Nobody decides.")
    deletion_id = asked(force, post_id)

    def over() -> bool:
        force.turn(hours=1, seconds=1)
        return seen(force, deletion_id)["state"] == "expired"

    eventually(over)

    assert force.published(text) == 1


def test_once_it_is_over_its_note_is_sent_in_and_the_deletion_shows_it(force):
    note = "We removed a post that was wrong and could have put people in danger."
    post_id = a_published(force, "To be taken away with a note.")
    deletion_id = asked(force, post_id, note=note)
    address = f"/notes/new?deletion={deletion_id}&account=leek-npt"
    early = force.officer.get(address)
    body = {"text": note, "account": "leek-npt", "platforms": ["sandbox"], "note_of": deletion_id}
    too_early = force.officer.post_json("/v1/posts", body)
    decided(force, deletion_id)
    carried_out(force, deletion_id)

    others = force.comms.post_json("/v1/posts", {**body, "account": "cheadle-npt"})
    comms = force.comms
    offered = comms.get(f"/deletions/{deletion_id}").text
    form = comms.get(address)
    sent = comms.post_form("/notes/new", {**form.fields(), "words": note, "platforms": "sandbox"})

    assert (early.status, too_early.status, others.status) == (422, 422, 422)
    assert "not over yet" in too_early.text
    assert "another account" in others.text
    assert "Publish the note" in offered
    assert note in form.text
    assert sent.status == 303, sent.text
    [name] = seen(force, deletion_id)["notes"]
    note_id = PostId(name.partition("-")[0])
    assert force.until(note_id) is State.PUBLISHED
    assert force.posts.get(note_id).note_of == deletion_id
    assert force.published(note) == 1
    shown = force.comms.get(f"/deletions/{deletion_id}").text
    assert "The note, which is out" in shown
    assert "Publish the note" not in shown
    assert f"/deletions/{deletion_id}" in force.comms.get(f"/posts/{note_id}").text
