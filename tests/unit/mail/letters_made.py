"""Letters ready made, one for every event: name what matters to the test, leave the rest.

A letter is made from what its kind needs to be told, so that a new event is tested the day it is
there. What is not known here to be open is private: nobody may read it over a shoulder.
"""

import re
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from html import unescape
from typing import Any, get_type_hints

from shared.mail.letters import LETTER_OF_EVENT, ApprovalWanted, Event, Letter
from shared.mail.send import compose_mail

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
LINK = "https://bluelamp.example/approvals/" + "A" * 43
PAGE = "https://bluelamp.example/where/it/stands"

OPEN: dict[str, Any] = {
    "code": "4F7K",
    "expires_at": NOW + timedelta(hours=5, minutes=30),
    "link": PAGE,
    "reference": "01KAJ7Q3V5N8W2X4Y6Z8A0B2C4",
    "submitted_at": NOW - timedelta(hours=1),
}
"""What may stand in a subject or a preview."""

KNOWN: dict[str, Any] = {
    "account_title": "Leek NPT",
    "accounts": ("Leek NPT", "Cheadle NPT"),
    "addressee": "Insp Sam Khan",
    "editor": "Dilys Penhale",
    "targets": ("Leek NPT on sandbox: overdue since 2026-11-01",),
}
"""Private, and more like life than what is made up for any other name."""


def a_letter(event: Event, **changes: object) -> Letter:
    """The letter of an event."""
    kind = LETTER_OF_EVENT[event]
    told = {name: _value(name, hint) for name, hint in get_type_hints(kind).items()}
    if kind is ApprovalWanted:
        told["link"] = LINK
    return replace(kind(**told), **changes)


def _value(name: str, hint: object) -> object:
    if name in OPEN | KNOWN:
        return (OPEN | KNOWN)[name]
    made_up: dict[object, object] = {
        str: f"Private {name}",
        str | None: f"Private {name}",
        tuple[str, ...]: (f"Private {name} one", f"Private {name} two"),
        datetime: NOW,
        bool: True,
        int: 3,
    }
    assert hint in made_up, f"{__name__} does not know how to make `{name}: {hint}`"
    return made_up[hint]


def private_in(letter: Letter) -> dict[str, tuple[str, ...]]:
    """What nobody should read over a shoulder, by the name of the field."""
    told = {field.name: getattr(letter, field.name) for field in fields(letter)}
    each = {name: (value,) if isinstance(value, str) else value for name, value in told.items()}
    return {
        name: value for name, value in each.items() if name not in OPEN and isinstance(value, tuple)
    }


def all_private(event: Event, value: str) -> dict[str, object]:
    """Changes that put one value into every private field."""
    letter = a_letter(event)
    return {
        name: value if isinstance(getattr(letter, name), str) else (value,)
        for name in private_in(letter)
    }


def a_mail(event: Event, **changes: object) -> EmailMessage:
    """The mail of an event."""
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


def seen(mail: EmailMessage, kind: str) -> str:
    """What a reader sees of a part, in one line, as a preview shows its beginning."""
    words = part(mail, kind)
    if kind == "html":
        words = unescape(re.sub(r"<head>.*?</head>|<[^>]+>", " ", words, flags=re.DOTALL))
    return " ".join(words.split())
