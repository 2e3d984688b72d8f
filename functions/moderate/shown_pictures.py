"""Fills the pictures of an approval: each as it would go out, whose it is, and who is shown."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from shared.pages.parts import MediaView
from shared.posts.content import Draft
from shared.posts.names import PictureId
from shared.posts.picture_keys import picture_named_by

if TYPE_CHECKING:
    from shared.posts.pictures import Picture

LICENCES = {
    "own": "The force’s own.",
    "permission": "Used with its owner’s leave.",
    "open_government": "Open Government Licence.",
    "public_domain": "In the public domain.",
    "cc_by": "Creative Commons BY.",
    "cc_by_sa": "Creative Commons BY-SA.",
    "cc_by_nc": "Creative Commons BY-NC.",
}
SHOWN = {
    "nobody": "Nobody can be recognised, says who brought it.",
    "staff": "It shows colleagues, who agreed to it.",
    "public": "It shows people who agreed to it.",
}


def picture_views(
    draft: Draft, address: str, known: "Mapping[PictureId, Picture]"
) -> Iterator[MediaView]:
    """The pictures of a draft, from where this very approval shows them."""
    for number, media in enumerate(draft.media, 1):
        ours = picture_named_by(media.key)
        there = f"{address}/pictures/{number}" if ours else None
        picture = known.get(ours) if ours else None
        notes = tuple(_notes(picture)) if picture else ()
        yield MediaView(media.alt, media.content_type, there, notes)


def _notes(picture: "Picture") -> Iterator[str]:
    where = f" {picture.source}" if picture.source else ""
    yield f"{LICENCES[picture.licence.value]}{where}"
    if picture.unasked:
        yield f"It shows people who were not asked, for this purpose: {picture.purpose}"
    else:
        yield SHOWN[picture.shows.value]
    if picture.ai_generated:
        yield "It was made by a machine, wholly or in part."
    if picture.stopped_at:
        yield "Somebody who is shown took their consent back: it will not go out with this picture."
