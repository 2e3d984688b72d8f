"""Exceptions in JSON, as `openapi.json` describes them."""

from collections.abc import Mapping
from typing import Any

from moderate.close_exception import Wish
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.deletion import Ground
from shared.posts.exception_found import Cause, Closing, PostException
from shared.records.rounds import Round

LONGEST_WHY, LONGEST_WHO, LONGEST_GROUND = 2_000, 200, 40
CAUSES = tuple(cause.value for cause in Cause)
GROUNDS = tuple(ground.value for ground in Ground)
WRONG_GROUND = f"One of: {', '.join(GROUNDS)}."


def wish_in(body: Mapping[str, Any]) -> Wish:
    """Reads `POST /v1/exceptions/{exception_id}/close`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    cause = fields.one_of("cause", CAUSES)
    why = fields.text("why", longest=LONGEST_WHY)
    who = fields.maybe_text("who", longest=LONGEST_WHO)
    ground = fields.maybe_text("ground", longest=LONGEST_GROUND)
    if ground is not None and ground not in GROUNDS:
        fields.wrong("ground", WRONG_GROUND)
    fields.done()
    return Wish(Cause(cause), why, who or "", Ground(ground) if ground else None)


def exception_shape(found: PostException) -> dict[str, Any]:
    """One exception."""
    return {
        "exception_id": found.exception_id,
        "post": f"{found.post_id}-{found.version}",
        "place": found.place,
        "account": found.account,
        "change": found.change.value,
        "published": found.published,
        "shown": found.shown,
        "platform_id": found.platform_id,
        "url": found.url,
        "sent_at": stamp(found.sent_at),
        "missed_at": stamp(found.missed_at),
        "found_at": stamp(found.found_at),
        "closed": _closing(found.closed),
    }


def unlooked_shape(of: Round) -> dict[str, Any]:
    """One target that nobody could look at."""
    return {
        "account": of.account,
        "platform": of.platform,
        "since": stamp(of.since),
        "why": of.fault,
    }


def _closing(closing: Closing | None) -> dict[str, Any] | None:
    if closing is None:
        return None
    return {
        "by": closing.by,
        "at": stamp(closing.at),
        "cause": closing.cause.value,
        "why": closing.why,
        "who": closing.who,
        "ground": closing.ground.value if closing.ground else None,
    }
