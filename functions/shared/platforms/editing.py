"""Changing words in place, where a platform can: the third contract, beside base.py's.

A correction keeps the post's address and its answers where the platform shows that it was edited;
elsewhere a new post has to say what was wrong. `edit` looks first (a post that is gone is not
brought back), changes, and reads back: what stands there is what was asked for, or it is uncertain.
Saying the same once more changes nothing, so an edit may always be made again.

Words, language and alt texts change; pictures stay. Another number of pictures is UnsupportedError;
that they are the same pictures, who asks has to know: no platform shows what it was given.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from shared.platforms.answers import error_for
from shared.platforms.base import (
    Frozen,
    NotSentError,
    Receipt,
    RefusedError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.likeness import as_compared
from shared.platforms.timeline import Entry
from shared.platforms.wire import Answer, NeverLeftError, WireError
from shared.posts.capabilities import Can, capabilities
from shared.posts.names import PlatformName


class Editor(Protocol):
    """One account on one platform, with keys that write."""

    name: PlatformName

    def edit(self, receipt: Receipt, frozen: Frozen) -> Receipt:
        """Make the post say what `frozen` says; the receipt of what stands there then.

        UnsupportedError before anything is asked, where the platform cannot; RefusedError if the
        post is gone or the words are not taken; NotSentError, RateLimitedError and SignInError if
        nothing was changed; UncertainError if that is not known. Editing again is always safe.
        """


class Changes(Protocol):
    """How one platform does each step of an edit."""

    name: PlatformName
    label: str
    keeps_alts: bool

    def change(self, platform_id: str, frozen: Frozen, /) -> Answer:
        """The one request that changes words; WireError."""

    def standing(self, platform_id: str) -> Entry | None:
        """What stands under this id, None if nothing does; UnreachableError."""

    def as_typed(self, shown: str, sent: str, /) -> str:
        """`shown` without what the platform itself adds to words like `sent`."""

    def sentence(self, answer: Answer) -> str:
        """The platform's own words for a person, or its status."""


class InPlace:
    """An editor: look, change, read back."""

    def __init__(self, changes: Changes, clock: Callable[[], datetime]) -> None:
        self._changes = changes
        self._clock = clock
        self.name = changes.name

    def edit(self, receipt: Receipt, frozen: Frozen) -> Receipt:
        """Say it in the place of what stands there."""
        label, there = self._changes.label, self._look_first(receipt)
        if len(there.alts) != len(frozen.request["pictures"]):
            sentence = f"An edit on {label} cannot add pictures or take any away; send a new post."
            raise UnsupportedError(sentence)
        try:
            answer: Answer | None = self._changes.change(receipt.platform_id, frozen)
        except NeverLeftError as error:
            raise NotSentError(f"{label} could not be reached ({error}).") from error
        except WireError:
            answer = None  # it left, and what stands there now decides
        except UnreachableError as error:
            raise NotSentError(f"Nothing was changed. {error}") from error
        if answer is not None and answer.refused:
            raise error_for(answer, self._changes.sentence(answer), self._clock(), UncertainError)
        edited = self._read_back(receipt, frozen)
        if self._says(there, frozen) and (answer is None or not answer.ok):
            # Words that stood there before prove nothing of the language, which is not read back.
            sentence = f"Whether {label} took the edit is unknown; edit the post again."
            raise UncertainError(sentence)
        return edited

    def _look_first(self, receipt: Receipt) -> Entry:
        try:
            there = self._changes.standing(receipt.platform_id)
        except UnreachableError as error:
            raise NotSentError(f"Nothing was changed. {error}") from error
        if there is None:
            sentence = (
                f"The post stands on {self._changes.label} no more; there is nothing to edit."
            )
            raise RefusedError(sentence)
        return there

    def _read_back(self, receipt: Receipt, frozen: Frozen) -> Receipt:
        label = self._changes.label
        try:
            there = self._changes.standing(receipt.platform_id)
        except UnreachableError as error:
            raise UncertainError(f"What the post says now is unknown. {error}") from error
        if there is None:
            raise UncertainError(f"The post has gone from {label} while it was edited; look at it.")
        if not self._says(there, frozen):
            raise UncertainError(f"The post on {label} does not say the new words; edit it again.")
        return there.receipt()

    def _says(self, entry: Entry, frozen: Frozen) -> bool:
        wanted = frozen.request["text"]
        said = self._changes.as_typed(entry.text, wanted)
        alts = tuple(picture["alt"] for picture in frozen.request["pictures"])
        same_alts = not self._changes.keeps_alts or alts == entry.alts
        return as_compared(said) == as_compared(wanted) and same_alts


class NoEditor:
    """A platform whose posts stay as they are; it says what to do instead."""

    def __init__(self, name: PlatformName) -> None:
        self.name = name

    def edit(self, _receipt: Receipt, _frozen: Frozen, /) -> Receipt:
        """UnsupportedError."""
        raise UnsupportedError(capabilities(self.name).sentence(Can.EDIT))
