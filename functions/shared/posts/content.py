"""The content of a post: what an author asks to be said, and the hash that stands for it.

Shapes only; whether the words are allowed is `shared.policy`'s business.
"""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import rfc8785

from shared.posts.capabilities import Can, capabilities
from shared.posts.names import AccountId, ContentHash, PlatformName

SEPARATED = "\n\n"
"""How the parts of a thread stand in one text: with an empty line between them."""


class Kind(StrEnum):
    """How a post relates to what others have said."""

    ORIGINAL = "original"
    RESHARE = "reshare"
    REPLY = "reply"
    CORRECTION = "correction"


VIDEO = "video/mp4"
"""The one type of video there is here."""


@dataclass(frozen=True)
class Media:
    """One picture, or one video: `sha256` (hex) of its stored bytes, which lie under `key` in the
    bucket.

    `credit` is the line that the words owe for it, `unasked` that it shows people who were not
    asked, `size` and `milliseconds` are a video's; none goes out with it, all are for the check.
    """

    sha256: str
    key: str
    content_type: str
    alt: str
    credit: str = ""
    unasked: bool = False
    size: int = 0
    milliseconds: int = 0

    @property
    def is_video(self) -> bool:
        """Whether it moves."""
        return self.content_type == VIDEO


@dataclass(frozen=True)
class Variant:
    """What one platform says in the place of the common words."""

    platform: PlatformName
    text: str


@dataclass(frozen=True)
class Card:
    """What stands under the words where a platform shows a link: an address, and what is told of
    it. Nothing is fetched from there: what a stranger's page says is not cleared."""

    url: str
    title: str
    description: str = ""


@dataclass(frozen=True)
class Draft:
    """What an author asks to be said, by one account, on one or more platforms.

    `text` is said wherever no variant says otherwise; `thread` are the further parts after it, and
    a variant stands for all of them.
    `not_before` and `expires_at` are aware UTC datetimes; `about` is the handle reshared or the
    post replied to; `language` is a BCP 47 tag; `embargo` says that `not_before` is more than a
    plan: nobody outside the centre shortens or drops it.
    """

    text: str
    account: AccountId
    platforms: tuple[PlatformName, ...]
    kind: Kind = Kind.ORIGINAL
    about: str | None = None
    language: str = "en-GB"
    media: tuple[Media, ...] = ()
    not_before: datetime | None = None
    expires_at: datetime | None = None
    embargo: bool = False
    variants: tuple[Variant, ...] = ()
    card: Card | None = None
    thread: tuple[str, ...] = ()


def said_on(draft: Draft, platform: PlatformName) -> Draft:
    """The draft as this platform says it: its own words, and nobody else's; a thread as one text
    where there are no threads."""
    for variant in draft.variants:
        if variant.platform == platform:
            return replace(draft, text=variant.text, thread=(), variants=())
    if draft.thread and not capabilities(platform).can(Can.THREAD):
        return replace(draft, text=whole_text(draft), thread=(), variants=())
    return replace(draft, variants=())


def whole_text(draft: Draft) -> str:
    """The common words with all that follows them, as one text."""
    return SEPARATED.join((draft.text, *draft.thread))


def wordings(draft: Draft) -> tuple[tuple[str, tuple[PlatformName, ...]], ...]:
    """Every text that would stand somewhere, with where: the common words first, whether or not
    any platform still says them; then what only some say, and the parts of a thread; all of a
    thread as one, for what is read across its parts; then what a card tells."""
    places: dict[str, list[PlatformName]] = {draft.text: []}
    for platform in draft.platforms:
        said = said_on(draft, platform)
        for text in dict.fromkeys((said.text, *said.thread)):
            places.setdefault(text, []).append(platform)
    if draft.thread:
        places.setdefault(whole_text(draft), [])
    if draft.card:
        told = f"{draft.card.title}\n{draft.card.description}\n{draft.card.url}"
        places.setdefault(told, [])
    return tuple((text, tuple(names)) for text, names in places.items())


def said_besides(draft: Draft) -> dict[str, Any]:
    """JSON-ready: what is said besides the common words; nothing where nothing is."""
    variants = {variant.platform: variant.text for variant in draft.variants}
    said: dict[str, Any] = {"variants": variants} if variants else {}
    said |= {"thread": list(draft.thread)} if draft.thread else {}
    return said | ({"card": asdict(draft.card)} if draft.card else {})


def canonical_bytes(draft: Draft) -> bytes:
    """RFC 8785 bytes of everything that would go out: text, media, alt text, targets, times."""
    # Said only where there is any: what was cleared before these were known keeps its hash.
    embargo: dict[str, bool] = {"embargo": True} if draft.embargo else {}
    return rfc8785.dumps(
        {
            **embargo,
            **said_besides(draft),
            "about": draft.about,
            "account": draft.account,
            "expires_at": _stamp(draft.expires_at),
            "kind": draft.kind.value,
            "language": draft.language,
            "media": [
                {"alt": m.alt, "content_type": m.content_type, "sha256": m.sha256}
                for m in draft.media
            ],
            "not_before": _stamp(draft.not_before),
            "platforms": list(draft.platforms),
            "text": draft.text,
        }
    )


def content_hash(draft: Draft) -> ContentHash:
    """The hash that clearance, approval and release all speak of (promise P1)."""
    return ContentHash(hashlib.sha256(canonical_bytes(draft)).hexdigest())


def _stamp(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
