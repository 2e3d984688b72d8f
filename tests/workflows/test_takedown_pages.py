"""Comments and blocks on the pages: filled in, asked for once, read by their own, decided."""

import html
import re
from dataclasses import replace
from datetime import timedelta

import pytest

from local.force import AUDITOR, COMMANDER, COMMS, DEPUTY, OFFICER
from shared.identity.session import form_token
from shared.posts.names import AccountId
from tests.builders import an_act
from tests.workflows.force import FREE, WATCHED, a_force
from tests.workflows.takedown_described import HEARD, TakingDown

FILLED = {
    "account": FREE,
    "platform": "sandbox",
    "comment": "c404",
    "rule": "offensive",
    "why": "It insults a boy.",
    "deed": "hide",
}
BOTHERS = {
    "account": FREE,
    "platform": "sandbox",
    "author_id": "u9",
    "handle": "@lad",
    "why": "He goes on.",
}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        # What is on record here stays as it is: no sweep takes it for what was never begun.
        force.stack.schedules.stop()
        yield force


@pytest.fixture(scope="module")
def taking(force):
    return TakingDown(force)


def sent(force, who, path, /, **fields):
    """A form as it was served to this person."""
    caller = force.caller(who.person_id)
    return caller.post_form(path, {"csrf": form_token(caller.token, "takedowns"), **fields})


def seen(force, who, path):
    return force.caller(who.person_id).get(path)


def test_a_link_fills_in_where_the_comment_stands_and_does_nothing(force):
    before = seen(force, OFFICER, "/takedowns").text.count("bl-card")

    form = seen(force, OFFICER, f"/takedowns/new?account={FREE}&platform=sandbox&comment=c404")

    assert form.status == 200
    assert 'value="c404"' in form.text
    assert f'value="{FREE}" checked' in form.text
    assert 'value="offensive" checked' not in form.text
    assert seen(force, OFFICER, "/takedowns").text.count("bl-card") == before


def test_the_same_form_twice_is_one_takedown(force):
    form = {**FILLED, "submission": "one-form"}

    first, second = (sent(force, OFFICER, "/takedowns/new", **form) for _ in range(2))

    assert first.status == second.status == 303
    assert first.headers["location"] == second.headers["location"]
    shown = seen(force, OFFICER, first.headers["location"])
    assert "It insults a boy." in shown.text


def test_what_is_wrong_is_told_beside_what_was_typed(force):
    heard = sent(force, OFFICER, "/takedowns/new", **{**FILLED, "rule": "disagrees"})

    assert heard.status == 422
    assert "breaks no rule" in heard.text
    assert "It insults a boy." in heard.text


def test_without_house_rules_the_page_says_who_enters_them(force):
    account = force.accounts.get(AccountId(FREE))
    bare, act = replace(account, house_rules=""), an_act("account.changed")
    force.accounts.change(account, bare, act)
    try:
        heard = sent(force, OFFICER, "/takedowns/new", **FILLED)
    finally:
        force.accounts.change(bare, account, act)

    assert heard.status == 422
    assert "Ask the web team to enter their address" in heard.text


def test_a_team_reads_its_own_and_nobody_elses(force, taking):
    kept = f"/takedowns/{taking.kept}"

    assert "You lot." in seen(force, OFFICER, kept).text
    assert "You lot." in seen(force, AUDITOR, kept).text
    assert seen(force, COMMANDER, kept).status == 404
    assert seen(force, COMMANDER, f"/takedowns?account={FREE}").status == 404
    assert taking.kept not in seen(force, COMMANDER, "/takedowns").text
    assert taking.kept in seen(force, OFFICER, f"/takedowns?account={FREE}").text
    assert taking.kept in seen(force, AUDITOR, f"/takedowns?account={FREE}").text


def test_the_list_holds_nothing_of_what_was_said(force, taking):
    listed = seen(force, COMMS, f"/takedowns?account={FREE}").text

    assert taking.kept in listed
    assert "You lot." not in listed


def test_what_is_left_to_a_person_has_a_checklist_and_asks_for_the_evidence(force, taking):
    path = f"/takedowns/{taking.left}"

    assert "Before you touch it" in seen(force, OFFICER, path).text
    typed = {"act": "hand", "why": "I hid it.", "text": "You lot."}
    wanting = sent(force, OFFICER, path, **typed)
    done = sent(force, OFFICER, path, **typed, author="@lad", written="today")

    assert (wanting.status, done.status) == (422, 303)
    assert "Say who wrote it" in wanting.text
    assert ">You lot.</textarea>" in wanting.text.replace("\n", "")
    assert "By hand: I hid it." in seen(force, OFFICER, path).text


def test_an_appeal_is_entered_read_and_decided_by_somebody_else(force, taking):
    path = f"/takedowns/{taking.done}"

    assert sent(force, OFFICER, path, act="appeal", **HEARD).status == 303
    assert "It was a joke." in seen(force, DEPUTY, path).text
    own = sent(force, COMMS, path, act="decide", decision="uphold", why="A joke.")
    officers = sent(force, OFFICER, path, act="decide", decision="uphold", why="A joke.")
    nothing_chosen = sent(force, DEPUTY, path, act="decide", why="A joke.")
    decided = sent(force, DEPUTY, path, act="decide", decision="turn-down", why="It was none.")

    assert (own.status, officers.status, nothing_chosen.status) == (403, 403, 422)
    assert decided.status == 303
    assert "Turned the appeal down" in seen(force, OFFICER, path).text


def test_a_form_that_was_not_served_to_them_does_nothing(force, taking):
    path = f"/takedowns/{taking.appealed}"
    caller = force.caller(DEPUTY.person_id)

    forged = caller.post_form(
        path, {"act": "decide", "decision": "uphold", "why": "x", "csrf": "y"}
    )

    assert forged.status == 403
    assert "An appeal waits" in seen(force, DEPUTY, path).text


def test_a_form_that_is_none_of_ours_is_said_so(force, taking):
    assert sent(force, DEPUTY, f"/takedowns/{taking.appealed}", act="burn").status == 404
    assert sent(force, DEPUTY, f"/blocks/{taking.active}", act="burn").status == 404


def test_somebody_is_blocked_kept_so_and_let_in_again(force, taking):
    asked = sent(force, COMMS, "/blocks/new", **BOTHERS, submission="another-form")
    path = f"/blocks/{taking.active}"

    assert asked.status == 303
    assert "@lad" in seen(force, AUDITOR, asked.headers["location"]).text
    unreal = sent(force, COMMS, path, act="renew", why="He still does.", review_on="31/12/2026")
    assert (unreal.status, "Enter a real date" in unreal.text) == (422, True)
    day = (force.stack.clock.now() + timedelta(days=30)).date()
    assert sent(force, COMMS, path, act="renew", why="Yes.", review_on=f"{day}").status == 303
    assert f"{day.day} {day:%B %Y}" in seen(force, AUDITOR, path).text
    assert sent(force, COMMS, path, act="lift", why="It is enough.").status == 303
    assert "Lifted the block" in seen(force, AUDITOR, path).text


def test_a_block_that_is_over_forgets_who_it_was(force, taking):
    shown = seen(force, COMMS, f"/blocks/{taking.lifted}").text

    assert "Nobody keeps who it was" in shown
    assert "u9" not in shown


def test_a_year_is_paged_through(force, taking):
    for _ in range(22):
        sent(force, OFFICER, "/takedowns/new", **{**FILLED, "account": WATCHED})

    first = seen(force, OFFICER, f"/takedowns?account={WATCHED}")
    [more] = re.findall(r'href="([^"]+)" rel="next"', first.text)
    second = seen(force, OFFICER, html.unescape(more))

    assert first.text.count('class="bl-card"') == 20
    assert second.text.count('class="bl-card"') == 2
