"""What the state machine `deletion` calls in this room: parse, one deed, answer."""

import os
from datetime import UTC, datetime
from functools import cache
from typing import Any

from moderate.settings import MailSettings
from moderate.steps import PEN, kept
from moderate.wait_deletion import Office, expire, tell, wait
from shared.conductor.executions import Executions, step_functions
from shared.mail.send import send, ses_client
from shared.records.deletions import Deletions
from shared.records.people import People
from shared.records.snapshot import Snapshots
from shared.settings.reading import read


@cache
def office() -> Office:
    """What waiting and telling need."""
    settings, client = read(MailSettings, os.environ), ses_client()
    return Office(
        Deletions(kept(), PEN),
        People(kept(), PEN),
        Snapshots(kept()),
        Executions(step_functions),
        lambda letter: send(letter, client),
        settings.mail_from,
        settings.base_url,
    )


def ask_for_deletion(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{deletion_id, turn, token}`; answered through the token."""
    wait(event["deletion_id"], event["turn"], event["token"], office(), datetime.now(UTC))
    return {}


def expire_deletion(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{deletion_id}` to `{decision}`."""
    return {"decision": expire(event["deletion_id"], office(), datetime.now(UTC)).value}


def tell_deletion(event: dict[str, Any], context: object) -> dict[str, Any]:
    """`{deletion_id}` to `{state}`."""
    return {"state": tell(event["deletion_id"], office(), datetime.now(UTC)).value}
