"""A video is taken in: cleaned in the darkroom for videos, then kept as pictures are.

The clean one is laid down before the record, under a name that nobody else can have; once it is on
record, or refused, the bytes as they were sent are emptied.
"""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from compose.picture_errors import DarkroomShutError, SpoiltPictureError
from compose.take_in import check_origin, kept_as, taken_in
from compose.videos import Incoming, VideoDarkroom
from shared.accounts.registry import Person
from shared.posts.content import VIDEO
from shared.posts.names import PictureId
from shared.posts.pictures import Origin, Picture, key_of
from shared.records.consents import Consents
from shared.records.pictures import Pictures


@dataclass(frozen=True)
class VideoBench:
    """What taking a video in needs: the records, where it was handed over, and who cleans it."""

    pictures: Pictures
    consents: Consents
    incoming: Incoming
    darkroom: VideoDarkroom


def take_in_video(
    upload_id: str,
    origin: Origin,
    person: Person,
    bench: VideoBench,
    *,
    picture_id: PictureId,
    now: datetime,
) -> Picture:
    """The video as it is kept; InvalidOriginError, SpoiltPictureError, DarkroomShutError."""
    check_origin(origin, bench.consents, now.date())
    laid_at = key_of(picture_id, VIDEO)
    fetch, lay = bench.incoming.addresses(person.person_id, upload_id, laid_at)
    try:
        new = bench.darkroom.clean(fetch, lay)
    except SpoiltPictureError:
        _forgotten(upload_id, person, bench)
        raise
    video = kept_as(
        origin,
        picture_id,
        person.person_id,
        now,
        sha256=new.sha256,
        content_type=VIDEO,
        width=new.width,
        height=new.height,
        size=new.size,
        milliseconds=new.milliseconds,
    )
    bench.pictures.keep(video, taken_in(video))
    _forgotten(upload_id, person, bench)
    return video


def _forgotten(upload_id: str, person: Person, bench: VideoBench) -> None:
    with suppress(DarkroomShutError):  # what is left is gone after a day all the same
        bench.incoming.empty(person.person_id, upload_id)
