"""Turns what came about a video into what is meant: which one, whose it is, and who is shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from compose.picture_reading import origin_of
from shared.http.fields import Fields
from shared.http.problems import FieldFault, InvalidFieldsError
from shared.posts.content import VIDEO
from shared.posts.pictures import Origin

FIRST = "Send the video first."
ONLY_MP4 = "Say what you hand over: only video/mp4 is taken. Save it as MP4 (H.264 and AAC)."
_ULID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)


def upload_in(name: str) -> str:
    """The upload in the name that S3 gives back, which is not believed otherwise;
    InvalidFieldsError."""
    upload_id = name.rpartition("/")[2]
    if not _ULID.fullmatch(upload_id):
        raise InvalidFieldsError((FieldFault("upload", FIRST),))
    return upload_id


def type_from_body(body: Mapping[str, Any]) -> None:
    """The body of `POST /v1/videos/uploads`: what will be handed over; InvalidFieldsError."""
    fields = Fields(body, {"content_type": ONLY_MP4})
    fields.one_of("content_type", (VIDEO,))
    fields.done()


def video_from_body(body: Mapping[str, Any]) -> tuple[str, Origin]:
    """The body of `POST /v1/videos`: which upload, and what is said of it."""
    said = dict(body)
    upload = said.pop("upload", None)
    return upload_in(upload if isinstance(upload, str) else ""), origin_of(said)


def upload_from_form(texts: Mapping[str, Sequence[str]]) -> str:
    """Which upload a form is about."""
    return upload_in(next(iter(texts.get("upload", ())), ""))
