"""What the state machine `takedown` calls in this room: parse, one deed, answer."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from moderate.settings import MailSettings
from moderate.steps import PEN, kept
from moderate.tell_takedown import Office, tell
from shared.mail.send import send, ses_client
from shared.records.blocks import Blocks
from shared.records.notices import Notices
from shared.records.people import People
from shared.records.snapshot import Snapshots
from shared.records.takedowns import Takedowns
from shared.settings.reading import read


@cache
def office() -> Office:
    """What telling needs."""
    settings, client = read(MailSettings, os.environ), ses_client()
    return Office(
        Takedowns(kept(), PEN),
        Blocks(kept(), PEN),
        People(kept(), PEN),
        Snapshots(kept()),
        Notices(kept(), PEN),
        lambda letter: send(letter, client),
        settings.mail_from,
        settings.base_url,
    )


def tell_takedown(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{kind, id}` to `{told}`."""
    return {"told": tell(event["kind"], event["id"], office(), datetime.now(UTC))}
