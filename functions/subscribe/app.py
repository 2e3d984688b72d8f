"""The public's pages of the newsletter: ask, confirm, leave. GET shows, POST acts; nobody signs in.

The secret in a letter's link is all that lets somebody confirm or leave, and it lets them do
nothing else. Leaving works from a mail program's own button as well (RFC 8058), so what is posted
there is not looked at.
"""

import os
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING

from shared.http.application import Answer, Application
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.pages.newsletter_views import NewsletterView
from shared.pages.render import render
from shared.records.pen import Pen
from shared.records.subscribers import Subscribers
from shared.records.tables import tables
from shared.settings.reading import read
from subscribe.addresses import AddressError
from subscribe.ask import ask
from subscribe.desk import Desk
from subscribe.letters import Sender
from subscribe.settings import Settings
from subscribe.translate import page_of, translate

if TYPE_CHECKING:
    from email.message import EmailMessage

    from mypy_boto3_sesv2.client import SESV2Client

NEWSLETTER = "/newsletter"
UNREADABLE = 422
NOT_WHOLE = "This link is not whole. Open it from the letter again."
EVERY_FRIDAY = "Every Friday, what we said in the week, by e-mail. You can stop it at any time."

_READER = re.compile(r"[0-9a-f]{64}", re.ASCII)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True)
class Room:
    """The collaborators of this room, made once a process."""

    subscribers: Subscribers
    desk: Desk


@cache
def room() -> Room:
    """Compose the room from the environment."""
    settings, pen = read(Settings, os.environ), Pen(secrets.token_bytes)
    subscribers = Subscribers(tables(settings.table_prefix), pen)
    sender = Sender(settings.mail_from, settings.base_url)
    return Room(subscribers, Desk(subscribers, sender, post, fresh_token))


def post(message: "EmailMessage") -> str:
    """Hand a letter over; the mail service's client is made when the first one leaves."""
    from shared.mail.send import send

    return send(message, _mail())


@cache
def _mail() -> "SESV2Client":
    from shared.mail.send import ses_client

    return ses_client()


def fresh_token() -> str:
    """256 random bits, fit for an address."""
    return secrets.token_urlsafe(32)


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)


app = Application("subscribe", translate, page_of)


@app.on(NEWSLETTER)
def newsletter(call: Call) -> Answer:
    """Ask for the newsletter."""
    return Answer(_asking())


@app.on(NEWSLETTER, "POST")
def asked(call: Call) -> Answer:
    """Send a letter to confirm with; everybody gets the same answer."""
    typed = (call.form().get("email") or [""])[0]
    try:
        ask(typed, call.source, room().desk, now())
    except AddressError as error:
        return Answer(_asking(typed, str(error)), UNREADABLE)
    return Answer(
        _page(
            "Look into your mailbox",
            "If the address is right, a letter is on its way. Press the button it leads to within "
            "two days. Nothing came? Look among unwanted mail, or ask again in an hour.",
        )
    )


@app.on(f"{NEWSLETTER}/confirm/{{reader}}/{{token}}")
def confirm(call: Call, reader: str, token: str) -> Answer:
    """The button to confirm with; looking at it does nothing."""
    _look_whole(reader, token)
    return Answer(_page("Our newsletter", EVERY_FRIDAY, call.path, "Yes, I want it"))


@app.on(f"{NEWSLETTER}/confirm/{{reader}}/{{token}}", "POST")
def confirmed(call: Call, reader: str, token: str) -> Answer:
    """Confirm that the reader wants it."""
    _look_whole(reader, token)
    room().subscribers.join(reader, token, now())
    return Answer(
        _page("You will get it", "The next one comes on Friday. Each has a link to stop.")
    )


@app.on(f"{NEWSLETTER}/leave/{{reader}}/{{token}}")
def leave(call: Call, reader: str, token: str) -> Answer:
    """The button to leave with; looking at it does nothing."""
    _look_whole(reader, token)
    sentence = "No more letters will come, and your address is erased."
    return Answer(_page("Stop the newsletter", sentence, call.path, "Stop it"))


@app.on(f"{NEWSLETTER}/leave/{{reader}}/{{token}}", "POST")
def left(call: Call, reader: str, token: str) -> Answer:
    """Leave the newsletter, from our page or from a mail program."""
    _look_whole(reader, token)
    room().subscribers.leave(reader, token)
    return Answer(_page("It is stopped", "No newsletter comes to the address of this link."))


def _look_whole(reader: str, token: str) -> None:
    """A link that a mail program cut short must not tell anybody that they have left."""
    if not (_READER.fullmatch(reader) and _TOKEN.fullmatch(token)):
        raise NotFoundError(NOT_WHOLE)


def _asking(typed: str = "", error: str | None = None) -> str:
    view = NewsletterView(
        "Our newsletter", EVERY_FRIDAY, NEWSLETTER, "Send me the letter", True, typed, error
    )
    return render("newsletter", view)


def _page(title: str, sentence: str, address: str = "", button: str | None = None) -> str:
    return render("newsletter", NewsletterView(title, sentence, address, button))
