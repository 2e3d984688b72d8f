"""Somebody asks for the newsletter: one letter to that address, and the same answer to everybody.

Whether an address is known is told to nobody but its owner: a known one gets the same letter, in
the same time, and confirming again changes nothing.
"""

from contextlib import suppress
from datetime import datetime, timedelta

from shared.mail.errors import RefusedMailError
from subscribe.addresses import address_typed, network_of
from subscribe.desk import Desk
from subscribe.letters import please_confirm

WINDOW = timedelta(hours=1)
MOST = 20
"""Times one network may ask within the window; a whole police station may sit behind one."""


class TooManyError(Exception):
    """This network has asked too often; `str()` says what to do."""


def ask(typed: str, source: str, desk: Desk, now: datetime) -> None:
    """AddressError; TooManyError, whatever was typed; UnsentMailError."""
    address = address_typed(typed)
    if desk.subscribers.count(network_of(source), now, WINDOW) > MOST:
        raise TooManyError("Too many have asked from where you are. Try again in an hour.")
    token = desk.chance()
    if desk.subscribers.ask(address, token, desk.chance(), now):
        with suppress(RefusedMailError):  # else the answer would tell which addresses are refused
            desk.send(please_confirm(address, token, desk.sender, now))
