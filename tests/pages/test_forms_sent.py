"""What a person does on a page arrives as it was meant, with scripts and without."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from shared.pages.forms import decision_form, new_form
from tests.pages.conftest import Open
from tests.pages.counter import Counter

WORDS = "\nTwo  blanks,\nan “odd” 👮 and <b>\n"
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_post_arrives_as_it_was_typed(
    open_page: Open, counter: Counter, *, scripts: bool
) -> None:
    page = open_page("new-empty", java_script_enabled=scripts)
    page.get_by_label("Stafford LPT").check()
    page.get_by_label("Bluesky", exact=True).check()
    page.get_by_label("X", exact=True).check()
    page.get_by_label("What do you want to say?").fill(WORDS)
    page.get_by_text("Send it later").click()
    page.get_by_label("Date").fill("2026-11-22")
    page.get_by_label("Time").fill("09:30")
    page.get_by_role("button", name="Send", exact=True).click()

    form = new_form(counter.sent[-1])
    assert form.act == "send"
    assert form.typed.text == WORDS
    assert form.typed.account == "stafford-lpt"
    assert form.typed.platforms == ("x", "bluesky")
    assert (form.typed.date, form.typed.time) == ("2026-11-22", "09:30")
    assert (form.submission, form.csrf) == ("c1d2e3f4", "3f7c0c2b")


def test_what_came_back_is_sent_again_unchanged(open_page: Open, counter: Counter) -> None:
    page = open_page("new-blocked", java_script_enabled=False)
    words = page.get_by_label("What do you want to say?").input_value()
    page.get_by_role("button", name="Check").click()

    form = new_form(counter.sent[-1])
    assert form.act == "check"
    assert form.typed.text == words
    assert form.typed.platforms == ("x", "bluesky")
    assert (form.typed.date, form.typed.time) == ("2026-11-22", "09:30")


def test_the_enter_key_checks_and_never_sends(open_page: Open, counter: Counter) -> None:
    page = open_page("new-blocked", java_script_enabled=False)
    page.get_by_label("Date").press("Enter")

    assert new_form(counter.sent[-1]).act == "check"


def test_a_decision_arrives_with_its_reason_and_code(open_page: Open, counter: Counter) -> None:
    page = open_page("approval", java_script_enabled=False)
    page.get_by_label("Return for change").check()
    page.get_by_label("Your reason").fill("Name the town.\nNot the street.")
    page.get_by_label("The code in the e-mail’s subject").fill("4f7k")
    page.get_by_role("button", name="Send your decision").click()

    form = decision_form(counter.sent[-1])
    assert (form.choice, form.code, form.csrf) == ("return", "4f7k", "3f7c0c2b")
    assert form.reason == "Name the town.\nNot the street."


def test_a_click_without_a_choice_chooses_nothing(open_page: Open, counter: Counter) -> None:
    page = open_page("approval", java_script_enabled=False)
    page.get_by_role("button", name="Send your decision").click()

    assert decision_form(counter.sent[-1]).choice == ""


# ── checked while typing ─────────────────────────────────────────────────────


def answering(page: Page, *answers: tuple[int, dict[str, Any]]) -> list[dict[str, Any]]:
    """Answer the live checks one after the other; returns what they ask."""
    asked: list[dict[str, Any]] = []

    def answer(route: Route) -> None:
        asked.append(json.loads(route.request.post_data or ""))
        status, body = answers[min(len(asked), len(answers)) - 1]
        route.fulfill(status=status, json=body)

    page.route("**/v1/checks", answer)
    return asked


def a_verdict(outcome: str, **finding: Any) -> dict[str, Any]:
    usual = {
        "rule": "r",
        "severity": "block",
        "start": 0,
        "end": 4,
        "message": "No.",
        "suggestion": "Mend it.",
        "source": "s",
    }
    findings = [{**usual, **finding}] if finding else []
    return {"outcome": outcome, "policy_version": "1", "findings": findings}


def typing(page: Page, words: str) -> None:
    page.get_by_label("Stafford LPT").check()
    page.get_by_label("X", exact=True).check()
    page.get_by_label("What do you want to say?").fill(words)


def test_what_is_typed_is_checked_while_it_is_typed(open_page: Open) -> None:
    page = open_page("new-empty")
    verdict = a_verdict("blocked", message="Too long.", start=2, end=5)
    verdict["counts"] = [{"platform": "x", "length": 291, "limit": 280}]
    asked = answering(page, (200, verdict))

    typing(page, "👮 Leek")

    live = page.get_by_role("status")
    expect(live).to_contain_text("This post cannot go out yet.")
    expect(live).to_contain_text("Must change: Too long. “Lee” Mend it.")
    expect(live).to_contain_text("X: 291 of 280 characters, 11 too many")
    assert asked[-1] == {
        "text": "👮 Leek",
        "platforms": ["x"],
        "account": "stafford-lpt",
    }


@pytest.mark.parametrize("name", ["new-one-account", "new-many-accounts"])
def test_one_account_and_a_long_list_of_them_are_checked_too(open_page: Open, name: str) -> None:
    page = open_page(name)
    asked = answering(page, (200, a_verdict("clear")))
    if name == "new-many-accounts":
        page.get_by_label("Which account speaks?").select_option("npt-3")
    page.get_by_label("X", exact=True).check()
    page.get_by_label("What do you want to say?").fill("Words")

    expect(page.locator("#live")).to_have_text("Ready to send.")
    assert asked[-1]["text"] == "Words"
    assert asked[-1]["account"] == ("leek-npt" if name == "new-one-account" else "npt-3")


def test_what_the_check_answers_is_never_markup(open_page: Open) -> None:
    page = open_page("new-empty")
    answering(page, (200, a_verdict("review", message=HOSTILE, suggestion=HOSTILE)))

    typing(page, HOSTILE)

    live = page.get_by_role("status")
    expect(live).to_contain_text(HOSTILE)
    assert live.locator("img").count() == 0


def test_a_check_that_does_not_answer_takes_its_old_words_back(open_page: Open) -> None:
    page = open_page("new-empty")
    answering(page, (200, a_verdict("clear")), (503, {"title": "Busy"}))
    live = page.locator("#live")
    typing(page, "First")
    expect(live).to_have_text("Ready to send.")

    page.get_by_label("What do you want to say?").fill("Second")

    expect(live).to_be_hidden()


def test_an_old_answer_never_replaces_a_newer_one(open_page: Open) -> None:
    page = open_page("new-empty")
    asked: list[Route] = []

    def answer_only_the_second(route: Route) -> None:
        asked.append(route)
        if len(asked) > 1:
            route.fulfill(json=a_verdict("clear"))

    page.route("**/v1/checks", answer_only_the_second)
    with page.expect_request("**/v1/checks"):
        typing(page, "First")
    with page.expect_event("requestfailed") as given_up:
        page.get_by_label("What do you want to say?").fill("Second")

    expect(page.locator("#live")).to_have_text("Ready to send.")
    assert json.loads(given_up.value.post_data or "")["text"] == "First"


def test_nothing_is_asked_before_there_is_something_to_check(open_page: Open) -> None:
    page = open_page("new-empty")
    asked = answering(page, (200, a_verdict("clear")))
    page.get_by_label("What do you want to say?").fill("Words without a platform")
    page.get_by_label("Stafford LPT").check()
    with page.expect_request("**/v1/checks"):
        page.get_by_label("X", exact=True).check()

    expect(page.locator("#live")).to_have_text("Ready to send.")
    assert len(asked) == 1
