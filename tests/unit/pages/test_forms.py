"""What comes back from the forms, whatever was really sent."""

import re
from urllib.parse import parse_qs, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.pages.forms import DecisionForm, decision_form, new_form
from shared.pages.render import render
from tests.pages.made_views import a_new_view, an_approval_view


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
            act="send",
            submission="s",
            csrf="c",
        )
    )

    assert form.typed.text == "one\ntwo "
    assert form.typed.platforms == ("x", "bluesky")
    assert (form.typed.date, form.typed.time) == ("2026-11-22", "09:30")
    assert (form.act, form.submission, form.csrf) == ("send", "s", "c")


@pytest.mark.parametrize("act", ["", "check", "SEND", "anything"])
def test_only_a_click_on_send_sends(act: str) -> None:
    assert new_form(sent(act=act)).act == "check"


@pytest.mark.parametrize("choice", ["", "approved", "Approve", "approve\n"])
def test_a_choice_that_is_none_of_the_three_is_none(choice: str) -> None:
    assert decision_form(sent(choice=choice)).choice == ""


def test_the_decision_comes_back_without_blanks_around_the_reason() -> None:
    form = decision_form(sent(choice="return", reason=" Why\r\nnot? \n", code="4f 7k", csrf="c"))

    assert form == DecisionForm("return", "Why\nnot?", "4f 7k", "c")


@given(st.dictionaries(st.text(max_size=8), st.lists(st.text(max_size=8)), max_size=5))
def test_no_form_is_too_strange_to_read(fields: dict[str, list[str]]) -> None:
    assert new_form(fields).act == "check" or fields["act"][0] == "send"
    assert decision_form(fields).choice in {"", "approve", "return", "reject"}


def test_the_pages_name_their_fields_as_the_forms_read_them() -> None:
    new = render("new", a_new_view(), csrf="t")
    approval = render("approval", an_approval_view(), csrf="t")

    names = re.compile(r' name="(\w+)"(?! content)')
    assert set(names.findall(new)) - {"viewport", "robots"} == {
        *("csrf", "submission", "replaces", "account", "platforms", "text", "date", "time", "act"),
    }
    assert set(names.findall(approval)) == {"csrf", "choice", "reason", "code"}
