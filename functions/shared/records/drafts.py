"""A draft as JSON text: spelled so that what is read back has the content hash that was written."""

from datetime import datetime
from typing import Any

from shared.posts.content import Draft, Kind, Media
from shared.posts.names import AccountId, PlatformName
from shared.records.spelling import as_json, from_json


def draft_text(draft: Draft) -> str:
    """The draft as JSON text, its moments with the offset they came with."""
    return as_json(
        {
            "text": draft.text,
            "account": draft.account,
            "platforms": list(draft.platforms),
            "kind": draft.kind.value,
            "about": draft.about,
            "language": draft.language,
            "media": [
                {"sha256": m.sha256, "key": m.key, "content_type": m.content_type, "alt": m.alt}
                for m in draft.media
            ],
            "not_before": _offset(draft.not_before),
            "expires_at": _offset(draft.expires_at),
            "embargo": draft.embargo,
        }
    )


def draft_of(text: str) -> Draft:
    """The draft that `draft_text` wrote."""
    fields: dict[str, Any] = from_json(text)
    return Draft(
        text=fields["text"],
        account=AccountId(fields["account"]),
        platforms=tuple(PlatformName(name) for name in fields["platforms"]),
        kind=Kind(fields["kind"]),
        about=fields["about"],
        language=fields["language"],
        media=tuple(Media(**media) for media in fields["media"]),
        not_before=_moment(fields["not_before"]),
        expires_at=_moment(fields["expires_at"]),
        embargo=fields.get("embargo", False),  # drafts from before there were embargoes
    )


def _offset(moment: datetime | None) -> str | None:
    # Not `spelling.written`: the content hash speaks of the offset too.
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
