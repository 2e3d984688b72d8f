"""The content of a post: what an author asks to be said, and the hash that stands for it.

Shapes only; whether the words are allowed is `shared.policy`'s business.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import rfc8785

from shared.posts.names import AccountId, ContentHash, PlatformName


class Kind(StrEnum):
    """How a post relates to what others have said."""

    ORIGINAL = "original"
    RESHARE = "reshare"
    REPLY = "reply"
    CORRECTION = "correction"


@dataclass(frozen=True)
class Media:
    """One picture: `sha256` (hex) of its stored bytes, which lie under `key` in the bucket."""

    sha256: str
    key: str
    content_type: str
    alt: str


@dataclass(frozen=True)
class Draft:
    """What an author asks to be said, by one account, on one or more platforms.

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


def canonical_bytes(draft: Draft) -> bytes:
    """RFC 8785 bytes of everything that would go out: text, media, alt text, targets, times."""
    # Said only where it is true: what was cleared before there were embargoes keeps its hash.
    embargo: dict[str, bool] = {"embargo": True} if draft.embargo else {}
    return rfc8785.dumps(
        {
            **embargo,
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
