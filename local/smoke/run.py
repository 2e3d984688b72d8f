"""Publish, read back, delete, read back: four steps on a real platform, each held or told.

It is the adapter's contract once more, where nothing is played. Whatever ends after the sentence
may be out ends with the words for whoever has to take it away by hand.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.platforms.base import (
    Clues,
    Frozen,
    MediaBytes,
    Platform,
    PlatformError,
    Receipt,
    UncertainError,
    UnreachableError,
)
from shared.posts.content import Draft
from shared.posts.names import AccountId, PlatformName

LOOKS, PAUSE = 20, 3.0
"""So often, and so many seconds apart, it is looked for: a minute."""


class SmokeError(Exception):
    """A step did not hold; `str()` says which, and what to do by hand."""


class NoPictures:
    """The sentence has none."""

    def pieces(self, key: str) -> Iterator[bytes]:
        """There are none."""
        yield self.read(key)

    def read(self, key: str) -> bytes:
        """There is nothing to read."""
        raise KeyError(key)


NO_PICTURES: MediaBytes = NoPictures()


@dataclass(frozen=True)
class Smoke:
    """The platform, opened; what it is called; and how one waits between two looks."""

    name: PlatformName
    platform: Platform
    key: str
    pause: Callable[[float], None] = time.sleep
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    @property
    def text(self) -> str:
        """The sentence; no two are the same."""
        return f"A test of our publishing, taken away at once. Please pay it no heed. ({self.key})"

    def steps(self) -> Iterator[str]:
        """Do it, and tell each step that held; SmokeError at the first that did not."""
        draft = Draft(self.text, AccountId("smoke"), (self.name,))
        try:
            frozen = self.platform.prepare(draft, self.key, self.now())
        except PlatformError as error:
            raise SmokeError(f"Nothing was sent: {error}") from error
        named = self._sent(frozen)
        yield "sent" if named else "sent, without an answer that can be trusted"
        receipt = self._found(frozen, named)
        yield f"read back: {receipt.url}"
        try:
            self.platform.delete(receipt)
        except PlatformError as error:
            raise SmokeError(f"{error} Take it away by hand: {receipt.url}") from error
        yield "taken away"
        self._gone(frozen, receipt)
        yield "read back: it is gone"

    def _sent(self, frozen: Frozen) -> str | None:
        """What the platform called it; None where only looking tells."""
        try:
            return self.platform.send(frozen, NO_PICTURES).platform_id
        except UncertainError:
            return None
        except PlatformError as error:
            raise SmokeError(f"Nothing was published: {error}") from error

    def _found(self, frozen: Frozen, named: str | None) -> Receipt:
        for _ in range(LOOKS):
            try:
                receipt = self.platform.find(frozen, Clues(known=named))
            except UnreachableError as error:
                raise SmokeError(f"{error} {self._by_hand()}") from error
            if receipt is None:
                self.pause(PAUSE)
                continue
            if receipt.text != self.text:
                raise SmokeError(f"It shows other words: {receipt.text!r}. {self._by_hand()}")
            return receipt
        raise SmokeError(f"It is not shown. {self._by_hand()}")

    def _gone(self, frozen: Frozen, receipt: Receipt) -> None:
        for _ in range(LOOKS):
            try:
                if self.platform.find(frozen) is None:
                    return
            except UnreachableError as error:
                raise SmokeError(f"{error} See whether it is gone: {receipt.url}") from error
            self.pause(PAUSE)
        raise SmokeError(f"It still stands after it was taken away: {receipt.url}")

    def _by_hand(self) -> str:
        return f"Look at the account, and take it away by hand: {self.text}"
