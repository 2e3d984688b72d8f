"""A picture is taken in: painted anew in the darkroom, then kept, with whose it is and who agreed.

The bytes as they were sent are never kept. The new ones are laid down before the record, under a
name that nobody else can have: what a crash leaves between the two is a picture that nobody can
name. A consent has to be there, and may still wait for its countersignature; no post takes the
picture before that.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from compose.develop import Developed
from compose.picture_errors import InvalidOriginError
from shared.accounts.registry import Person
from shared.posts.consents import WHY_NOT, Consent, ConsentKind, ConsentState
from shared.posts.names import ConsentId, PersonId, PictureId
from shared.posts.pictures import (
    Origin,
    Picture,
    PictureHappened,
    Shows,
    origin_faults,
    picture_subject,
)
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.consents import Consents
from shared.records.pictures import Pictures

CANNOT = frozenset({ConsentState.WITHDRAWN, ConsentState.OVER})


@dataclass(frozen=True)
class Bench:
    """What taking a picture in needs: the records, the darkroom, and where the bytes are laid."""

    pictures: Pictures
    consents: Consents
    develop: Callable[[bytes], Developed]
    lay: Callable[[str, bytes, str], None]


def take_in(
    sent: bytes,
    origin: Origin,
    person: Person,
    bench: Bench,
    *,
    picture_id: PictureId,
    now: datetime,
) -> Picture:
    """The picture as it is kept; InvalidOriginError, SpoiltPictureError, DarkroomShutError."""
    check_origin(origin, bench.consents, now.date())
    new = bench.develop(sent)
    picture = kept_as(
        origin,
        picture_id,
        person.person_id,
        now,
        sha256=hashlib.sha256(new.data).hexdigest(),
        content_type=new.content_type,
        width=new.width,
        height=new.height,
        size=len(new.data),
    )
    bench.lay(picture.key, new.data, new.content_type)
    bench.pictures.keep(picture, taken_in(picture))
    return picture


def check_origin(origin: Origin, consents: Consents, today: date) -> None:
    """InvalidOriginError unless enough is said of it."""
    faults = [*origin_faults(origin), *_consent_faults(origin, consents, today)]
    if faults:
        raise InvalidOriginError(*faults)


def kept_as(
    origin: Origin, picture_id: PictureId, person: PersonId, now: datetime, **seen: Any
) -> Picture:
    """A picture as it is kept: what was said of it, and what it was `seen` to be."""
    return Picture(
        picture_id=picture_id,
        uploaded_by=person,
        at=now,
        licence=origin.licence,
        source=origin.source.strip(),
        credit=origin.credit.strip(),
        shows=origin.shows,
        consents=tuple(dict.fromkeys(origin.consents)),
        purpose=origin.purpose.strip(),
        ai_generated=origin.ai_generated,
        **seen,
    )


def _consent_faults(origin: Origin, consents: Consents, today: date) -> Iterator[tuple[str, str]]:
    found = consents.several(list(origin.consents))
    for consent_id in dict.fromkeys(origin.consents):
        consent = found.get(consent_id)
        if consent is None:
            yield "consents", _not_there(consent_id)
        elif (state := consent.state(today)) in CANNOT:
            yield "consents", f"{consent_id}: {WHY_NOT[state]}."
        elif origin.shows is Shows.STAFF and not _is_staffs(consent):
            yield "consents", f"{consent_id} is not of a colleague; say that the public is shown."


def _not_there(consent_id: ConsentId) -> str:
    name = consent_id.removeprefix("staff-")
    if name != consent_id:
        return f"{name} has not agreed to be shown in pictures. Ask them to say so here first."
    return f"There is no consent {consent_id}. Record it first."


def _is_staffs(consent: Consent) -> bool:
    return consent.kind is ConsentKind.STAFF


def taken_in(picture: Picture) -> Act:
    """That a picture was taken in, and all that is known of it."""
    consents: list[JSON] = list(picture.consents)
    payload: dict[str, JSON] = {
        "ai_generated": picture.ai_generated,
        "consents": consents,
        "content_type": picture.content_type,
        "credit": picture.credit,
        "height": picture.height,
        "licence": picture.licence.value,
        "purpose": picture.purpose,
        "sha256": picture.sha256,
        "shows": picture.shows.value,
        "size": picture.size,
        "source": picture.source,
        "width": picture.width,
    }
    if picture.is_video:
        payload["milliseconds"] = picture.milliseconds
    return Act(
        type=PictureHappened.TAKEN_IN.value,
        account=None,
        subject=picture_subject(picture.picture_id),
        at=picture.at,
        actor=picture.uploaded_by,
        approver=None,
        reason=None,
        payload=payload,
    )
