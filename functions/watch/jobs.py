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
from shared.records.blocks import Blocks
from shared.records.custodies import Custodies
from shared.records.deletions import Deletions
from shared.records.holds import Holds
from shared.records.incidents import Incidents
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.posts import Posts
from shared.records.server_limits import ServersTold
from shared.records.tables import Tables, tables
from shared.records.takedowns import Takedowns
from shared.settings.reading import read
from watch.read_limits import Desk as Asking
from watch.read_limits import LimitsUnreadError
from watch.read_limits import read_limits as ask
from watch.reading_ways import ways
from watch.settings import (
    DeletionSettings,
    IncidentSettings,
    MailSettings,
    ReadingSettings,
    Settings,
    TableSettings,
    TakedownSettings,
)
from watch.stalled import Desk as Sweep
from watch.stalled import resume_stalled as resume
from watch.undone import Desk as Shelf
from watch.undone import start_undone
from watch.unremoved import start_unremoved
from watch.untold import start_untold
from watch.warn_of_keys import Desk as WarningDesk
from watch.warn_of_keys import warn_of_keys as warn

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
    """Every minute: `{started, delivered, telling, removing, moderating}`."""
    removals = Executions(step_functions, read(DeletionSettings, os.environ).deletion_arn)
    unremoved = start_unremoved(Deletions(kept(), PEN), removals, datetime.now(UTC))
    takedowns = Executions(step_functions, read(TakedownSettings, os.environ).takedown_arn)
    shelf = Shelf(Takedowns(kept(), PEN), Blocks(kept(), PEN))
    undone = start_undone(shelf, takedowns, datetime.now(UTC))
    untold = start_untold(Incidents(kept(), PEN), tellings(), datetime.now(UTC))
    desk = Sweep(Posts(kept(), PEN), Approvals(kept(), PEN), Holds(kept(), PEN), executions())
    resumed = resume(desk, datetime.now(UTC))
    untold.ring()
    unremoved.ring()
    undone.ring()
    return {
        "started": resumed.started,
        "delivered": resumed.delivered,
        "telling": untold.started,
        "removing": unremoved.started,
        "moderating": undone.started,
    }


def read_limits(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every night: `{asked, news}`; LimitsUnreadError names the servers that newly tell nothing."""
    prefix = read(ReadingSettings, os.environ).reading_prefix
    desk = Asking(Accounts(kept(), PEN), ServersTold(kept(), PEN), ways(prefix))
    looked = ask(desk, datetime.now(UTC))
    if looked.newly_silent:
        raise LimitsUnreadError("These told no limits: " + ", ".join(looked.newly_silent))
    return {"asked": looked.asked, "news": looked.news}


def warn_of_keys(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every hour: `{posts}`, how many at risk somebody was told of."""
    settings, client = read(MailSettings, os.environ), ses_client()
    desk = WarningDesk(
        Custodies(kept(), PEN),
        People(kept(), PEN),
        Accounts(kept(), PEN),
        Posts(kept(), PEN),
        Notices(kept(), PEN),
        settings.base_url,
        settings.mail_from,
        lambda message: send(message, client),
    )
    return {"posts": warn(desk, datetime.now(UTC))}
