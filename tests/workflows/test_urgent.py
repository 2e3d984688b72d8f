"""A commander publishes at once with a reason; somebody else looks at it the next working day."""

import json
from datetime import timedelta

import pytest

from local.demo.caller import Caller
from local.force import AUDITOR, COMMANDER, COMMS, DEPUTY, DUTY_OFFICER, OFFICER
from shared.posts.life import State
from shared.posts.names import PostId
from tests.workflows.force import FREE, a_force, eventually

LPT = "moorlands-cmdr"
WHY = "The bridge is down, and people drive into the river."
REVIEWED = "Keep off Mill Bridge! See https://elsewhere.example/"
BLOCKED = "Keep off Mill Bridge! #a #b #c #d #e #f"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def send(force, text, who=COMMANDER, account=LPT, **more):
    body = {"text": text, "account": account, "platforms": ["sandbox"], "urgent_reason": WHY}
    return force.caller(who.person_id).post_json("/v1/posts", {**body, **more})


def urgent(force, text, **more):
    heard = send(force, text, **more)
    assert heard.status == 202, heard.text
    return PostId(heard.json()["post_id"])


def look(force, post_id, who=COMMS, remark="Rightly so."):
    path = f"/v1/urgent/{post_id}/1/review"
    return force.caller(who.person_id).post_json(path, {"remark": remark})


def waiting(force):
    listed = force.caller(AUDITOR.person_id).get("/v1/urgent").json()["urgent"]
    return {each["post"]["post_id"]: each for each in listed}


def leaves_about(force, post_id):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    leaves = [json.loads(bytes(row.envelope)) for row in rows]
    return {leaf["type"]: leaf for leaf in leaves if leaf["subject"] == f"post:{post_id}@v1"}


def test_what_a_second_person_would_have_read_goes_out_at_once(force):
    slow = send(force, f"{REVIEWED}slow", urgent_reason=None).json()["post_id"]

    post_id = urgent(force, f"{REVIEWED}quick")

    assert force.until(post_id) is State.PUBLISHED
    assert "AskApprover" not in force.ended(post_id)
    assert force.published(f"{REVIEWED}quick") == 1
    assert force.until(PostId(slow), State.AWAITING_APPROVAL)
    told = leaves_about(force, post_id)["post.urgent"]
    assert (told["actor"], told["reason"]) == (COMMANDER.person_id, WHY)
    assert force.posts.get(post_id).findings


def test_what_policy_blocks_does_not_go_out_however_urgent(force):
    heard = send(force, BLOCKED)

    assert heard.status == 422
    assert heard.json()["post"]["state"] == "blocked"
    assert heard.json()["post"]["post_id"] not in waiting(force)
    assert force.published(BLOCKED) == 0


@pytest.mark.parametrize(
    ("who", "account", "status"),
    [(OFFICER, FREE, 403), (DEPUTY, LPT, 403), (COMMS, FREE, 202), (DUTY_OFFICER, LPT, 202)],
)
def test_only_those_few_who_may_publish_at_once(force, who, account, status):
    heard = send(force, f"Keep off, says {who.person_id}.", who=who, account=account)

    assert heard.status == status, heard.text
    if status == 403:
        assert heard.json()["detail"].endswith(".")


def test_only_those_who_may_are_asked_why_on_the_form(force):
    asked = {
        who.person_id: 'name="urgent_reason"' in force.caller(who.person_id).get("/posts/new").text
        for who in (OFFICER, COMMANDER, COMMS, DEPUTY, DUTY_OFFICER)
    }

    assert asked == {
        OFFICER.person_id: False,
        COMMANDER.person_id: True,
        COMMS.person_id: True,
        DEPUTY.person_id: False,
        DUTY_OFFICER.person_id: True,
    }


# ── looked at afterwards ─────────────────────────────────────────────────────


def test_somebody_else_looks_at_it_once_and_says_what_they_think(force):
    post_id = urgent(force, "Looked at once.")
    assert waiting(force)[post_id]["due"].endswith("17:00:00Z")

    heard, again = look(force, post_id), look(force, post_id, who=DEPUTY)

    assert heard.status == 200, heard.text
    assert heard.json()["urgent_review"]["by"] == COMMS.person_id
    assert heard.json()["urgent_review"]["remark"] == "Rightly so."
    assert (again.status, COMMS.person_id in again.json()["detail"]) == (409, True)
    assert post_id not in waiting(force)
    assert leaves_about(force, post_id)["post.urgent_reviewed"]["actor"] == COMMS.person_id
    assert "Rightly so." in force.caller(COMMANDER.person_id).get(f"/posts/{post_id}").text


def test_its_author_does_not_look_at_it_and_nobody_without_a_word(force):
    post_id = urgent(force, "Keep off, says the duty officer again.", who=DUTY_OFFICER)

    assert look(force, post_id, who=DUTY_OFFICER).status == 403
    assert look(force, post_id, who=OFFICER).status == 403
    assert look(force, post_id, remark=" \n").status == 422
    assert post_id in waiting(force)


def test_what_nobody_called_urgent_is_not_looked_at(force):
    post_id = force.submit("Nothing urgent.")

    assert look(force, post_id).status == 404


def test_it_is_looked_at_on_its_page(force):
    post_id = urgent(force, "Looked at on the page.")
    comms = Caller(force.stack.url, cookies={"__Host-session": force.comms.token})
    page = comms.get("/urgent")
    assert "Looked at on the page." in page.text
    assert WHY.replace("'", "&#39;") in page.text

    empty = comms.post_form(f"/urgent/{post_id}-1", {**page.fields(), "remark": ""})
    done = comms.post_form(f"/urgent/{post_id}-1", {**page.fields(), "remark": "Well done."})

    assert (empty.status, "Say what you think of it" in empty.text) == (422, True)
    assert done.status == 303
    assert "Looked at on the page." not in comms.get("/urgent").text
    assert force.posts.get(post_id).urgent_review.remark == "Well done."


def test_one_that_was_taken_back_before_it_went_out_is_not_looked_at(force):
    force.stack.clock.advance(timedelta(0))
    post_id = urgent(force, "Taken back, or out already.")
    path = f"/v1/posts/{post_id}/1/withdraw"
    heard = force.caller(COMMANDER.person_id).post_json(path, {"reason": "Off."})

    force.until(post_id)
    assert (post_id in waiting(force)) is (heard.status == 409)


def plain(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def test_every_morning_the_centre_is_told_what_nobody_has_looked_at(force):
    urgent(force, "Nobody has looked at this one.")
    there = len(waiting(force))

    told = force.stack.call("TellMorning", {})

    mails = [(str(mail["To"]), plain(mail)) for mail in force.stack.mailbox]
    letters = {to: text for to, text in mails if "second person; look at it" in text}
    assert told["urgent"] == there >= 1
    assert set(letters) == {who.email for who in (COMMS, DEPUTY, DUTY_OFFICER)}
    assert all("Moorlands Commander, by 17:00 on" in letter for letter in letters.values())
    assert not any("Nobody has looked" in letter for letter in letters.values())
    force.turn(days=4)
    force.stack.call("TellMorning", {})
    late = eventually(lambda: [m for m in force.stack.mailbox if "overdue since" in plain(m)])
    assert len(late) >= 3
