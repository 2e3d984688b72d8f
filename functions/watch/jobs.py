"""The clock's calls to this room."""

import os
import secrets
from datetime import UTC, datetime
from functools import cache
from typing import Any

from shared.conductor.executions import Executions, step_functions
from shared.mail.send import send, ses_client
from shared.records.accounts import Accounts
from shared.records.approvals import Approvals
from shared.records.custodies import Custodies
from shared.records.holds import Holds
from shared.records.incidents import Incidents
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.posts import Posts
from shared.records.tables import Tables, tables
from shared.records.urgent_posts import UrgentPosts
from shared.settings.reading import read
from watch.remind import Desk, remind
from watch.settings import IncidentSettings, MailSettings, Settings, TableSettings
from watch.stalled import Desk as Sweep
from watch.stalled import resume_stalled as resume
from watch.untold import start_untold

PEN = Pen(secrets.token_bytes)


@cache
def kept() -> Tables:
    """The tables, over one connection."""
    return tables(read(TableSettings, os.environ).table_prefix)


@cache
def executions() -> Executions:
    """The publications under way."""
    arn = read(Settings, os.environ).publication_arn
    return Executions(step_functions, arn)


@cache
def tellings() -> Executions:
    """Who is being told of which incident."""
    return Executions(step_functions, read(IncidentSettings, os.environ).incident_arn)


def resume_stalled(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every minute: `{started, delivered, telling}`."""
    untold = start_untold(Incidents(kept(), PEN), tellings(), datetime.now(UTC))
    desk = Sweep(Posts(kept(), PEN), Approvals(kept(), PEN), Holds(kept(), PEN), executions())
    resumed = resume(desk, datetime.now(UTC))
    untold.ring()
    return {
        "started": resumed.started,
        "delivered": resumed.delivered,
        "telling": untold.started,
    }


def remind_centre(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every morning: `{forced, keys, uncovered, urgent}`."""
    settings, client = read(MailSettings, os.environ), ses_client()
    desk = Desk(
        Custodies(kept(), PEN),
        People(kept(), PEN),
        Accounts(kept(), PEN),
        UrgentPosts(kept(), PEN),
        settings.base_url,
        settings.mail_from,
        lambda message: send(message, client),
    )
    reminded = remind(desk, datetime.now(UTC))
    return {
        "forced": reminded.forced,
        "keys": reminded.keys,
        "uncovered": reminded.uncovered,
        "urgent": reminded.urgent,
    }
