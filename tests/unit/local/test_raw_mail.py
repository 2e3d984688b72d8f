"""What is read of a raw mail the quick way is what the standard library's parser reads."""

from email import message_from_string
from email.message import EmailMessage
from email.policy import SMTP, default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.mailbox import part
from local.raw_mail import header_of, told_by

LINES = st.text(st.characters(categories=("L", "N", "P", "S"), include_characters=" "), max_size=99)


def a_mail(subject, words, *, ends="\r\n", page=True):
    mail = EmailMessage(policy=SMTP.clone(linesep=ends))
    mail["Subject"], mail["To"] = subject, "Owner One <owner001@force.example>"
    mail.set_content(words)
    if page:
        mail.add_alternative("<p>Not this</p>", subtype="html")
    return mail.as_string()


@given(LINES, st.lists(LINES), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_a_mail_says_the_same_however_it_is_read(subject, lines, ends, page):
    raw = a_mail(subject, "\n".join(lines), ends=ends, page=page)
    read = message_from_string(raw, policy=default)

    told, to, words = told_by(raw)

    assert ("".join(told.split()), to) == ("".join(subject.split()), str(read["To"]))
    assert words.splitlines() == part(read, "plain").splitlines()
    assert header_of(raw, "Subject") == told


@pytest.mark.parametrize(
    "words", ["7 i’w gwneud — Gŵyl Dewi", "x" * 300, "ŵ" * 200, "a" + " b" * 90]
)
def test_a_long_subject_or_a_welsh_one_is_one_line(words):
    assert header_of(a_mail(words, "Bore da"), "Subject").replace(" ", "") == words.replace(" ", "")


def test_what_a_mail_has_not_is_empty():
    assert header_of("To: a@force.example\r\n\r\nSubject: no\r\n", "Subject") == ""
    assert told_by("Content-Type: text/html\n\n<p>Only this</p>")[2] == ""
