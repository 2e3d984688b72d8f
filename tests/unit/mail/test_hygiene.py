"""What every letter owes its reader: plain words, nothing fetched, nothing told to a locked phone.

Every event is in every table: a new one is tested the day it has a letter.
"""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest

from shared.mail.letters import LETTER_OF_EVENT, ApprovalWanted, Event
from shared.mail.links import token_sha256
from shared.mail.send import EVENT_TAG, LINK_TAG, TAGS
from tests.unit.mail.letters_made import (
    NOW,
    a_letter,
    a_mail,
    all_private,
    part,
    private_in,
    read_back,
    seen,
)

PREVIEW = 150
"""So many characters of a letter stand beside its subject on a locked telephone."""

LONGEST_LINE = 998
"""Of RFC 5322, without its line end."""

KINDS = ("plain", "html")


@pytest.mark.parametrize("event", Event)
def test_a_letter_comes_back_from_its_bytes_with_both_parts(event: Event) -> None:
    mail = read_back(a_mail(event))

    assert mail.get_content_type() == "multipart/alternative"
    assert [p.get_content_type() for p in mail.iter_parts()] == ["text/plain", "text/html"]
    assert not mail.defects


@pytest.mark.parametrize("event", Event)
def test_the_head_says_who_wrote_and_that_no_person_did(event: Event) -> None:
    mail = read_back(a_mail(event))

    assert mail["From"].addresses[0].addr_spec == "bluelamp@police.example"
    assert mail["To"].addresses[0].addr_spec == "sam.khan@police.example"
    assert mail["Date"].datetime == NOW
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["MIME-Version"] == "1.0"
    # Amazon SES writes its own Message-ID over any other; and nobody is on a list here.
    assert {"Message-ID", "Reply-To", "List-Unsubscribe", "Cc", "Bcc"} & set(mail.keys()) == set()


@pytest.mark.parametrize("event", Event)
def test_the_plain_part_says_all_that_the_other_one_says(event: Event) -> None:
    plain = seen(a_mail(event), "plain")

    assert [said for said in sentences_of(part(a_mail(event), "html")) if said not in plain] == []
    assert a_letter(event).link in plain


@pytest.mark.parametrize("event", Event)
def test_nothing_in_a_letter_is_fetched_from_elsewhere(event: Event) -> None:
    html = part(a_mail(event), "html")

    fetching = r"<(?:img|link|script|iframe|object|embed|form|video|audio|svg|base)\b"
    assert not re.search(fetching, html, re.IGNORECASE)
    assert not re.search(r"url\(|@import|\bsrc(?:set)?=|\bbackground=", html, re.IGNORECASE)


@pytest.mark.parametrize("event", Event)
def test_every_link_leads_to_the_forces_own_host_and_no_other(event: Event) -> None:
    mail, own = a_mail(event), urlsplit(a_letter(event).link)

    links = re.findall(r"https?://[^\s\"<>]+", part(mail, "plain") + part(mail, "html"))
    assert len(links) == len(KINDS)
    assert {urlsplit(link).netloc for link in links} == {own.netloc}
    assert "mailto:" not in part(mail, "html")


@pytest.mark.parametrize("event", Event)
def test_a_locked_phone_shows_no_name_and_nothing_of_the_work(event: Event) -> None:
    mail = a_mail(event)
    shown = [seen(mail, kind) for kind in KINDS]

    for name, values in private_in(a_letter(event)).items():
        for value in values:
            assert value not in mail["Subject"], name
            # Not even its beginning: where it first stands is behind what a preview shows.
            assert [text.find(value) for text in shown if -1 < text.find(value) < PREVIEW] == [], (
                name
            )


@pytest.mark.parametrize("event", Event)
def test_a_subject_fits_on_a_telephone(event: Event) -> None:
    subject = a_mail(event)["Subject"]

    assert 0 < len(subject) <= 70
    assert subject == subject.strip()


@pytest.mark.parametrize("event", Event)
@pytest.mark.parametrize("name", ["x" * 5_000, "Zoë " * 1_000, "\U0001f6a8" * 2_000])
def test_no_line_is_longer_than_mail_allows(event: Event, name: str) -> None:
    mail = a_mail(event, **all_private(event, name))

    assert max(map(len, mail.as_bytes().split(b"\r\n"))) <= LONGEST_LINE


@pytest.mark.parametrize("event", Event)
def test_what_the_mail_service_tells_of_later_is_known_by_its_tags(event: Event) -> None:
    letter = a_letter(event)
    tags = dict(tag.split("=") for tag in str(a_mail(event)[TAGS]).split(", "))

    assert tags.pop(EVENT_TAG) == event.value
    if LETTER_OF_EVENT[event] is ApprovalWanted:
        assert tags.pop(LINK_TAG) == token_sha256(letter.link.rpartition("/")[2])
    assert tags == {}


@pytest.mark.parametrize("event", Event)
def test_every_tag_is_one_that_the_mail_service_takes(event: Event) -> None:
    tag = r"[A-Za-z0-9_-]{1,256}"

    assert re.fullmatch(rf"{tag}={tag}(, {tag}={tag})*", str(a_mail(event)[TAGS]))


def sentences_of(html: str) -> list[str]:
    """What an HTML part says, sentence by sentence; the words on its button are not said."""
    body = re.sub(r"<head>.*?</head>|<a .*?</a>", "", html, flags=re.DOTALL)
    blocks = re.split(r"</?(?:!doctype html|html|body|div|p|ul|li|br)\b[^>]*>", body)
    told = [" ".join(unescape(re.sub(r"<[^>]+>", "", block)).split()) for block in blocks]
    sentences = [said for block in told for said in re.split(r"(?<=[.!?]) ", block) if said]
    return [said.rstrip(".") for said in sentences]  # a colon stands before a link in its own line
