"""What the public says is answered from its page: a post under it, once, noted when it stands."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from html import unescape

import pytest

from local.demo.caller import Caller
from local.force import AUDITOR, COMMS, OFFICER
from local.sandbox.faults import Fault, FaultKind
from shared.mentions.acts import Heard
from shared.mentions.set_answers import CALL, HOLDING
from shared.posts.life import State
from shared.posts.localtime import local
from shared.posts.names import PostId
from tests.workflows.commenting import said
from tests.workflows.force import FREE, Force, a_force
from tests.workflows.reaper import Reaper

NEEDLESS = {"state": "no_answer_needed", "why": "It only thanks us."}
HELP = "Please help me, he has a knife. I am behind the Invented Arms"
ASKED = "Is the bridge open?"
HIDDEN = r'type="hidden" name="([^"]+)" value="([^"]*)"'


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture(scope="module")
def reaper(force):
    return Reaper(force.stack)


def heard(force: Force, number: str, words: str) -> str:
    """The name of a mention with these words."""
    before = {each["mention_id"] for each in waiting(force)}
    said(force, number, words)
    force.turn(minutes=1)
    force.stack.call("Listen", {})
    [name] = {each["mention_id"] for each in waiting(force)} - before
    return name


def waiting(force: Force) -> list[dict]:
    return force.officer.get(f"/v1/mentions?account={FREE}").json()["mentions"]


def mention(force: Force, name: str) -> dict:
    return force.officer.get(f"/v1/mentions/{name}").json()


def replied(caller: Caller, name: str, words: str, **more):
    return caller.post_json("/v1/replies", {"mention": name, "words": words, **more})


def standing(force: Force, text: str):
    return [post for post in force.stack.sandbox.posts if post.text == text]


def leaves(force: Force, what: str, name: str) -> list[dict]:
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    found = [json.loads(bytes(row.envelope)) for row in rows]
    return [leaf for leaf in found if leaf["type"] == what and name in leaf["subject"]]


def tapped(caller: Caller, path: str, words: str, **more):
    """The form on the page that sends these words, sent."""
    forms = re.findall(r"(?s)<form action=\"/replies/new\".*?</form>", caller.get(path).text)
    sent = [dict(re.findall(HIDDEN, form)) for form in forms]
    [form] = [each for each in sent if unescape(each["words"]) == words]
    fields = {name: unescape(value) for name, value in form.items()}
    return caller.post_form("/replies/new", {**fields, **more})


def test_a_call_for_help_is_answered_with_one_tap_under_it_and_noted_with_its_address(force):
    name = heard(force, "r1", HELP)

    sent = tapped(force.officer, f"/mentions/{name}", CALL)

    assert sent.status == 303
    post_id = PostId(sent.headers["location"].rpartition("/")[2])
    assert force.until(post_id) is State.PUBLISHED
    [stands] = standing(force, CALL)
    assert stands.answers == "r1"
    after = mention(force, name)
    assert (after["state"], after["by"]) == ("answered", OFFICER.person_id)
    assert after["answer"].endswith(f"/posts/{stands.post_id}")
    assert after["answering"] == post_id
    [leaf] = leaves(force, Heard.ANSWERED, name)
    assert leaf["actor"] == OFFICER.person_id
    assert f"/mentions/{name}" in force.officer.get(f"/posts/{post_id}").text


def test_two_taps_at_once_and_one_afterwards_are_one_answer(force):
    name = heard(force, "r2", ASKED)
    callers = [force.officer for _ in range(4)]

    with ThreadPoolExecutor(4) as threads:
        sent = list(threads.map(lambda c: replied(c, name, "It opens at noon."), callers))
    post_id = PostId(sent[0].json()["post_id"])
    force.until(post_id, State.PUBLISHED)
    late = replied(force.officer, name, "It opens at noon.")

    assert {heard.status for heard in [*sent, late]} == {202}
    assert {heard.json()["post_id"] for heard in [*sent, late]} == {post_id}
    assert len(standing(force, "It opens at noon.")) == 1
    assert len(leaves(force, Heard.ANSWERED, name)) == 1


def test_whoever_tapped_and_heard_nothing_taps_again_and_it_is_one_answer(force, reaper):
    name, words = heard(force, "r12", ASKED), "The bridge is open now."
    with reaper.killing("ComposeApi", "TransactWriteItems", after=True):
        lost = replied(force.officer, name, words)
    taps = (replied(force.officer, name, words) for _ in range(3))  # others may have died with it
    again = next(heard for heard in taps if heard.status != 502)
    force.turn(minutes=10)
    force.stack.call("ResumeStalled", {})

    assert (lost.status, again.status) == (502, 202)
    assert force.until(PostId(again.json()["post_id"])) is State.PUBLISHED
    assert [post.answers for post in standing(force, words)] == ["r12"]
    assert len(leaves(force, Heard.ANSWERED, name)) == 1


def test_of_two_people_who_answer_at_once_one_does(force):
    name = heard(force, "r3", ASKED)
    callers = {"We will see.": force.officer, "Not yet.": force.comms}

    with ThreadPoolExecutor(2) as threads:
        sent = list(threads.map(lambda words: replied(callers[words], name, words), callers))
    [kept] = [PostId(heard.json()["post_id"]) for heard in sent if heard.status == 202]
    force.until(kept, State.PUBLISHED)

    assert {heard.status for heard in sent} <= {202, 409, 422}
    assert [replied(each, name, "Too late.").status for each in callers.values()] == [422, 422]
    assert sum(len(standing(force, words)) for words in callers) == 1


def test_a_holding_reply_names_the_day_and_the_answer_comes_after_it(force):
    name = heard(force, "r4", ASKED)
    day = local(force.stack.clock.now()).date() + timedelta(days=3)

    bare = replied(force.officer, name, HOLDING)
    held = replied(force.officer, name, HOLDING, follow_up=day.isoformat())
    force.until(PostId(held.json()["post_id"]), State.PUBLISHED)
    holding = mention(force, name)
    answered = replied(force.officer, name, "It is open again.")
    force.until(PostId(answered.json()["post_id"]), State.PUBLISHED)

    assert (bare.status, bare.json()["errors"][0]["field"]) == (422, "follow_up")
    assert (holding["state"], holding["follow_up"]) == ("holding", day.isoformat())
    assert mention(force, name)["state"] == "answered"
    assert [post.answers for post in standing(force, HOLDING)] == ["r4"]


def test_what_somebody_says_became_of_it_meanwhile_stands(force):
    name = heard(force, "r5", ASKED)
    force.stack.sandbox.faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on="post", times=1))
    post_id = PostId(replied(force.officer, name, "In a moment.").json()["post_id"])
    by_hand = {"state": "answered", "answer": "https://sandbox.example/by-hand"}

    settled = force.comms.post_json(f"/v1/mentions/{name}/outcome", by_hand)
    force.turn_until(post_id, 30, State.PUBLISHED)

    assert settled.status == 200
    found = mention(force, name)
    assert (found["by"], found["answer"]) == (COMMS.person_id, by_hand["answer"])
    assert len(leaves(force, Heard.ANSWERED, name)) == 1


def test_it_is_answered_in_words_of_ones_own_on_its_page(force):
    name, officer = heard(force, "r6", ASKED), force.officer
    form = officer.get(f"/replies/new?mention={name}")
    typed = form.fields()

    empty = officer.post_form("/replies/new", typed)
    forged = officer.post_form("/replies/new", {**typed, "csrf": "no", "words": "No."})
    sent = officer.post_form("/replies/new", {**typed, "words": "The bridge opens on Friday."})

    assert ASKED in form.text
    assert (empty.status, forged.status, sent.status) == (422, 403, 303)
    force.until(PostId(sent.headers["location"].rpartition("/")[2]), State.PUBLISHED)
    assert [post.answers for post in standing(force, "The bridge opens on Friday.")] == ["r6"]


def test_a_blocked_reply_is_kept_with_its_findings_and_keeps_nobody_from_answering(force):
    name = heard(force, "r7", ASKED)

    blocked = replied(force.officer, name, "Ring the offender, John Smith, of 5 High Street.")
    again = replied(force.officer, name, "Please ring 101.")

    assert (blocked.status, again.status) == (422, 202)
    assert blocked.json()["findings"]
    assert force.until(PostId(again.json()["post_id"])) is State.PUBLISHED


def test_a_reply_that_waits_for_approval_keeps_others_waiting_and_its_newer_version_answers(force):
    name, officer = heard(force, "r10", ASKED), force.officer
    asks = "DM us your name and address and we will take the report."
    first = PostId(replied(officer, name, asks).json()["post_id"])
    force.until(first, State.AWAITING_APPROVAL)

    other = replied(force.comms, name, "We answer.")
    better = {"text": "Please ring 101 about it.", "account": FREE, "replaces": f"{first}@1"}
    elsewhere = officer.post_json("/v1/posts", {**better, "platforms": ["sandbox", "feed"]})
    newer = officer.post_json("/v1/posts", {**better, "platforms": ["sandbox"]})

    assert (other.status, elsewhere.status, newer.status) == (409, 422, 202)
    assert newer.json()["kind"] == "reply"
    assert force.until(first) is State.PUBLISHED
    assert [post.answers for post in standing(force, better["text"])] == ["r10"]
    assert mention(force, name)["state"] == "answered"


def test_who_thought_better_of_it_answers_what_was_left_unanswered(force):
    name = heard(force, "r11", ASKED)
    force.comms.post_json(f"/v1/mentions/{name}/outcome", NEEDLESS)
    page = force.officer.get(f"/mentions/{name}")

    assert "/replies/new" not in page.text
    assert replied(force.officer, name, "It opens at noon, after all.").status == 202


def test_who_does_not_answer_for_the_account_answers_nobody(force):
    name = heard(force, "r8", ASKED)

    assert replied(force.caller(AUDITOR.person_id), name, "Yes.").status == 403
    assert replied(force.officer, "0" * 32, "Yes.").status == 404
    assert mention(force, name)["state"] == "waiting"


def test_a_post_does_not_call_itself_a_reply(force):
    body = {"text": "Yes.", "account": FREE, "platforms": ["sandbox"], "kind": "reply"}

    assert force.officer.post_json("/v1/posts", body).status == 422
