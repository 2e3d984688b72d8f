"""What a platform that is read back by its timeline is asked for (`timeline`): how it does each
step, and what it shows of a post."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from shared.platforms.base import Receipt
from shared.platforms.wire import Answer
from shared.posts.content import Draft
from shared.posts.names import PlatformName


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
    answers: str | None = None
    """The post that it answers, where the platform tells."""

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

    answering: tuple[str, ...]
    """The way to the field that names which post a part of a thread answers; none where a thread
    is one text."""

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
