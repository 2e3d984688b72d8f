"""One thread: in the form or as JSON, checked, approved as a whole, said part by part."""

import json
from datetime import timedelta

import pytest

from local.sandbox import Fault, FaultKind
from shared.posts.life import Outcome, State
from shared.posts.names import PlatformName
from shared.records.publications import Publications
from tests.workflows.force import FREE, WATCHED, a_force, eventually
from tests.workflows.incidents import declared, held, review

SANDBOX = PlatformName("sandbox")


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


@pytest.fixture(autouse=True)
def no_faults(force):
    """A fault is of one test."""
    force.stack.sandbox.faults.clear()
    yield
    force.stack.sandbox.faults.clear()


def sent(force, text, *thread, account=FREE, **besides):
    body = {"text": text, "account": account, "platforms": ["sandbox"], "thread": list(thread)}
    return force.officer.post_json("/v1/posts", {**body, **besides})


def parts_of(force, post_id):
    """What is on record, part by part."""
    return Publications(force.stack.tables, force.pen).of(post_id, 1)


def stands(force, *texts):
    """Of each of these texts the one that it answers, as readers see it."""
    posts = {post.post_id: post for post in force.stack.sandbox.posts}
    shown = [post for post in posts.values() if post.text in texts]
    answered = [posts[post.answers].text if post.answers else None for post in shown]
    return list(zip([post.text for post in shown], answered, strict=True))


def test_a_thread_is_said_part_by_part_and_the_page_tells_of_each(force):
    texts = ("The market moves on Friday.", "Stalls open at nine.", "Parking is free.")

    post_id = sent(force, *texts).json()["post_id"]

    assert force.until(post_id) is State.PUBLISHED
    assert stands(force, *texts) == list(zip(texts, (None, *texts), strict=False))
    shown = force.officer.get(f"/v1/posts/{post_id}").json()
    assert shown["versions"][-1]["thread"] == list(texts[1:])
    assert [each["part"] for each in shown["targets"]] == [1, 2, 3]
    page = force.officer.get(f"/posts/{post_id}").text
    assert "Part 2 of 3, on Sandbox" in page
    assert "Sandbox, part 3" in page
    told = [json.loads(row.payload) for row in force.stack.tables.payloads.scan()]
    assert list(texts[1:]) in [payload.get("thread") for payload in told]


def test_what_only_a_later_part_says_is_blocked_and_its_finding_names_the_part(force):
    heard = sent(force, "The road is shut.", "OFFICIAL-SENSITIVE: so is the bridge.")

    [finding] = [f for f in heard.json()["findings"] if f["severity"] == "block"]
    assert (heard.status, finding["rule"], finding["wording"]) == (422, "protective-marking", 1)
    newest = force.officer.get("/v1/posts").json()["posts"][0]["post_id"]
    assert "On part 2 (Sandbox), the words:" in force.officer.get(f"/posts/{newest}").text


def test_an_approver_sees_every_part_numbered_and_may_edit_each(force):
    first, second = "Officers walk the park tonight.", "Say hello if you see them there."
    post_id = sent(force, first, second, account=WATCHED).json()["post_id"]

    page = force.comms.get(force.letter(post_id).link).text

    for told in ("Part 1 of 2, on Sandbox", first, "Part 2 of 2, on Sandbox", second):
        assert told in page
    assert 'name="part"' in page
    force.decide(post_id, "approve")
    assert force.until(post_id) is State.PUBLISHED
    assert stands(force, first, second) == [(first, None), (second, first)]


def test_the_form_takes_parts_and_gives_them_back(force):
    first, second = "Bikes are marked on Monday.", "Bring yours to the station."
    officer = force.officer
    form = officer.get("/posts/new")
    fields = {**form.fields(), "account": FREE, "platforms": "sandbox", "text": first}

    checked = officer.post_form("/posts/new", {**fields, "part": second, "act": "check"})
    assert f"{second}</textarea>" in checked.text
    heard = officer.post_form("/posts/new", {**fields, "part": second, "act": "send"})

    assert heard.status == 303, heard.text
    post_id = heard.headers["location"].rpartition("/")[2]
    assert force.until(post_id) is State.PUBLISHED
    assert stands(force, first, second) == [(first, None), (second, first)]


@pytest.mark.parametrize(
    ("thread", "told"), [(["One.", " "], "part of the thread is empty"), (["x."] * 10, "thread")]
)
def test_a_part_that_says_nothing_and_an_eleventh_are_refused(force, thread, told):
    heard = sent(force, "The road is open.", *thread)

    assert heard.status == 422
    assert told in heard.text


def test_a_part_that_is_refused_cuts_the_thread_and_the_page_says_where_and_why(force):
    first, second, third = "The fair is on.", "Second of the fair.", "Third of the fair."
    fault = Fault(FaultKind.DUPLICATE, containing=second, times=None)
    force.stack.sandbox.faults.add(fault)

    post_id = sent(force, first, second, third).json()["post_id"]

    assert force.until(post_id) is State.PARTLY_PUBLISHED
    assert stands(force, first, second, third) == [(first, None)]
    page = force.officer.get(f"/posts/{post_id}").text
    assert "sandbox, part 2: " in page
    assert [each.state for each in parts_of(force, post_id)] == [Outcome.SENT, Outcome.FAILED]


def test_an_answer_that_is_lost_in_the_middle_is_looked_for_and_the_rest_follows(force):
    texts = ("Snow on the tops.", "Ploughs are out.", "Leave the car at home.")
    fault = Fault(FaultKind.RESETS_AFTER_COMMIT, containing=texts[1])
    force.stack.sandbox.faults.add(fault)

    post_id = sent(force, *texts).json()["post_id"]

    assert force.turn_until(post_id, 25) is State.PUBLISHED
    assert stands(force, *texts) == list(zip(texts, (None, *texts), strict=False))


def test_a_person_settles_the_part_that_nobody_knows_of_and_nothing_more_is_sent(force):
    texts = ("Lost dog at Leek.", "It is brown.", "Call us if you see it.")
    faults = force.stack.sandbox.faults
    faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, containing=texts[1], times=None))

    post_id = sent(force, *texts).json()["post_id"]
    kept = Publications(force.stack.tables, force.pen)
    until_second_is_tried(force, kept, post_id)
    for on in ("timeline", "read"):
        faults.add(Fault(FaultKind.FAILS_BEFORE_COMMIT, on=on, times=None))

    assert force.turn_until(post_id, 25, State.UNCERTAIN) is State.UNCERTAIN
    faults.clear()
    comms, address = force.comms, f"/uncertain/{post_id}/1/sandbox?part=2"
    page = comms.get(address)
    assert (page.status, texts[1] in page.text) == (200, True)
    assert f'href="{address}"' in comms.get(f"/posts/{post_id}").text
    word = {"decision": "not_sent", "why": "It is not there."}
    settled = comms.post_form(address, {**page.fields(), **word})
    assert settled.status == 303
    assert force.state(post_id) is State.PARTLY_PUBLISHED
    force.turn(hours=3)
    assert stands(force, *texts) == [(texts[0], None)]


def until_second_is_tried(force, kept, post_id):
    eventually(lambda: len(kept.of(post_id, 1)) == 2)


def test_half_a_thread_that_came_too_late_stays_half(force):
    texts = ("Roadworks begin.", "They last a week.")
    faults = force.stack.sandbox.faults
    faults.add(Fault(FaultKind.RATE_LIMITED, containing=texts[1], times=None))

    post_id = sent(force, *texts).json()["post_id"]

    minutes = timedelta(minutes=16).total_seconds()
    assert force.turn_until(post_id, minutes) is State.PARTLY_PUBLISHED
    assert "did not take it in time" in force.officer.get(f"/posts/{post_id}").text
    assert stands(force, *texts) == [(texts[0], None)]


def test_an_incident_in_the_middle_keeps_the_rest_until_somebody_lets_it_go(force):
    texts = ("The carnival sets off.", "It turns into Derby Street.", "It ends at the park.")
    force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, containing=texts[1]))
    post_id = sent(force, *texts).json()["post_id"]
    eventually(lambda: len(parts_of(force, post_id)) == 2)

    with declared(force):
        assert force.turn_until(post_id, 16 * 60, State.HELD) is State.HELD
        assert held(force, post_id)["partly_sent"] is True
        assert stands(force, *texts) == [(texts[0], None)]

    assert review(force, post_id, "release").status == 200
    assert force.turn_until(post_id, 25) is State.PUBLISHED
    assert stands(force, *texts) == list(zip(texts, (None, *texts), strict=False))
