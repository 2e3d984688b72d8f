"""What the letters say, to whom, and what they keep to themselves."""

import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from shared.mail import send as sending
from shared.mail.errors import UnsafeLetterError
from shared.mail.letters import LETTER_OF_EVENT, ApprovalWanted, Event
from shared.mail.send import compose_mail
from tests.unit.mail.letters_made import (
    LINK,
    NOW,
    a_letter,
    a_mail,
    all_private,
    part,
    private_in,
    read_back,
)

APPROVALS = [event for event, kind in LETTER_OF_EVENT.items() if kind is ApprovalWanted]
DATED = [event for event in Event if hasattr(a_letter(event), "submitted_at")]
HOSTILE = "Sam</p><script>x</script>\r\nBcc: all@evil.example\r\n\r\n{{ 7*7 }}"


def test_every_event_has_its_letter() -> None:
    assert set(LETTER_OF_EVENT) == set(Event)


@pytest.mark.parametrize("event", Event)
def test_the_link_stands_once_in_each_part_and_whole(event: Event) -> None:
    link = a_letter(event).link

    assert part(a_mail(event), "plain").split("\n").count(link) == 1
    assert re.findall(r'(?:href|src)="([^"]*)"', part(a_mail(event), "html")) == [link]


@pytest.mark.parametrize("event", APPROVALS)
def test_the_code_stands_in_the_subject_only(event: Event) -> None:
    mail = a_mail(event)

    assert mail["Subject"].lower().endswith("approval needed by 14:30 · code 4f7k")
    assert "4F7K" not in part(mail, "plain") + part(mail, "html")


@pytest.mark.parametrize("event", APPROVALS)
def test_a_deadline_on_another_day_names_it_in_the_subject(event: Event) -> None:
    mail = a_mail(event, expires_at=datetime(2027, 4, 1, 8, tzinfo=UTC))

    assert "by 09:00 on Thu 1 Apr" in mail["Subject"]


@pytest.mark.parametrize("event", Event)
def test_a_letter_says_who_it_is_for_and_all_it_was_told(event: Event) -> None:
    letter = a_letter(event)

    for kind in ("plain", "html"):
        words = part(a_mail(event), kind)
        assert f"This e-mail is for {letter.addressee}" in words
        assert [v for told in private_in(letter).values() for v in told if v not in words] == []


@pytest.mark.parametrize("event", [*APPROVALS, *DATED])
def test_the_letter_says_until_when_or_since_when(event: Event) -> None:
    time = "14:30" if event in APPROVALS else "08:00"

    for kind in ("plain", "html"):
        assert f"{time} on Saturday 21 November 2026" in part(a_mail(event), kind)


@pytest.mark.parametrize("event", Event)
def test_hostile_names_stay_names(event: Event) -> None:
    mail = a_mail(event, **all_private(event, HOSTILE))

    assert "<script>" not in part(mail, "html")
    assert "&lt;script&gt;" in part(mail, "html")
    assert not [line for line in part(mail, "plain").splitlines() if line.startswith("Bcc:")]
    assert read_back(mail)["Bcc"] is None
    assert "49" not in part(mail, "plain")


@pytest.mark.thorough
@given(st.text(max_size=60), st.text(max_size=60))
def test_no_name_ever_adds_a_header_or_a_part(addressee: str, title: str) -> None:
    usual = read_back(a_mail(Event.APPROVAL_REQUEST))

    mail = read_back(a_mail(Event.APPROVAL_REQUEST, addressee=addressee, account_title=title))

    assert mail.keys() == usual.keys()
    assert len(list(mail.walk())) == 3
    assert part(mail, "plain").count("\n") == part(usual, "plain").count("\n")


@given(st.text(max_size=30).filter(lambda code: code.strip() != code or not code.isprintable()))
def test_a_code_that_would_break_a_header_stops_the_letter(code: str) -> None:
    try:
        mail = read_back(a_mail(Event.APPROVAL_REQUEST, code=code))
    except UnsafeLetterError:
        return

    assert mail.keys() == read_back(a_mail(Event.APPROVAL_REQUEST)).keys()
    assert "\n" not in mail["Subject"]


@pytest.mark.parametrize(
    "code", ["4F7K\nBcc: all@evil.example", "4F7K\r\n\r\nbody", "4F\u2028", "\u202e"]
)
def test_a_line_break_in_a_header_is_refused(code: str) -> None:
    with pytest.raises(UnsafeLetterError):
        a_mail(Event.APPROVAL_REQUEST, code=f"{code}.")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "sam",
        "@police.example",
        "sam@",
        "sam@police.example, eve@evil.example",
        "sam@police.example\nBcc: eve@evil.example",
        "Sam <sam@police.example>",
        "sam@evil@police.example",
        "s\u00e4m@police.example",
    ],
)
def test_only_one_plain_address_is_written_to(address: str) -> None:
    letter = a_letter(Event.RETURNED)

    with pytest.raises(UnsafeLetterError):
        compose_mail(Event.RETURNED, address, letter, sender="b@police.example", at=NOW)
    with pytest.raises(UnsafeLetterError):
        compose_mail(Event.RETURNED, "sam@police.example", letter, sender=address, at=NOW)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "/posts/1", f"{LINK} x", f"{LINK}\n", ""])
def test_only_a_whole_web_address_is_linked(link: str) -> None:
    with pytest.raises(UnsafeLetterError):
        a_mail(Event.RETURNED, link=link)


def test_an_event_takes_only_its_own_letter() -> None:
    letter = a_letter(Event.RETURNED)

    with pytest.raises(TypeError):
        compose_mail(
            Event.APPROVAL_REQUEST, "a@police.example", letter, sender="b@police.example", at=NOW
        )


def test_a_template_that_names_what_is_not_there_fails() -> None:
    template = sending._environment().from_string("{{ letter.nothing_of_the_kind }}")

    with pytest.raises(UndefinedError):
        template.render(letter=a_letter(Event.RETURNED))
