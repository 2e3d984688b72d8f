"""The clock's calls to this room."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

from compose.desks import desk_of
from compose.series_desk import series_desk_of
from compose.settings import JobSettings
from compose.submit_reminders import ClockDesk
from compose.submit_reminders import submit_reminders as submit
from shared.mail.send import send, ses_client
from shared.records.kept_tables import kept_tables
from shared.records.pen import Pen
from shared.settings.reading import read

PEN = Pen(secrets.token_bytes)


def submit_reminders(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every hour: `{looked, paused, ended}`; RemindersLeftError names what was left behind."""
    settings, client = read(JobSettings, os.environ), ses_client()
    kept = kept_tables(settings.table_prefix)
    desk = desk_of(kept, PEN, settings.publication_arn, settings.appeal_days)
    series = series_desk_of(kept, PEN, desk, settings.reminder_days)
    clock = ClockDesk(
        series, settings.base_url, settings.mail_from, lambda message: send(message, client)
    )
    done = submit(clock, datetime.now(UTC))
    return {"looked": done.looked, "paused": done.paused, "ended": done.ended}
