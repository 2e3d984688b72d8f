"""The API of posts that did not wait for a second person: what waits for a look, and looking."""

from functools import cache

from moderate.doors import post_named
from moderate.review_urgent import review_urgent, urgent_case, urgent_cases
from moderate.room import app, guest_of, now, room
from moderate.urgent_shown import urgent_shape
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import post_shape
from shared.records.urgent_posts import UrgentPosts

LONGEST_REMARK = 2_000


@cache
def urgent() -> UrgentPosts:
    """Where urgent posts are found."""
    return UrgentPosts(room().kept, room().pen)


@app.on("/v1/urgent")
def urgent_api(call: Call) -> Answer:
    """What went out without a second person and waits for a look, longest first."""
    guest_of(call, Right.READ_ALL)
    cases = urgent_cases(urgent().waiting(), room().snapshots)
    return json_answer({"urgent": [urgent_shape(case) for case in cases], "next": None})


@app.on("/v1/urgent/{post_id}/{version}/review", "POST")
def urgent_review_api(call: Call, post_id: str, version: str) -> Answer:
    """Say what you think of one, once; somebody else's post only."""
    guest = guest_of(call, Right.APPROVE)
    fields = Fields(call.json())
    remark = fields.text("remark", longest=LONGEST_REMARK)
    fields.done()
    case = urgent_case(*post_named(f"{post_id}-{version}"), room().snapshots)
    post = review_urgent(case, remark, guest.person, urgent=urgent(), now=now())
    return json_answer(post_shape(post))
