"""The clock's call to look after what we published, apart from the others: it reads platforms."""

import os
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.mail.send import send, ses_client
from shared.records.accounts import Accounts
from shared.records.deletions import Deletions
from shared.records.exceptions import Exceptions
from shared.records.notices import Notices
from shared.records.pen import Pen
from shared.records.people import People
from shared.records.placed_posts import PlacedPosts
from shared.records.platform_sessions import PlatformSessions
from shared.records.rounds import Rounds
from shared.records.snapshot import Snapshots
from shared.records.tables import Tables
from shared.settings.reading import read
from watch import find_gone as finding
from watch import tell_exceptions as telling
from watch.jobs import kept
from watch.look_after import Library
from watch.looking_ways import KEYED, opening
from watch.means import Means
from watch.settings import FindingSettings

PEN = Pen(secrets.token_bytes)


def find_gone(_event: dict[str, Any], _context: object, /) -> dict[str, Any]:
    """Every hour: `{posts, found, silent, told}`; what nobody was told before is told too."""
    settings, tables = read(FindingSettings, os.environ), kept()
    looked = finding.find_gone(_finding(settings, tables), datetime.now(UTC))
    told = telling.tell_exceptions(_telling(settings, tables), datetime.now(UTC))
    return {"posts": looked.posts, "found": looked.found, "silent": looked.silent, "told": told}


def _finding(settings: FindingSettings, tables: Tables) -> finding.Desk:
    means = Means(settings.reading_prefix, KEYED, lambda: PlatformSessions(tables))
    return finding.Desk(
        Accounts(tables, PEN),
        Rounds(tables),
        Library(
            PlacedPosts(tables),
            Snapshots(tables),
            Deletions(tables, PEN),
            Exceptions(tables, PEN),
        ),
        opening(means),
        lambda: datetime.now(UTC),
        timedelta(days=int(settings.look_back_days)),
        means.expect,
    )


def _telling(settings: FindingSettings, tables: Tables) -> telling.Desk:
    client = ses_client()
    return telling.Desk(
        Exceptions(tables, PEN),
        Notices(tables, PEN),
        Accounts(tables, PEN),
        People(tables, PEN),
        settings.base_url,
        settings.mail_from,
        lambda message: send(message, client),
    )
