"""An account that is silent climbs the ladder, and somebody decides what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from local.force import COMMANDER, COMMS, OFFICER, REGISTRAR
from local.mailbox import part
from shared.accounts.registry import AccountStatus, ClosureProposed
from tests.builders import an_account, an_act
from tests.workflows.force import FREE, WATCHED, a_force
from tests.workflows.test_registry import patch

SILENT, PAGES = "/registry/silent", "/registry/accounts"
CLOSING, RESTING = "closing-npt", "resting-npt"
LEEK, CHEADLE = "Leek Neighbourhood Team", "Cheadle Neighbourhood Team"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        at = force.stack.clock.now()
        resting = an_account(RESTING, status=AccountStatus.SUSPENDED)
        for account in (an_account(CLOSING), resting):
            force.accounts.enter(account, an_act("account.entered", at=at))
        yield force


def proposed(force, account_id):
    """Somebody proposes to close it."""
    before, now = force.accounts.get(account_id), force.stack.clock.now()
    after = replace(before, closure_proposed=ClosureProposed(now, now - timedelta(days=90)))
    force.accounts.change(before, after, an_act("inactivity.closure_proposed", at=now))


def told(force, days, title=LEEK):
    """Who gets a letter about the account's silence when the morning comes after so many days."""
    force.turn(days=days)
    before = len(force.stack.mailbox)
    force.stack.call("TellMorning", {})
    new = list(force.stack.mailbox)[before:]
    said = f"{title}, silent since"
    return sorted(str(mail["To"]) for mail in new if said in part(mail, "plain"))


def test_after_a_post_silence_climbs_the_ladder_until_closing_is_proposed(force):
    told(force, 3)  # what was silent before this began
    spoken = force.submit("The road is open again.")
    force.until(spoken)

    ladder = [told(force, days) for days in (1, 1, 6, 1, 14, 28)]
    again = told(force, 0)

    owner, above, centre = ([who.email] for who in (OFFICER, COMMANDER, COMMS))
    assert ladder[:4] == [[], owner, [], above]
    assert centre[0] in ladder[4]
    assert {COMMS.email, REGISTRAR.email} <= set(ladder[5])
    assert again == []
    assert LEEK in force.comms.get(SILENT).text
    shown = force.comms.get(f"/v1/accounts/{FREE}").json()
    assert shown["closure_proposed"]["silent_since"] < shown["closure_proposed"]["at"]


def test_communications_keep_it_open_and_say_why_and_its_silence_is_counted_anew(force):
    proposed(force, WATCHED)
    registrar, purpose = force.caller(REGISTRAR.person_id), {"purpose": "Speaks for Cheadle."}
    changed = patch(registrar, f"/v1/accounts/{WATCHED}", purpose).json()
    assert changed["closure_proposed"] is not None  # other words in an entry are no answer
    comms = force.comms
    page = comms.get(f"{PAGES}/{WATCHED}/keep-open")
    assert CHEADLE in comms.get(SILENT).text
    assert "was reminded" in comms.get(f"{PAGES}/{WATCHED}").text

    unsaid, kept = (
        comms.post_form(f"{PAGES}/{WATCHED}/keep-open", {**page.fields(), "why": why})
        for why in ("", "The team begins anew in spring.")
    )

    assert (unsaid.status, kept.status) == (422, 303)
    shown = comms.get(f"/v1/accounts/{WATCHED}").json()
    assert (shown["closure_proposed"], shown["kept_open_at"] is None) == (None, False)
    assert CHEADLE not in comms.get(SILENT).text
    assert told(force, 0, CHEADLE) == []


def test_closing_it_as_any_account_is_closed_answers_the_proposal(force):
    registrar = force.caller(REGISTRAR.person_id)
    proposed(force, CLOSING)

    shut = {"status": "closed", "why": "Nobody posts there any more."}
    closed = registrar.post_json(f"/v1/accounts/{CLOSING}/status", shut)

    assert (closed.status, closed.json()["closure_proposed"]) == (200, None)
    assert CLOSING not in registrar.get(SILENT).text


def test_nobody_keeps_open_what_nobody_proposed_to_close(force):
    refused = force.comms.post_json(f"/v1/accounts/{RESTING}/keep-open", {"why": "Why not."})

    assert refused.status == 409
    assert "Nobody proposes to close this account" in refused.text
