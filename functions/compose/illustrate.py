"""Puts pictures into a draft: an author names them by id and says what they show; what they are and
where they lie is ours to know, and so is whether they may be used.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from compose.wishes import FIELD, PictureWish
from shared.posts.capabilities import Can
from shared.posts.consents import WHY_NOT, Consent, ConsentState
from shared.posts.content import Draft, Media
from shared.posts.errors import InvalidDraftError
from shared.posts.names import ConsentId, PictureId, PlatformName
from shared.posts.pictures import LONGEST_ALT, Picture
from shared.posts.server_limits import NONE_TOLD, ServerLimits
from shared.posts.shortfalls import shortfalls
from shared.records.consents import Consents
from shared.records.pictures import Pictures

OF_PICTURES = frozenset({Can.PICTURES, Can.ALT_TEXT, Can.VIDEO})


@dataclass(frozen=True)
class Album:
    """Where pictures are looked up, and who agreed to be shown."""

    pictures: Pictures
    consents: Consents


def illustrated(
    draft: Draft,
    wishes: tuple[PictureWish, ...],
    album: Album,
    today: date,
    told: Mapping[PlatformName, ServerLimits] = NONE_TOLD,
) -> Draft:
    """The draft with its pictures; InvalidDraftError for what cannot be shown, or not there, by
    what the servers `told` where they did."""
    if not wishes:
        return draft
    kept = album.pictures.several(wish.picture_id for wish in wishes)
    found = {picture_id: each.picture for picture_id, each in kept.items()}
    agreed = album.consents.several([c for picture in found.values() for c in picture.consents])
    wrong = list(_wrong(wishes, found, agreed, today))
    if wrong:
        raise InvalidDraftError(FIELD, " ".join(wrong))
    shown = replace(draft, media=tuple(_media(found[w.picture_id], w.alt) for w in wishes))
    short = [s.sentence for s in shortfalls(shown, told) if s.stops and s.what in OF_PICTURES]
    if short:
        raise InvalidDraftError(FIELD, " ".join(dict.fromkeys(short)))
    return shown


def _wrong(
    wishes: tuple[PictureWish, ...],
    found: dict[PictureId, Picture],
    agreed: dict[ConsentId, Consent],
    today: date,
) -> Iterator[str]:
    seen: set[PictureId] = set()
    for number, wish in enumerate(wishes, 1):
        picture = found.get(wish.picture_id)
        if picture is None:
            yield f"Picture {number} is not there; upload it first."
        elif wish.picture_id in seen:
            yield f"Picture {number} is in the post already."
        elif why := why_not(picture, agreed, today):
            yield f"Picture {number} cannot be used: {why}."
        if not wish.alt and picture and picture.is_video:
            yield "Say what is seen and heard in the video, for people who cannot see or hear it."
        elif not wish.alt:
            yield f"Say what picture {number} shows, for people who cannot see it."
        elif len(wish.alt) > LONGEST_ALT:
            yield f"Say what picture {number} shows in {LONGEST_ALT:,} characters at most."
        seen.add(wish.picture_id)


def why_not(picture: Picture, agreed: dict[ConsentId, Consent], today: date) -> str:
    """Why a picture cannot be used today; empty if it can."""
    if picture.stopped_at:
        return WHY_NOT[ConsentState.WITHDRAWN]
    for consent_id in picture.consents:
        consent = agreed.get(consent_id)
        state = consent.state(today) if consent else ConsentState.OVER
        if state is not ConsentState.GOOD:
            return WHY_NOT[state]
    return ""


def _media(picture: Picture, alt: str) -> Media:
    return Media(
        sha256=picture.sha256,
        key=picture.key,
        content_type=picture.content_type,
        alt=alt,
        credit=picture.owed,
        unasked=picture.unasked,
        size=picture.size if picture.is_video else 0,
        milliseconds=picture.milliseconds,
    )
