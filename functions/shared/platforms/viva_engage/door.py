"""Where a community's tokens are renewed (the force's own Entra ID), and how times are written."""

from collections.abc import Callable
from datetime import datetime

from shared.platforms.base import Credentials, Sessions
from shared.platforms.bearer import Bearer, Door
from shared.platforms.wire import Wire

SCOPE = "https://api.yammer.com/user_impersonation offline_access"

CLOCK = "%Y/%m/%d %H:%M:%S %z"


def bearer_of(
    credentials: Credentials, sessions: Sessions, *, wire: Wire, clock: Callable[[], datetime]
) -> Bearer:
    """What signs."""
    door = Door("viva-engage", credentials.token_url, scope=SCOPE, secret_in_form=True)
    return Bearer(door, credentials, sessions, wire=wire, clock=clock)
