"""The API of held posts: the queue, and the review of one."""

from moderate.doors import post_named
from moderate.held_shown import hold_shape, reviewed_shape
from moderate.incident_room import holds
from moderate.review_held import Verdict, cases_of, held_case, review
from moderate.room import app, guest_of, now, room
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.posts.names import ContentHash
from shared.records.hold import Review

PAGE = 20
LONGEST_REASON = 2_000
DECISIONS = (Review.RELEASE.value, Review.RETURN.value)


@app.on("/v1/held")
def held_api(call: Call) -> Answer:
    """What waits for a review, longest first."""
    guest_of(call, Right.READ_ALL)
    found = holds().queue(call.query.get("cursor"), PAGE)
    cases = cases_of(found.entries, room().snapshots)
    return json_answer({"held": [hold_shape(case) for case in cases], "next": found.cursor})


@app.on("/v1/held/{post_id}/{version}/review", "POST")
def review_api(call: Call, post_id: str, version: str) -> Answer:
    """Let it go, or give it back, once. A version's words never change; whoever names their
    `content_hash` is told if they read others."""
    guest = guest_of(call, Right.REVIEW_HELD)
    fields = Fields(call.json())
    decision = fields.one_of("decision", DECISIONS)
    reason = fields.maybe_text("reason", longest=LONGEST_REASON)
    words = fields.maybe_text("content_hash", longest=64)
    fields.done()
    case = held_case(*post_named(f"{post_id}-{version}"), holds(), room().snapshots)
    hold = review(
        case,
        Verdict(Review(decision), reason, ContentHash(words or case.post.content_hash)),
        guest.person,
        holds=holds(),
        executions=room().bench.executions,
        now=now(),
    )
    return json_answer(reviewed_shape(hold))
