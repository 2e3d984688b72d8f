"""The clock's call to compare accounts with what we know, apart from the others: it reads platforms
with its own keys, and seals what strangers wrote."""

import os
import secrets
from datetime import UTC, datetime
from typing import Any

from shared.mail.send import send, ses_client
from shared.records.accounts import Accounts
from shared.records.beats import Beats
from shared.records.drifts import Drifts
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.platform_sessions import PlatformSessions
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables
from shared.records.uncertain import Uncertain
from shared.settings.reading import read
from watch.drifting import find_drifts as finding
from watch.drifting import tell_drifts as telling
from watch.drifting.compare_target import Library
from watch.drifting.ways import KEYED, opening_to_compare
from watch.jobs import kept
from watch.means import Means
from watch.settings import DriftSettings

PEN = Pen(secrets.token_bytes)


def find_drifts(_event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Every hour: `{compared, found, silent, told}`; what nobody was told before is told too."""
    settings, tables = read(DriftSettings, os.environ), kept()
    compared = finding.find_drifts(_finding(settings, tables), datetime.now(UTC))
    told = telling.tell_drifts(_telling(settings, tables), datetime.now(UTC))
    return {
        "compared": compared.targets,
        "found": compared.found,
        "silent": compared.silent,
        "told": told,
    }


def _finding(settings: DriftSettings, tables: Tables) -> finding.Desk:
    means = Means(settings.reading_prefix, KEYED, lambda: PlatformSessions(tables))
    return finding.Desk(
        Accounts(tables, PEN),
        Beats(tables),
        Library(Drifts(tables, PEN), Uncertain(tables, PEN)),
        Snapshots(tables),
        opening_to_compare(means),
        lambda: datetime.now(UTC),
        means.expect,
    )


def _telling(settings: DriftSettings, tables: Tables) -> telling.Desk:
    client = ses_client()
    return telling.Desk(
        Drifts(tables, PEN),
        Notices(tables, PEN),
        Accounts(tables, PEN),
        People(tables, PEN),
        settings.base_url,
        settings.mail_from,
        lambda message: send(message, client),
    )
