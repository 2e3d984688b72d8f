"""Publishing where no key of ours is kept: the account's own timeline tells what was published.

Most platforms make two posts of two equal requests. So `send` is one attempt and no more; whoever
does not know how it ended reads the timeline back, down to the moment the request was frozen, and
looks for the same words with the same pictures, said since. What another publication has proved to
be its own (`taken`) is not ours. Only a timeline read to its end proves absence: a page that fails
proves nothing, and neither does a timeline with a post much like ours, for platforms change words.
Where the answer to `send` named the post (`known`), it alone is asked after.

A `Service` says how one platform does each step; the story is told here, once for all of them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from shared.platforms.answers import error_for, spent_until
from shared.platforms.base import (
    NO_CLUES,
    Before,
    Clues,
    Frozen,
    MediaBytes,
    NotSentError,
    PlatformError,
    Receipt,
    RefusedError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
    check_answering,
)
from shared.platforms.likeness import as_compared, bones
from shared.platforms.pictures import cleared_bytes
from shared.platforms.service import Entry, Service
from shared.platforms.videos import check_carried, handed_over, is_video
from shared.platforms.wire import Answer, NeverLeftError, WireError
from shared.posts.content import Draft

__all__ = ["Entry", "Service", "TimelinePlatform", "moment_of"]

SKEW = timedelta(minutes=2)
"""How far the platform's clock may be behind ours before its post would seem older than it is."""


SETTLES_AFTER = timedelta(minutes=3)
"""One minute our function may still be sending, two the platform may take to show what it took;
no platform promises any. A late post is better than a double one."""


class TimelinePlatform:
    """A platform that is read back by its timeline (base.py's contract)."""

    settles_after = SETTLES_AFTER

    def __init__(self, service: Service, clock: Callable[[], datetime]) -> None:
        self._service = service
        self._clock = clock
        self.name = service.name

    def prepare(
        self, draft: Draft, key: str, now: datetime, before: Before | None = None
    ) -> Frozen:
        """Words, pictures and the moment from which the timeline is read; and what it answers."""
        check_carried(draft, self.name)
        check_answering(draft, before)
        pictures = [
            {"key": m.key, "sha256": m.sha256, "type": m.content_type, "alt": m.alt}
            for m in draft.media
        ]
        fields = self._service.frozen_fields(draft)
        answers: dict[str, str] = {}
        if before:
            answers = {"answers": before.parent.platform_id}
            fields |= self._answering(before.parent.platform_id)
        request = {
            **answers,
            "fields": fields,
            "text": draft.text,
            "pictures": pictures,
            "frozen_at": now.isoformat(),
        }
        return Frozen(self.name, key, request)

    def send(self, frozen: Frozen, media: MediaBytes) -> Receipt:
        """One attempt; sent again, it would be a second post."""
        label, service = self._service.label, self._service
        pictures = [
            handed_over(service, label, picture, media, frozen.key)
            if is_video(picture)
            else service.upload(picture, cleared_bytes(picture, media))
            for picture in frozen.request["pictures"]
        ]
        try:
            answer = service.speak(frozen.request["fields"], pictures, frozen.key)
        except NeverLeftError as error:
            raise NotSentError(f"{label} could not be reached ({error}).") from error
        except WireError as error:
            raise UncertainError(f"{label}'s answer was lost ({error}).") from error
        if service.is_repeat(answer):
            # From an attempt whose answer was lost, or from somebody's before it: look.
            raise UncertainError(service.sentence(answer))
        if not answer.ok:
            raise self._error(answer, UncertainError)
        entry = service.published(answer)
        if entry is None:
            raise UncertainError(f"{label} said yes, and not to what.")
        receipt = self._shown(entry, frozen).receipt()
        return replace(receipt, resume_at=spent_until(answer, self._clock()))

    def find(self, frozen: Frozen, clues: Clues = NO_CLUES) -> Receipt | None:
        """The post `known` from the answer; else the oldest of our posts since it was frozen that
        says the same and is nobody else's.
        """
        try:
            return (
                self._known(clues.known, frozen) if clues.known else self._ours(frozen, clues.taken)
            )
        except UnreachableError:
            raise
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"{self._service.label} could not be read ({error}).") from error

    def shown(self, receipt: Receipt) -> Receipt | None:
        """The post under its id."""
        try:
            entry = self._service.standing(receipt.platform_id)
        except UnreachableError:
            raise
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"{self._service.label} could not be read ({error}).") from error
        return entry.receipt() if entry else None

    def delete(self, receipt: Receipt) -> None:
        """Take it away, and read back that it is gone."""
        label = self._service.label
        try:
            answer: Answer | None = self._service.remove(receipt.platform_id)
        except WireError:
            answer = None  # lost or never sent: what stands there now decides
        if answer is not None and answer.refused:
            error = self._error(answer, UncertainError)
            if not isinstance(error, RefusedError):
                raise error
        try:
            stands = self._service.standing(receipt.platform_id) is not None
        except UnreachableError as error:
            raise UncertainError(f"Whether the post is gone is unknown. {error}") from error
        if stands and answer is not None and answer.refused:
            raise self._error(answer, UncertainError)
        if stands:
            raise UncertainError(f"The post still stands on {label}; delete it again.")

    def _answering(self, platform_id: str) -> dict[str, Any]:
        """The field that says which post is answered."""
        if not self._service.answering:
            raise UnsupportedError(f"{self._service.label} has no threads; send it as one post.")
        *outer, inner = self._service.answering
        field: dict[str, Any] = {inner: platform_id}
        for name in reversed(outer):
            field = {name: field}
        return field

    def _known(self, platform_id: str, frozen: Frozen) -> Receipt:
        entry = self._service.standing(platform_id)
        if entry is None:
            # Published and gone: a person has to say what that means, it is never sent again.
            label = self._service.label
            raise UnreachableError(f"{label} took it as {platform_id} and has it no more; look.")
        return self._shown(entry, frozen).receipt()

    def _ours(self, frozen: Frozen, taken: frozenset[str]) -> Receipt | None:
        found, alike = None, None
        oldest = datetime.fromisoformat(frozen.request["frozen_at"]) - SKEW
        for shown in self._service.entries(oldest):
            if shown.created_at < oldest:
                break
            if shown.platform_id in taken or _answers_another(shown, frozen):
                continue
            entry = self._shown(shown, frozen)
            if self._says_the_same(entry, frozen):
                found = entry
            elif bones(entry.text) == bones(frozen.request["text"]):
                alike = entry
        if found is None and alike is not None:
            raise UnreachableError(f"A post much like it stands at {alike.url}; look at it.")
        return found.receipt() if found else None

    def _shown(self, entry: Entry, frozen: Frozen) -> Entry:
        return replace(entry, text=self._service.as_typed(entry.text, frozen.request["text"]))

    def _says_the_same(self, entry: Entry, frozen: Frozen) -> bool:
        if as_compared(entry.text) != as_compared(frozen.request["text"]):
            return False
        if entry.answers != frozen.request.get("answers"):
            return False  # it answers nothing any more, and a person has to say why
        pictures = frozen.request["pictures"]
        if not self._service.keeps_alts or any(map(is_video, pictures)):
            return len(pictures) == len(entry.alts)  # not every platform describes its videos
        return tuple(picture["alt"] for picture in pictures) == entry.alts

    def _error(self, answer: Answer, unsettled: type[PlatformError]) -> PlatformError:
        return error_for(answer, self._service.sentence(answer), self._clock(), unsettled)


def _answers_another(shown: Entry, frozen: Frozen) -> bool:
    """Whether it answers some post that ours does not: then it is none of ours, whatever it says.
    What answers nothing may be ours all the same: platforms forget which post it was, once that is
    gone."""
    return shown.answers is not None and shown.answers != frozen.request.get("answers")


def moment_of(written: str, shape: str | None = None) -> datetime:
    """An aware moment as a platform writes it, in ISO 8601 or in a `shape` of its own;
    UnreachableError for what is none: nothing follows from a timeline without times.
    """
    try:
        if shape:
            return datetime.strptime(written, shape).astimezone(UTC)
        return datetime.fromisoformat(written).astimezone(UTC)
    except ValueError as error:
        raise UnreachableError(f"A platform's time was not understood: {written[:40]}") from error
