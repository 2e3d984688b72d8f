"""Letters ready made: name what matters to the test, leave the rest."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from shared.mail.letters import (
    LETTER_OF_EVENT,
    ApprovalWanted,
    CoverMissing,
    Event,
    KeysDue,
    Letter,
    PostEnded,
)
from shared.mail.send import compose_mail

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LINK = "https://bluelamp.example/approvals/" + "A" * 43


def a_letter(event: Event, **changes: object) -> Letter:
    letters: dict[type[Letter], Letter] = {
        ApprovalWanted: ApprovalWanted(
            addressee="Insp Sam Khan",
            account_title="Leek NPT",
            link=LINK,
            code="4F7K",
            expires_at=NOW + timedelta(hours=5, minutes=30),
        ),
        PostEnded: PostEnded(
            addressee="Sgt Amina Yusuf",
            account_title="Leek NPT",
            link="https://bluelamp.example/posts/01KAJ7Q3V5N8W2X4Y6Z8A0B2C4",
            reference="01KAJ7Q3V5N8W2X4Y6Z8A0B2C4",
            submitted_at=NOW - timedelta(hours=1),
        ),
        CoverMissing: CoverMissing(
            "Jo Price", ("Leek NPT", "Cheadle NPT"), "https://bluelamp.example/registry"
        ),
        KeysDue: KeysDue(
            "Owen Hart",
            ("Leek NPT on sandbox: overdue since 2026-11-01",),
            "https://bluelamp.example/registry/credentials",
        ),
    }
    return replace(letters[LETTER_OF_EVENT[event]], **changes)  # type: ignore[arg-type]


def a_mail(event: Event, **changes: object) -> EmailMessage:
    return compose_mail(
        event,
        "sam.khan@police.example",
        a_letter(event, **changes),
        sender="bluelamp@police.example",
        at=NOW,
    )


def read_back(mail: EmailMessage) -> EmailMessage:
    """What a mail reader makes of the bytes that leave."""
    read = message_from_bytes(mail.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def part(mail: EmailMessage, kind: str) -> str:
    """The plain or html words of a letter as they arrive."""
    body = read_back(mail).get_body((kind,))
    assert body is not None
    content = body.get_content()
    assert isinstance(content, str)
    return content.replace("\r\n", "\n")
