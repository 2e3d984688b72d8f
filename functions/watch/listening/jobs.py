"""The clock's call to listen; a function of its own, because it reads platforms."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

from shared.mail.everybody import Send
from shared.mail.send import send, ses_client
from shared.mentions.mention import Told
from shared.records.accounts import Accounts
from shared.records.ears import Ears
from shared.records.mentions import Mentions
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.platform_sessions import PlatformSessions
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables
from shared.settings.reading import read
from watch.jobs import kept
from watch.listening import hear as hearing
from watch.listening import tell_mentions as telling
from watch.means import Means
from watch.read_only_ways import READABLE, opening_to_read
from watch.settings import ListeningSettings

PEN = Pen(secrets.token_bytes)
INSTEAD = "look at the mentions in the app every day"


def listen(_event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Every quarter of an hour: `{received, silent, calls, reminded, overdue}`."""
    settings, tables = read(ListeningSettings, os.environ), kept()
    heard = hearing.hear(_hearing(settings, tables), datetime.now(UTC))
    client = ses_client()

    def by_mail(message: Any) -> str:
        return send(message, client)

    told = telling.tell_mentions(_telling(settings, tables, by_mail), datetime.now(UTC))
    return {
        "received": heard.received,
        "silent": heard.silent,
        "calls": told[Told.CALL],
        "reminded": told[Told.TEAM],
        "overdue": told[Told.CENTRE],
    }


def _hearing(settings: ListeningSettings, tables: Tables) -> hearing.Desk:
    means = Means(settings.reading_prefix, READABLE, lambda: PlatformSessions(tables))
    return hearing.Desk(
        Accounts(tables, PEN),
        Ears(tables),
        Mentions(tables, PEN),
        Snapshots(tables),
        opening_to_read(means, INSTEAD),
        lambda: datetime.now(UTC),
        means.expect,
    )


def _telling(settings: ListeningSettings, tables: Tables, by_mail: Send) -> telling.Desk:
    return telling.Desk(
        Mentions(tables, PEN),
        Notices(tables, PEN),
        Accounts(tables, PEN),
        People(tables, PEN),
        settings.base_url,
        settings.mail_from,
        settings.contact_centre,
        by_mail,
    )
