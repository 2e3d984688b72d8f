"""What becomes of the local force's mail: delivered, unless an address is told to do otherwise.

A test or a demo says so: `stack.mailbox.faults.bounce("dilys@…")`. Every later mail to that
address meets that fate, until `clear`. What was sent can be read in the mailbox all the same.
"""

import threading
from enum import StrEnum


class Fate(StrEnum):
    """What a receiving mail server can do with a mail."""

    DELIVER = "deliver"
    BOUNCE = "bounce"
    FULL = "full"
    COMPLAIN = "complain"
    REJECT = "reject"
    DELAY = "delay"
    SWALLOW = "swallow"


class MailFaults:
    """Fates by address; safe between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._fates: dict[str, Fate] = {}

    def bounce(self, address: str) -> None:
        """There is no such mailbox."""
        self.set(address, Fate.BOUNCE)

    def complain(self, address: str) -> None:
        """It arrives, and is reported as unwanted."""
        self.set(address, Fate.COMPLAIN)

    def swallow(self, address: str) -> None:
        """Nothing is ever heard of it."""
        self.set(address, Fate.SWALLOW)

    def set(self, address: str, fate: Fate) -> None:
        """Any fate at all."""
        with self._lock:
            self._fates[address.casefold()] = fate

    def clear(self) -> None:
        """Everything is delivered again."""
        with self._lock:
            self._fates.clear()

    def all(self) -> dict[str, Fate]:
        """The addresses that were told to do otherwise."""
        with self._lock:
            return dict(self._fates)

    def of(self, address: str) -> Fate:
        """What happens to a mail to this address."""
        with self._lock:
            return self._fates.get(address.casefold(), Fate.DELIVER)


FAULTS = MailFaults()
"""Those of the one local cloud that can run in a process."""
