"""The API of follower reviews: who stands out, what is decided about them, and who signed."""

from collections.abc import Mapping
from typing import Any

from shared.accounts.rights import Right, may_read
from shared.followers.review import Decision, Flagged, Part, Review, Seen
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from watch.following.decide_review import MOST_AT_ONCE, Wish, decide_review, sign_review
from watch.following.room import accounts_of, app, case_of, guest_of, now, room

PAGE = 20
LONGEST_WHY = 500
NO_PEOPLE = f"Name 1 to {MOST_AT_ONCE} people by their numbers."


@app.on("/v1/reviews")
def reviews_api(call: Call) -> Answer:
    """Reviews, those of the newest month first: all, or those of one's own accounts."""
    guest = guest_of(call, Right.LOOK)
    found = room().reviews.listed(call.query.get("cursor"), PAGE)
    accounts = accounts_of(each.account for each in found.entries)
    mine = (r for r in found.entries if r.account in accounts)
    shapes = [review_shape(r) for r in mine if may_read(guest.person, accounts[r.account])]
    return json_answer({"reviews": shapes, "next": found.cursor})


@app.on("/v1/reviews/{review_id}")
def review_api(call: Call, review_id: str) -> Answer:
    """One review: what was read, who stands out, and what was decided."""
    return json_answer(review_shape(case_of(review_id, guest_of(call, Right.LOOK)).review))


@app.on("/v1/reviews/{review_id}/decisions", "POST")
def decide_review_api(call: Call, review_id: str) -> Answer:
    """Decide about people who stand out."""
    guest = guest_of(call, Right.REVIEW_FOLLOWERS)
    wish, case = wish_in(call.json()), case_of(review_id, guest)
    after = decide_review(case, wish, guest.person, reviews=room().reviews, now=now())
    return json_answer(review_shape(after))


@app.on("/v1/reviews/{review_id}/signature", "POST")
def sign_review_api(call: Call, review_id: str) -> Answer:
    """Sign for one side that it has looked."""
    guest = guest_of(call, Right.REVIEW_FOLLOWERS)
    fields = Fields(call.json())
    part = fields.one_of("part", tuple(each.value for each in Part))
    fields.done()
    case = case_of(review_id, guest)
    after = sign_review(case, Part(part), guest.person, reviews=room().reviews, now=now())
    return json_answer(review_shape(after))


def wish_in(body: Mapping[str, Any]) -> Wish:
    """Reads `POST /v1/reviews/{review_id}/decisions`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    named = fields.words("people", most=MOST_AT_ONCE)
    people = [int(each) for each in named if each.isascii() and each.isdecimal()]
    if named and len(people) != len(named):
        fields.wrong("people", NO_PEOPLE)
    decision = fields.one_of("decision", tuple(each.value for each in Decision))
    why = fields.maybe_text("why", longest=LONGEST_WHY) or ""
    fields.done()
    return Wish(people, Decision(decision), why)


def review_shape(review: Review) -> dict[str, Any]:
    """One review."""
    return {
        "review_id": review.review_id,
        "account": review.account,
        "month": review.month,
        "state": review.state.value,
        "begun_at": stamp(review.begun_at),
        "ready_at": stamp(review.ready_at),
        "lists": [_list_shape(each) for each in review.seen],
        "people": [_person_shape(each) for each in review.flagged],
        "more": review.more,
        "signed": [
            {"part": part.value, "by": each.by, "at": stamp(each.at)}
            for part, each in review.signed.items()
        ],
    }


def _list_shape(seen: Seen) -> dict[str, Any]:
    return {
        "platform": seen.place.platform,
        "side": seen.place.side.value,
        "at": stamp(seen.at),
        "count": seen.count,
        "new": seen.new,
        "gone": seen.gone,
        "fault": seen.fault or None,
        "compared_with": stamp(seen.good_at),
    }


def _person_shape(flagged: Flagged) -> dict[str, Any]:
    someone, ruling = flagged.someone, flagged.ruling
    return {
        "number": str(flagged.number),
        "platform": flagged.place.platform,
        "side": flagged.place.side.value,
        "platform_id": someone.platform_id if someone else None,
        "handle": someone.handle if someone else None,
        "name": someone.name if someone else None,
        "url": (someone.url or None) if someone else None,
        "reasons": [
            {"sign": flag.sign.value, "reason": flag.reason, "source": flag.source}
            for flag in flagged.flags
        ],
        "decision": ruling
        and {
            "decision": ruling.decision.value,
            "why": ruling.why or None,
            "by": ruling.by,
            "at": stamp(ruling.at),
        },
    }
