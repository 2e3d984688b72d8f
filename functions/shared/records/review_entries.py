"""Reviews as rows, and back; and whoever stands out, as reading keeps them on its way."""

from typing import Any

from shared.followers.flags import Flag, Sign
from shared.followers.review import (
    Decision,
    Flagged,
    Part,
    Place,
    Review,
    ReviewState,
    Ruling,
    Seen,
    Signature,
)
from shared.followers.someone import Side, Someone
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.review_rows import LISTED_REVIEWS, ReviewRow
from shared.records.spelling import as_json, from_json, moment, moment_if, written, written_if
from shared.records.tables import Tables

Held = dict[str, Any]


def review_row(tables: Tables, review: Review) -> ReviewRow:
    """The row of a review."""
    entry = review_entry(review)
    return tables.reviews(review_id=review.review_id, listed=LISTED_REVIEWS, entry=entry)


def review_entry(review: Review) -> str:
    """What a row holds of a review besides its keys; whoever changed it, changed this."""
    entry = {
        "account": review.account,
        "month": review.month,
        "begun_at": written(review.begun_at),
        "state": review.state.value,
        "seen": [_seen(each) for each in review.seen],
        "flagged": [flagged_entry(each) for each in review.flagged],
        "more": review.more,
        "signed": {p.value: [s.by, written(s.at)] for p, s in review.signed.items()},
        "ready_at": written_if(review.ready_at),
    }
    return as_json(entry)


def review_of(row: ReviewRow) -> Review:
    """The review a row holds."""
    held: Held = from_json(row.entry)
    signed = {
        Part(p): Signature(PersonId(by), moment(at)) for p, (by, at) in held["signed"].items()
    }
    return Review(
        account=AccountId(held["account"]),
        month=held["month"],
        begun_at=moment(held["begun_at"]),
        state=ReviewState(held["state"]),
        seen=tuple(map(_seen_of, held["seen"])),
        flagged=tuple(map(flagged_of, held["flagged"])),
        more=held["more"],
        signed=signed,
        ready_at=moment_if(held["ready_at"]),
    )


def flagged_entry(flagged: Flagged) -> Held:
    """Somebody who stands out, ready for JSON."""
    someone, ruling = flagged.someone, flagged.ruling
    return {
        "number": flagged.number,
        "place": flagged.place.name,
        "someone": someone and [someone.platform_id, someone.handle, someone.name, someone.url],
        "flags": [[flag.sign.value, flag.reason, flag.source] for flag in flagged.flags],
        "ruling": ruling and [ruling.decision.value, ruling.why, ruling.by, written(ruling.at)],
    }


def flagged_of(held: Held) -> Flagged:
    """The same back. What they say of themselves and their counts are not kept: the reasons say
    what there was to see."""
    ruling = held["ruling"]
    return Flagged(
        number=held["number"],
        place=place_of(held["place"]),
        someone=Someone(*held["someone"]) if held["someone"] else None,
        flags=tuple(Flag(Sign(sign), why, source) for sign, why, source in held["flags"]),
        ruling=_ruling(*ruling) if ruling else None,
    )


def place_of(name: str) -> Place:
    """The list that is spelled so."""
    platform, _, side = name.partition("/")
    return Place(PlatformName(platform), Side(side))


def _ruling(decision: str, why: str, by: str, at: str) -> Ruling:
    return Ruling(Decision(decision), why, PersonId(by), moment(at))


def _seen(seen: Seen) -> Held:
    return {
        "place": seen.place.name,
        "at": written(seen.at),
        "count": seen.count,
        "new": seen.new,
        "gone": seen.gone,
        "fault": seen.fault,
        "good_at": written_if(seen.good_at),
    }


def _seen_of(held: Held) -> Seen:
    return Seen(
        place=place_of(held["place"]),
        at=moment(held["at"]),
        count=held["count"],
        new=held["new"],
        gone=held["gone"],
        fault=held["fault"],
        good_at=moment_if(held["good_at"]),
    )
