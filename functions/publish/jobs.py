"""The clock's calls to this room."""

import os
import secrets
from datetime import UTC, datetime
from functools import partial
from typing import Any

from publish.check_keys import Desk, KeysNotGoodError
from publish.check_keys import check_keys as check
from publish.credentials import Forgetful, Overheard, Tokens
from publish.settings import KeySettings
from publish.steps import PEN, kept, secrets_manager
from shared.accounts.registry import Account
from shared.platforms.base import Platform
from shared.platforms.choose import open_platform
from shared.platforms.kept_wire import Connections
from shared.platforms.keyring import Keyring
from shared.posts.names import PlatformName
from shared.records.custodies import Custodies
from shared.records.pen import ulid
from shared.records.platform_sessions import PlatformSessions
from shared.records.posts import Posts
from shared.records.snapshot import Snapshots
from shared.settings.reading import read


def check_keys(event: dict[str, Any], context: object) -> dict[str, Any]:
    """Every half hour: `{tried}`; KeysNotGoodError names what is newly refused, and never why."""
    now, heard = datetime.now(UTC), dict[str, datetime]()
    keyring = Keyring(secrets_manager, read(KeySettings, os.environ).secrets_prefix)
    desk = Desk(
        Custodies(kept(), PEN),
        Posts(kept(), PEN),
        Snapshots(kept()),
        partial(_opened, keyring=keyring, heard=heard, connections=Connections()),
        lambda: ulid(now, secrets.token_bytes(10)),
        heard.get,
        keyring.expect,
    )
    checked = check(desk, now)
    if checked.newly_bad:
        raise KeysNotGoodError("These keys are not good: " + ", ".join(checked.newly_bad))
    return {"tried": checked.tried}


def _opened(
    account: Account,
    platform: PlatformName,
    keyring: Keyring,
    heard: dict[str, datetime],
    connections: Connections,
) -> Platform:
    """The account's adapter, which is only signed in and looked with."""
    keys = keyring.keys(account, platform)
    handle = account.handle(platform)
    # A refresh token may work once only: what it is renewed to has to be kept for whoever is next.
    remembered = Tokens(PlatformSessions(kept())) if keys.client_id else Forgetful()
    target = f"{account.account_id}/{platform}"
    sessions = Overheard(remembered, lambda ends_at: heard.update({target: ends_at}))
    name = handle.name if handle else keys.identifier
    return open_platform(platform, keys, sessions, name, connections=connections)
