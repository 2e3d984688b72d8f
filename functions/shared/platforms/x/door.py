"""Where an account's tokens are renewed on X; each refresh token works once."""

from collections.abc import Callable
from datetime import datetime

from shared.platforms.base import Credentials, Sessions
from shared.platforms.bearer import Bearer, Door
from shared.platforms.wire import Wire


def bearer_of(
    credentials: Credentials, sessions: Sessions, *, wire: Wire, clock: Callable[[], datetime]
) -> Bearer:
    """What signs."""
    door = Door("x", f"{credentials.service.rstrip('/')}/2/oauth2/token")
    return Bearer(door, credentials, sessions, wire=wire, clock=clock)
