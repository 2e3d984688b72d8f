"""What stands under the words of a LinkedIn post: pictures with their alt texts, or a card."""

from collections.abc import Sequence
from typing import Any

from shared.posts.content import Card


def article(card: Card) -> dict[str, Any]:
    """The card of a link, in the words that were cleared for it."""
    told = {"source": card.url, "title": card.title, "description": card.description}
    return {"content": {"article": told}}


def pictured(pictures: Sequence[str], alts: Sequence[str]) -> dict[str, Any]:
    """One picture or several; nothing where there is none."""
    named = [{"id": one, "altText": alt} for one, alt in zip(pictures, alts, strict=True)]
    if not named:
        return {}
    if len(named) == 1:
        return {"content": {"media": named[0]}}
    return {"content": {"multiImage": {"images": named}}}


def alts_of(content: object) -> tuple[str, ...]:
    """The alt texts of what stands there, one a picture."""
    match content:
        case {"multiImage": {"images": [*several]}}:
            return tuple(str(one.get("altText") or "") for one in several)
        case {"media": dict(one)}:
            return (str(one.get("altText") or ""),)
    return ()
