"""Only a person who reads the mail decides, once, about exactly these words (promise P6).

What each point of the design of approval by e-mail rests on; a name alone is a test of this file.

1  looking changes nothing    a_hundred_looks · a_form_is_taken_only_from_the_browser · one_link
2  a machine's POST fails     test_robots · a_form_that_comes_back_at_once · an_empty_code
3  a link is not the person   test_deciding: what_is_grave, while_an_incident_lasts
4  no task token in the mail  one_link · records/test_links: the_secret_and_the_code_lie_nowhere
5  decided once, on record    simultaneous · the_same_form_again · records/test_approvals:
                              approval_post_and_leaf_are_one_call · test_killed
6  about these words          changed_after_the_mail, while_it_was_read · a_program_that_read ·
                              test_changing_a_post: the_link_to_the_older_words
7  four eyes                  an_author_on_duty · test_routing: a_second_address ·
                              unit/moderate/test_decide: whoever_changed_the_words_last ·
                              unit/publish/test_release: no_longer_as_it_was_cleared
8  an end in time             a_link_that_is_over · a_late_click · test_one_second_late · test_clock
9  taken back                 a_newer_letter · whoever_leaves · test_changing_a_post
10 forwarded                  one_link · turned_to_somebody · test_deciding: whoever_signs_in
11 nothing leaks              no_log_holds · test_hostile_requests · unit/mail/test_hygiene
12 delivery is watched        test_letters
13 for everybody              pages/test_journey (without scripts too), pages/test_everybody
14 (a) a_hundred_looks (b) a_scanner_comes_first, test_robots (c) simultaneous (d) changed,
   test_changing_a_post (e) an_author_on_duty (f) a_link_that_is_over, turned_to_somebody
   (g) test_killed, test_recovery (h) the_same_form_again (i) test_robots
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from local.demo.caller import Caller
from local.demo.letters import READING, scan
from local.force import COMMS, DEPUTY, OFFICER
from local.mailbox import part
from local.tools import ROOT
from shared.accounts.registry import PersonStatus
from shared.posts.life import State
from shared.records.people import People
from shared.records.spelling import written
from tests.builders import an_act
from tests.workflows.asking import Browser, ask, at_once, everything
from tests.workflows.force import WATCHED, a_force, eventually

HUNDRED = 100
OTHER_HASH = "0" * 64
ALREADY = rf"Already decided by {COMMS.name} at .*\d\d:\d\d"


@pytest.fixture(scope="module")
def logs(tmp_path_factory):
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="module")
def force(logs):
    with a_force(logs=logs) as force:
        # What the clock does by itself would be taken for what a link did.
        force.stack.schedules.stop()
        yield force


# ── looking ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_hundred_looks_change_nothing(force, method):
    asked = ask(force, f"Looked at by {method}.")
    version = f"{asked.post_id}/1"
    doors = [
        (Caller(force.stack.url), asked.letter.link),
        (force.comms, f"/approvals/{version.replace('/', '-')}"),
        (force.comms, f"/v1/approvals/{version}"),
        (force.comms, "/approvals"),
    ]
    before = everything(force)

    seen = {caller.get(path, method).status for _ in range(HUNDRED // 4) for caller, path in doors}

    assert everything(force) == before
    assert seen == {200} or (method == "HEAD" and max(seen) < 500)


def test_a_scanner_comes_first_and_the_person_still_decides(force):
    asked = ask(force, "Scanned, then read.")
    for _ in range(6):
        assert scan(asked.letter, force.stack.url)[-1] == 200
    assert asked.is_undecided()

    heard = asked.open().send()

    assert "Thank you, Dilys Penhale" in heard.text
    assert force.until(asked.post_id) is State.PUBLISHED


def test_a_form_that_comes_back_at_once_is_a_machines_and_counts_for_nothing(force, logs):
    asked = ask(force, "Sent back at once.")

    def at_once_sent():
        # Without a code, which is no guess: so slow a machine that it counts may try again.
        caller = Caller(force.stack.url)
        page = Browser(caller, asked.letter, caller.get(asked.letter.link).fields())
        return page, page.send(code="")

    page, heard = eventually(lambda: (s := at_once_sent())[1].text.count("quicker than") and s)

    assert heard.status == 422
    assert "Look at the post, then send it again" in heard.text
    assert asked.is_undecided()
    again = replace(page, fields=heard.fields())
    assert again.fields == page.fields, "the form keeps the moment at which it was first read"
    force.stack.clock.advance(READING)
    assert "Thank you" in again.send("reject").text
    logged = "\n".join(log.read_text(errors="replace") for log in logs.iterdir())
    assert "suspicious decision" in logged
    assert asked.letter.link.rpartition("/")[2] not in logged


def test_one_link_stands_in_the_letter_and_the_task_token_nowhere(force):
    asked = ask(force, "One link, and no token.")
    [mail] = [m for m in force.stack.mailbox if asked.letter.link in part(m, "plain")]
    letter = part(mail, "plain") + part(mail, "html")
    page = Caller(force.stack.url).get(asked.letter.link)
    queue = force.comms.get(f"/v1/approvals/{asked.post_id}/1")

    assert set(re.findall(r"https?://[^\s<>\"]+", letter)) == {asked.letter.link}
    assert f"For <strong>{COMMS.name}</strong>. If this is not you, close this page" in page.text
    token = asked.approval().task_token
    for told in (mail.as_string(), letter, page.text, str(page.headers), queue.text):
        assert token not in told


# ── deciding once ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("count", [2, 50])
def test_of_simultaneous_decisions_one_is_made_and_the_others_are_told(force, count):
    asked = ask(force, f"Decided by {count} at once.")
    choices = ["approve", "return"] * (count // 2)
    browsers = [asked.open() for _ in choices]

    heard = at_once(*(lambda b=b, c=c: b.send(c) for b, c in zip(browsers, choices, strict=True)))

    assert {one.status for one in heard} == {200}
    made = [one for one in heard if "Thank you" in one.text]
    told = [one for one in heard if re.search(ALREADY, one.text)]
    assert (len(made), len(told)) == (1, count - 1)
    ruling = asked.approval().ruling.decision.value
    assert len(asked.rulings()) == 1
    assert choices[heard.index(made[0])] == ruling
    ending = State.PUBLISHED if ruling == "approve" else State.RETURNED
    assert force.until(asked.post_id) is ending


def test_two_approvers_at_once_by_mail_and_by_queue_are_one_decision(force):
    asked = ask(force, "By mail and by queue.")
    version = f"/v1/approvals/{asked.post_id}/1"
    content_hash = asked.approval().content_hash
    deputy, by_mail = force.caller(DEPUTY.person_id), asked.open()
    reject = {"decision": "reject", "content_hash": content_hash, "reason": "No."}

    mail, queue = at_once(by_mail.send, lambda: deputy.post_json(f"{version}/decision", reject))

    assert ("Thank you" in mail.text) is (queue.status == 409)
    assert queue.status in {200, 409}
    assert len(asked.rulings()) == 1
    force.until(asked.post_id)


def test_the_same_form_again_and_again_is_one_decision(force):
    asked = ask(force, "Clicked five times.")
    page = asked.open()
    assert "Thank you" in page.send().text
    force.until(asked.post_id)
    force.ended(asked.post_id)
    before = everything(force)

    again = [page.send(choice) for choice in ("approve", "return", "reject", "approve")]

    assert all(f"Already decided by {COMMS.name} at" in heard.text for heard in again)
    assert everything(force) == before
    assert force.published("Clicked five times.") == 1


# ── exactly these words ──────────────────────────────────────────────────────


def test_a_post_that_changed_after_the_mail_is_not_decided(force):
    asked = ask(force, "Changed after the mail.")
    asked.change("posts", content_hash=OTHER_HASH)

    heard = asked.open().send()

    assert heard.status == 409
    assert "not what you read" in heard.text
    assert asked.is_undecided()


def test_a_post_that_changed_while_it_was_read_is_not_decided(force):
    asked = ask(force, "Changed while it was read.")
    page = asked.open()
    queue = force.comms
    address = f"/approvals/{asked.post_id}-1"
    signed_in = Caller(force.stack.url, cookies={"__Host-session": queue.token})
    fields = signed_in.get(address).fields()
    for table in ("posts", "approvals", "links"):
        asked.change(table, content_hash=OTHER_HASH)

    assert page.send().status in {403, 409}
    assert signed_in.post_form(address, {**fields, "choice": "approve"}).status in {403, 409}

    assert asked.is_undecided()


def test_a_program_that_read_other_words_decides_nothing(force):
    asked = ask(force, "Other words.")
    body = {"decision": "approve", "content_hash": OTHER_HASH}

    heard = force.comms.post_json(f"/v1/approvals/{asked.post_id}/1/decision", body)

    assert heard.status == 409
    assert asked.is_undecided()


def test_the_link_of_a_returned_version_says_so_and_leaves_the_new_one_alone(force):
    asked = ask(force, "Surgery on Friday.")
    asked.open().send("return")
    force.until(asked.post_id)
    force.submit("Surgery on Friday at six.", WATCHED, replaces=f"{asked.post_id}@1")
    force.until(asked.post_id, State.AWAITING_APPROVAL)

    late = asked.open()

    assert f"Already decided by {COMMS.name}" in late.caller.get(asked.letter.link).text
    assert late.send().status in {200, 403}
    assert force.approvals.get(asked.post_id, 2).ruling is None


# ── by the right person ──────────────────────────────────────────────────────


def test_an_author_on_duty_is_not_asked_and_no_way_in_is_theirs(force):
    me = force.comms
    words = {"text": "My own words.", "account": WATCHED, "platforms": ["sandbox"]}
    post_id = me.post_json("/v1/posts", words).json()["post_id"]
    letter = force.letter(post_id)
    asked = ask(force, "Somebody else's words.")
    asked = replace(asked, post_id=post_id, letter=letter)
    assert asked.approval().asked == (DEPUTY.person_id,)
    content_hash = asked.approval().content_hash
    mine = Caller(force.stack.url, cookies={"__Host-session": me.token})

    asked.change("links", person_id=COMMS.person_id)
    forged = asked.open().send()
    address = f"/approvals/{post_id}-1"
    fields = mine.get(address).fields()
    force.stack.clock.advance(READING)
    page = mine.post_form(address, {**fields, "choice": "approve"})
    api = me.post_json(
        f"/v1/approvals/{post_id}/1/decision",
        {"decision": "approve", "content_hash": content_hash},
    )

    for heard in (forged, page, api):
        assert 400 <= heard.status < 500
        assert "You wrote this post" in heard.text
    assert asked.is_undecided()


def test_a_link_turned_to_somebody_who_approves_nothing_is_refused(force):
    asked = ask(force, "For an officer.")
    asked.change("links", person_id=OFFICER.person_id)

    heard = asked.open().send()

    assert "Only communications staff approve" in heard.text
    assert asked.is_undecided()


@pytest.mark.parametrize("status", [PersonStatus.LEFT, PersonStatus.SUSPENDED, PersonStatus.AWAY])
def test_whoever_leaves_takes_their_links_with_them(force, status):
    asked = ask(force, f"Asked of somebody who is {status.value}.")
    people, act = People(force.stack.tables, force.pen), an_act(at=force.stack.clock.now())
    gone = replace(COMMS, status=status)
    page = asked.open()
    people.change(COMMS, gone, act)

    try:
        heard = page.send()
    finally:
        people.change(gone, COMMS, act)

    assert 400 <= heard.status < 500
    assert asked.is_undecided()


def test_the_code_of_one_letter_opens_no_other(force):
    first, second = ask(force, "The first of two."), ask(force, "The second of two.")
    assert first.letter.code != second.letter.code

    heard = first.open().send(code=second.letter.code)

    assert heard.status == 422
    assert "That is not the code" in heard.text
    assert first.is_undecided()
    assert second.is_undecided()


# ── in time ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("how", "sentence"), [("expired", "has expired"), ("voided", "was voided")]
)
def test_a_link_that_is_over_decides_nothing_though_it_was_open_before(force, how, sentence):
    asked = ask(force, f"Too late, {how}.")
    page = asked.open()
    over = {"expires_at": written(force.stack.clock.now() - timedelta(seconds=1))}
    asked.change("links", **(over if how == "expired" else {"void": True}))

    for heard in (page.send(), Caller(force.stack.url).get(asked.letter.link)):
        assert heard.status == 403
        assert sentence in heard.text
    assert asked.is_undecided()


def test_guessing_in_parallel_ends_the_link_too(force):
    asked = ask(force, "Guessed at.")
    guesses = [f"222{character}" for character in "23456789BCDF"]
    guesses = [guess for guess in guesses if guess != asked.letter.code]
    browsers = [asked.open() for _ in guesses]

    heard = at_once(
        *(lambda b=b, g=g: b.send(code=g) for b, g in zip(browsers, guesses, strict=True))
    )

    assert {one.status for one in heard} == {403, 422}
    assert [one.status for one in heard].count(422) == 4
    assert asked.open().send().status == 403
    assert asked.is_undecided()


def test_an_empty_code_is_no_guess(force):
    asked = ask(force, "Forgot the code.")
    page = asked.open()

    tries = [page.send(code=" ") for _ in range(6)]

    assert {heard.status for heard in tries} == {422}
    assert page.send("reject").status == 200


def test_a_late_click_on_what_nobody_decided_offers_no_decision(force):
    asked = ask(force, "Nobody came.")
    page, post = asked.open(), force.posts.get(asked.post_id)
    expired = an_act("post.expired", at=force.stack.clock.now())
    force.approvals.expire(post, asked.approval(), expired)
    machines = force.stack.aws.client("stepfunctions")
    machines.stop_execution(executionArn=force.execution(asked.post_id))

    for heard in (page.send(), Caller(force.stack.url).get(asked.letter.link)):
        assert heard.status == 409
        assert "nobody decided in time" in heard.text
        assert "Send your decision" not in heard.text
    assert not asked.rulings()


def test_a_newer_letter_to_the_same_person_ends_the_older_ones_link(force):
    asked = ask(force, "Asked about twice.")
    page = asked.open()

    force.turn(minutes=61)  # turned again and again until then, it might be over by then
    eventually(lambda: asked.approval().newest_round(COMMS.person_id) > 1)
    newer = eventually(lambda: (found := force.letters(asked.post_id))[1:] and found[-1])

    for heard in (page.send(code="2222"), Caller(force.stack.url).get(asked.letter.link)):
        assert heard.status == 403
        assert "A newer e-mail was sent to you; use its link" in heard.text
    assert asked.is_undecided()
    assert "Thank you" in replace(asked, letter=newer).open().send("reject").text
    again = Caller(force.stack.url).get(asked.letter.link)
    assert f"Already decided by {COMMS.name} at" in again.text


# ── from this page, in this browser ──────────────────────────────────────────


def test_a_form_is_taken_only_from_the_browser_it_was_served_to(force):
    asked, other = ask(force, "Forged."), ask(force, "Forged from here.")
    page, elsewhere, neighbour = asked.open(), asked.open(), other.open()

    forged = [
        page.send(csrf=neighbour.fields["csrf"]),
        page.send(csrf=elsewhere.fields["csrf"]),
        page.send(csrf=""),
        replace(page, caller=Caller(force.stack.url)).send(),
        replace(page, caller=elsewhere.caller).send(),
        replace(neighbour, letter=asked.letter).send(),
    ]

    assert [heard.status for heard in forged] == [403] * len(forged)
    assert asked.is_undecided()
    assert other.is_undecided()
    assert page.send("reject").status == 200


# ── and nobody else reads about it ───────────────────────────────────────────


def test_no_log_holds_what_opens_a_door(force, logs):
    asked, broken = ask(force, "Told to nobody."), ask(force, "Broken on the way.")
    officer, page = force.officer, asked.open()
    draft = force.stack.tables.posts.get(broken.post_id, 1).draft
    broken.change("posts", draft="{")

    assert broken.open().caller.get(broken.letter.link).status == 500
    assert officer.get(f"/v1/posts/{broken.post_id}").status == 500
    broken.change("posts", draft=draft)
    assert page.send(code="2222").status == 422
    assert page.send().status == 200
    force.until(asked.post_id)

    logged = "\n".join(log.read_text(errors="replace") for log in logs.iterdir())
    letters = (asked.letter, broken.letter)
    doors = [letter.link.rpartition("/")[2] for letter in letters]
    tokens = [one.approval().task_token for one in (asked, broken)]
    words = re.findall(r"\w+", logged)
    assert "/approvals/{link}" in logged, "what breaks behind a link is told by its route"
    for secret in (*doors, *tokens, officer.token, page.caller.cookies["__Host-approval"]):
        assert secret not in logged
    assert {letter.code for letter in letters}.isdisjoint(words)


# ── the table at the top ─────────────────────────────────────────────────────


def test_the_table_at_the_top_names_tests_that_there_are():
    files = list((ROOT / "tests").rglob("test_*.py"))
    tests = [name for file in files for name in re.findall(r"def (test_\w+)", file.read_text())]
    known = {*tests, *(str(file.relative_to(ROOT / "tests")) for file in files)}

    named = set(re.findall(r"[\w/]+_\w+", __doc__))

    assert {name for name in named if not any(name in each for each in known)} == set()
