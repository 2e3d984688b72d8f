"""The pictures that an author asks for: each by its id, with the words for who cannot see it."""

from dataclasses import dataclass
from typing import Any

from shared.http.fields import Fields
from shared.posts.names import PictureId

FIELD = "pictures"
MOST = 20
"""The most that any platform takes (LinkedIn); each says by itself how many."""


@dataclass(frozen=True)
class PictureWish:
    """A picture as an author asks for it."""

    picture_id: PictureId
    alt: str


def wishes_of(fields: Fields) -> tuple[PictureWish, ...]:
    """Reads `pictures`, a list of `{id, alt}`."""
    return tuple(_wish(each, fields) for each in fields.maybe_objects(FIELD, most=MOST))


def _wish(each: dict[str, Any], fields: Fields) -> PictureWish:
    picture_id, alt = each.get("id"), each.get("alt", "")
    strange = set(each) - {"id", "alt"}
    if not isinstance(picture_id, str) or not isinstance(alt, str) or strange:
        fields.wrong(FIELD, "Each of “pictures” must have an “id” and an “alt”, and no more.")
        return PictureWish(PictureId(""), "")
    if not storable(alt):
        fields.wrong(FIELD, "The words of a picture have characters that are not Unicode text.")
    return PictureWish(PictureId(picture_id), alt.strip())


def storable(text: str) -> bool:
    """False for half a character and for NUL."""
    return "\x00" not in text and text.encode("utf-8", "replace").decode("utf-8") == text
