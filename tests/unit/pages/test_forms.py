"""What comes back from the forms, whatever was really sent."""

import re
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.pages.forms import (
    VARIANT,
    DecisionForm,
    WithdrawForm,
    decision_form,
    new_form,
    withdraw_form,
)
from shared.pages.render import render
from shared.pages.views import EditView
from tests.pages.made_views import LEEK, STAFFORD, a_new_view, a_post_view, an_approval_view


def sent(**fields: str | list[str]) -> dict[str, list[str]]:
    return parse_qs(urlencode(fields, doseq=True), keep_blank_values=True)


def test_the_post_form_comes_back_as_typed() -> None:
    form = new_form(
        sent(
            text="one\r\ntwo ",
            account="leek-npt",
            platforms=["x", "bluesky", "x"],
            date="2026-11-22",
            time="09:30",
            embargo="yes",
            urgency="routine",
            urgent_reason="A\r\nflood.",
            act="send",
            submission="s",
            csrf="c",
        )
    )

    assert form.typed.text == "one\ntwo "
    assert form.typed.platforms == ("x", "bluesky")
    assert (form.typed.date, form.typed.time) == ("2026-11-22", "09:30")
    assert (form.typed.embargo, form.typed.urgency) == (True, "routine")
    assert form.typed.urgent_reason == "A\nflood."
    assert (form.act, form.submission, form.csrf) == ("send", "s", "c")


def test_what_the_post_form_does_not_say_is_as_usual() -> None:
    typed = new_form(sent(embargo="on")).typed

    assert (typed.embargo, typed.urgency, typed.urgent_reason) == (False, "prompt", "")


def test_the_form_to_take_a_post_back_comes_without_blanks_around_the_reason() -> None:
    form = withdraw_form(sent(version="2", reason=" Off.\r\nNow. ", csrf="c"))

    assert form == WithdrawForm("2", "Off.\nNow.", "c")


@pytest.mark.parametrize("act", ["", "check", "SEND", "anything"])
def test_only_a_click_on_send_sends(act: str) -> None:
    assert new_form(sent(act=act)).act == "check"


@pytest.mark.parametrize("choice", ["", "approved", "Approve", "approve\n"])
def test_a_choice_that_is_none_of_the_four_is_none(choice: str) -> None:
    assert decision_form(sent(choice=choice)).choice == ""


def test_the_decision_comes_back_without_blanks_around_the_reason() -> None:
    form = decision_form(sent(choice="return", reason=" Why\r\nnot? \n", code="4f 7k", csrf="c"))

    assert form == DecisionForm("return", "Why\nnot?", "4f 7k", "c")


def test_an_edit_comes_back_with_the_line_ends_people_type_and_nothing_else_changed() -> None:
    form = decision_form(sent(choice="edit", text=" One\r\ntwo ", alt=["A\r\nvan.", ""]))

    assert (form.text, form.alts) == (" One\ntwo ", ("A\nvan.", ""))
    assert (decision_form({}).text, decision_form({}).alts) == (None, ())


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8)), max_size=5))
def test_no_form_is_too_strange_to_read(fields: dict[str, list[str]]) -> None:
    assert new_form(fields).act == "check" or fields["act"][0] == "send"
    assert decision_form(fields).choice in {"", "approve", "edit", "return", "reject"}


def test_the_pages_name_their_fields_as_the_forms_read_them() -> None:
    new = render("new", a_new_view(may_publish_urgently=True), csrf="t")
    post = render("post", a_post_view(may_withdraw=True), csrf="t")
    approval = render(
        "approval", an_approval_view(edit=EditView("Words.", ("A van.",), ("More.",))), csrf="t"
    )

    names = re.compile(r' name="([\w-]+)"(?! content)')
    assert set(names.findall(new)) - {"viewport", "robots"} == {
        *("csrf", "submission", "replaces", "account", "platforms", "text", "date", "time", "act"),
        *(
            "embargo",
            "urgency",
            "urgent_reason",
            "language",
            "part",
            "card_url",
            "card_title",
            "card_text",
        ),
        *(f"{VARIANT}{platform}" for platform in {*LEEK.platforms, *STAFFORD.platforms}),
    }
    assert set(names.findall(post)) - {"viewport", "robots"} == {"csrf", "version", "reason"}
    assert set(names.findall(approval)) == {
        "csrf",
        "choice",
        "text",
        "part",
        "alt",
        "reason",
        "code",
    }
