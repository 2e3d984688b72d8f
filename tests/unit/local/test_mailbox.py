"""What was sent can be read as it was written."""

from email.message import EmailMessage
from email.policy import SMTP

import pytest
from moto.ses.models import ses_backends

import local.mailbox
from local.aws import ACCOUNT, REGION
from local.mailbox import Mailbox, part


@pytest.fixture
def mail_service():
    service = ses_backends[ACCOUNT][REGION]
    service.verify_domain("small.example")
    yield service
    service.sent_messages.clear()


def send(service, to, subject, text):
    mail = EmailMessage(policy=SMTP)
    mail["From"] = "Bluelamp <approvals@small.example>"
    mail["To"] = to
    mail["Subject"] = subject
    mail.set_content(text, cte="quoted-printable")
    mail.add_alternative(f"<p>{text}</p>", subtype="html", cte="quoted-printable")
    service.send_raw_email("approvals@small.example", [to], mail.as_bytes().decode())


def test_both_parts_of_a_mail_are_read(mail_service):
    send(mail_service, "comms@small.example", "Approval · code A1B2", "Café at 5 – urgent")

    [mail] = Mailbox()

    assert mail["Subject"] == "Approval · code A1B2"
    assert part(mail, "plain").strip() == "Café at 5 – urgent"
    assert "<p>Café at 5 – urgent</p>" in part(mail, "html")


def test_the_mailbox_grows_as_mails_are_sent(mail_service):
    mailbox = Mailbox()
    send(mail_service, "a@small.example", "first", "one")
    before = len(mailbox)

    send(mail_service, "b@small.example", "second", "two")

    assert (before, [mail["Subject"] for mail in mailbox]) == (1, ["first", "second"])


def test_a_mail_that_was_let_go_is_opened_again(mail_service, monkeypatch):
    monkeypatch.setattr(local.mailbox, "OPEN", 1)
    mailbox = Mailbox()
    for subject in ("first", "second", "third"):
        send(mail_service, "a@small.example", subject, subject)

    seen = [[mail["Subject"] for mail in mailbox] for _ in range(2)]

    assert seen == [["first", "second", "third"]] * 2
    assert (mailbox[0]["Subject"], [mail["Subject"] for mail in mailbox[1:]]) == (
        "first",
        ["second", "third"],
    )


def test_a_persons_mails_are_picked_by_address(mail_service):
    send(mail_service, "a@small.example", "for a", "one")
    send(mail_service, "b@small.example", "for b", "two")

    assert [mail["Subject"] for mail in Mailbox().to("b@small.example")] == ["for b"]


def test_a_mail_without_mime_is_read_as_text(mail_service):
    mail_service.send_email(
        "approvals@small.example", "Plain", "Just words", {"ToAddresses": ["a@small.example"]}
    )

    [mail] = Mailbox()

    assert (mail["To"], part(mail, "plain").strip(), part(mail, "html")) == (
        "a@small.example",
        "Just words",
        "",
    )
