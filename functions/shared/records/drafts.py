"""A draft as JSON text: spelled so that what is read back has the content hash that was written."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.posts.content import Card, Draft, Kind, Media, Variant
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
            "media": [_spelled(media) for media in draft.media],
            "not_before": _offset(draft.not_before),
            "expires_at": _offset(draft.expires_at),
            "embargo": draft.embargo,
            **_later(draft),
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
        # Drafts from before there were any have none.
        embargo=fields.get("embargo", False),
        variants=tuple(Variant(**variant) for variant in fields.get("variants", ())),
        card=Card(**fields["card"]) if "card" in fields else None,
        thread=tuple(fields.get("thread", ())),
    )


def _later(draft: Draft) -> dict[str, Any]:
    variants = [asdict(variant) for variant in draft.variants]
    card = {"card": asdict(draft.card)} if draft.card else {}
    thread = {"thread": list(draft.thread)} if draft.thread else {}
    return ({"variants": variants} if variants else {}) | thread | card


def _spelled(media: Media) -> dict[str, Any]:
    """A picture or a video; what is owed for it is said only where something is."""
    usual = {"credit": "", "unasked": False, "size": 0, "milliseconds": 0}
    return {name: said for name, said in asdict(media).items() if usual.get(name) != said}


def _offset(moment: datetime | None) -> str | None:
    # Not `spelling.written`: the content hash speaks of the offset too.
    return None if moment is None else moment.isoformat()


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
