"""Where an organisation's tokens are renewed, and the version of the API that everything speaks."""

from collections.abc import Callable
from datetime import datetime

from shared.platforms.base import Credentials, Sessions
from shared.platforms.bearer import Bearer, Door
from shared.platforms.wire import Wire

VERSIONED = {"LinkedIn-Version": "202511", "X-Restli-Protocol-Version": "2.0.0"}


def bearer_of(
    credentials: Credentials, sessions: Sessions, *, wire: Wire, clock: Callable[[], datetime]
) -> Bearer:
    """What signs; LinkedIn renews tokens at another address than its API's."""
    base = credentials.service.rstrip("/")
    url = f"{base.replace('//api.', '//www.')}/oauth/v2/accessToken"
    door = Door("linkedin", url, secret_in_form=True)
    return Bearer(door, credentials, sessions, wire=wire, clock=clock)
