"""What the clock and the mail service call here: the newsletter goes out, to who wants it."""

import os
import secrets
import time
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from shared.mail.send import send, ses_client
from shared.records.accounts import Accounts
from shared.records.pen import Pen
from shared.records.subscribers import Subscribers
from shared.records.tables import Tables, tables
from shared.settings.reading import read
from subscribe.desk import Desk
from subscribe.items import items_of
from subscribe.letters import Sender
from subscribe.report import unwanted_by
from subscribe.send_newsletter import LettersUnsentError
from subscribe.send_newsletter import send_newsletter as send_issue
from subscribe.settings import Settings, TableSettings

PEN = Pen(secrets.token_bytes)
LONGEST_RUN = timedelta(minutes=12)
"""Its function ends after fifteen; the next call of the clock goes on."""


@cache
def kept() -> Tables:
    """The tables, over one connection."""
    return tables(read(TableSettings, os.environ).table_prefix)


def send_newsletter(event: dict[str, Any], context: object) -> dict[str, Any]:
    """On Friday mornings: `{posts, sent, unsent, whole}`; LettersUnsentError after the whole run,
    where some could not be handed over."""
    settings, client = read(Settings, os.environ), ses_client()
    desk = Desk(
        Subscribers(kept(), PEN),
        Sender(settings.mail_from, settings.base_url),
        lambda message: send(message, client),
        lambda: secrets.token_urlsafe(32),
    )
    accounts = Accounts(kept(), PEN)
    told = send_issue(
        desk,
        lambda issue: items_of(issue, kept(), accounts),
        now,
        time.sleep,
        now() + LONGEST_RUN,
    )
    if told.unsent:
        raise LettersUnsentError(f"{told.unsent} of {told.sent + told.unsent} letters did not go.")
    return {"posts": told.posts, "sent": told.sent, "whole": told.whole}


def letter_event(event: object, context: object) -> dict[str, Any]:
    """What Amazon SES tells of a letter, to `{outcome}`: whoever refuses ours is erased."""
    reader = unwanted_by(event)
    if reader is None:
        return {"outcome": "ignored"}
    Subscribers(kept(), PEN).drop(reader)
    return {"outcome": "erased"}


def now() -> datetime:
    """The clock of this room."""
    return datetime.now(UTC)
