"""Publishing where no key of ours is kept: the account's own timeline tells what was published.

Most platforms make two posts of two equal requests. So `send` is one attempt and no more; whoever
does not know how it ended reads the timeline back, down to the moment the request was frozen, and
looks for the same words with the same pictures, said since. What another publication has proved to
be its own (`taken`) is not ours. Only a timeline read to its end proves absence: a page that fails
proves nothing, and neither does a timeline with a post much like ours, for platforms change words.
Where the answer to `send` named the post (`known`), it alone is asked after.

A `Service` says how one platform does each step; the story is told here, once for all of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from shared.platforms.answers import error_for
from shared.platforms.base import (
    NO_CLUES,
    Clues,
    Frozen,
    MediaBytes,
    NotSentError,
    PlatformError,
    Receipt,
    RefusedError,
    UncertainError,
    UnreachableError,
)
from shared.platforms.likeness import as_compared, bones
from shared.platforms.pictures import cleared_bytes
from shared.platforms.wire import Answer, NeverLeftError, WireError
from shared.posts.content import Draft
from shared.posts.names import PlatformName

SKEW = timedelta(minutes=2)
"""How far the platform's clock may be behind ours before its post would seem older than it is."""


SETTLES_AFTER = timedelta(minutes=3)
"""One minute our function may still be sending, two the platform may take to show what it took;
no platform promises any. A late post is better than a double one."""


@dataclass(frozen=True)
class Entry:
    """One of the account's own posts as it stands: `alts` has one text a picture, empty where the
    platform shows none; `created_at` is aware.
    """

    platform_id: str
    url: str
    text: str
    created_at: datetime
    alts: tuple[str, ...] = ()

    def receipt(self) -> Receipt:
        """What the caller keeps of it."""
        return Receipt(self.platform_id, self.url, self.text)


class Service(Protocol):
    """How one platform does each step, for one account. Only `frozen_fields` asks no network."""

    name: PlatformName
    label: str
    """What people call it."""

    keeps_alts: bool
    """Whether alt texts can be read back, and so tell two posts apart."""

    def frozen_fields(self, draft: Draft) -> dict[str, Any]:
        """What will be sent, JSON-ready; UnsupportedError for what the platform cannot carry."""

    def upload(self, picture: Mapping[str, str], data: bytes) -> str:
        """Hand a picture and its alt text over; what the post will call it. NotSentError, or any
        error after which nothing was published.
        """

    def speak(self, fields: Mapping[str, Any], pictures: Sequence[str], key: str, /) -> Answer:
        """The one request that publishes; WireError."""

    def published(self, answer: Answer) -> Entry | None:
        """The post an answer tells of; None if it tells of none that can be understood."""

    def is_repeat(self, answer: Answer) -> bool:
        """Whether it was refused as a repetition: these words stand there, or are on their way."""

    def entries(self, since: datetime) -> Iterator[Entry]:
        """The account's own posts, newest first, at least down to `since`; UnreachableError as
        soon as a page fails.
        """

    def remove(self, platform_id: str) -> Answer:
        """The request that takes a post away; WireError."""

    def standing(self, platform_id: str) -> Entry | None:
        """What stands under this id, None if nothing does; UnreachableError."""

    def as_typed(self, shown: str, sent: str, /) -> str:
        """`shown` without what the platform itself adds to words like `sent`."""

    def sentence(self, answer: Answer) -> str:
        """The platform's own words for a person, or its status."""


class TimelinePlatform:
    """A platform that is read back by its timeline (base.py's contract)."""

    settles_after = SETTLES_AFTER

    def __init__(self, service: Service, clock: Callable[[], datetime]) -> None:
        self._service = service
        self._clock = clock
        self.name = service.name

    def prepare(self, draft: Draft, key: str, now: datetime) -> Frozen:
        """Words, pictures and the moment from which the timeline is read."""
        pictures = [
            {"key": m.key, "sha256": m.sha256, "type": m.content_type, "alt": m.alt}
            for m in draft.media
        ]
        fields = self._service.frozen_fields(draft)
        request = {
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
            service.upload(picture, cleared_bytes(picture, media))
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
        return self._shown(entry, frozen).receipt()

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
            if shown.platform_id in taken:
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
        alts = tuple(picture["alt"] for picture in frozen.request["pictures"])
        return alts == entry.alts if self._service.keeps_alts else len(alts) == len(entry.alts)

    def _error(self, answer: Answer, unsettled: type[PlatformError]) -> PlatformError:
        return error_for(answer, self._service.sentence(answer), self._clock(), unsettled)


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
