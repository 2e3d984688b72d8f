"""Which picture a draft's bytes are: by where they lie, which only we name. It is read wherever a
post goes, so it knows no more of pictures than that.
"""

import re
from collections.abc import Iterable

from shared.posts.content import Media
from shared.posts.names import PictureId

_KEY = re.compile(r"pictures/([0-9A-HJKMNP-TV-Z]{26})\.(?:jpg|png|mp4)", re.ASCII)


def picture_named_by(key: str) -> PictureId | None:
    """The picture whose bytes lie there; None for what was never one of ours."""
    match = _KEY.fullmatch(key)
    return PictureId(match[1]) if match else None


def folder_of(picture_id: PictureId) -> str:
    """What the keys of all its bytes begin with, and no other picture's."""
    return f"pictures/{picture_id}."


def pictures_of(media: Iterable[Media]) -> tuple[PictureId, ...]:
    """The pictures of ours among these, each once."""
    named = dict.fromkeys(picture_named_by(one.key) for one in media)
    return tuple(each for each in named if each is not None)
