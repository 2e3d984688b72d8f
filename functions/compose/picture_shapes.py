"""Pictures and consents as the API tells of them."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from shared.http.shapes import stamp
from shared.posts.consents import Consent
from shared.posts.life import Post
from shared.posts.pictures import Picture
from shared.records.publication import Publication


def picture_shape(picture: Picture) -> dict[str, Any]:
    """What is known of a picture, and where its bytes are shown."""
    return {
        "id": picture.picture_id,
        "address": f"/pictures/{picture.picture_id}",
        "content_type": picture.content_type,
        "sha256": picture.sha256,
        "width": picture.width,
        "height": picture.height,
        "size": picture.size,
        "uploaded_by": picture.uploaded_by,
        "at": stamp(picture.at),
        "licence": picture.licence.value,
        "source": picture.source,
        "credit": picture.credit,
        "credit_owed": bool(picture.owed),
        "shows": picture.shows.value,
        "consents": list(picture.consents),
        "purpose": picture.purpose,
        "ai_generated": picture.ai_generated,
        "stopped_at": stamp(picture.stopped_at),
        "seconds": picture.milliseconds / 1000 if picture.is_video else None,
    }


def consent_shape(consent: Consent, today: date) -> dict[str, Any]:
    """A consent, and how it stands today."""
    back = consent.withdrawal
    return {
        "id": consent.consent_id,
        "kind": consent.kind.value,
        "state": consent.state(today).value,
        "reference": consent.reference,
        "purpose": consent.purpose,
        "given_on": consent.given_on.isoformat(),
        "guardian": consent.guardian,
        "obtained_by": consent.obtained_by,
        "recorded_at": stamp(consent.recorded_at),
        "countersigned_by": consent.countersigned_by,
        "countersigned_at": stamp(consent.countersigned_at),
        "disposed_on": consent.disposed_on.isoformat(),
        "withdrawn_by": back.by if back else None,
        "withdrawn_at": stamp(back.at) if back else None,
        "why_withdrawn": back.why if back else None,
        "pictures": sorted(consent.pictures),
    }


def use_shape(post: Post, targets: Iterable[Publication]) -> dict[str, Any]:
    """A version of a post with one of the pictures, and what became of it on each platform."""
    return {
        "post_id": post.post_id,
        "version": post.version,
        "account": post.draft.account,
        "state": post.state.value,
        "targets": [
            {
                "platform": target.platform,
                "part": target.part,
                "outcome": target.state.value,
                "url": target.receipt.url if target.receipt else None,
            }
            for target in targets
        ],
    }
