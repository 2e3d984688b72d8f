"""The API of the queue: what waits, approving several at once, and how fast it goes."""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

from moderate import shown
from moderate.case import Case
from moderate.decide import Seat
from moderate.decide_many import MOST, Meant, Outcome, approve_many
from moderate.doors import queue_door
from moderate.room import app, guest_of, now, room
from moderate.tally import Tally, tally
from moderate.translate import translate
from moderate.whereabouts import device_of, network_of
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.identity.visitor import Visitor
from shared.posts.names import ContentHash, PostId
from shared.records.approval import Decision, Way

PAGE = 20
LONGEST_STRETCH = timedelta(days=92)
USUAL_STRETCH = timedelta(days=30)

_POST_ID = re.compile(r"[0-9A-HJKMNP-TV-Z]{26}", re.ASCII)
_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


@app.on("/v1/approvals")
def queue_api(call: Call) -> Answer:
    """What waits for a decision, longest waiting first."""
    guest_of(call)
    fields = Fields(call.query)
    cursor = fields.maybe_text("cursor", longest=200)
    account = fields.maybe_text("account", longest=100)
    limit = fields.maybe_number("limit", 49)
    fields.done()
    found = room().queue.waiting(cursor, limit or PAGE)
    shapes = [
        shown.approval_shape(waiting.approval, waiting.post)
        for waiting in found.entries
        if account is None or waiting.post.draft.account == account
    ]
    return json_answer({"approvals": shapes, "next": found.cursor})


@app.on("/v1/approvals/decisions", "POST")
def decide_many_api(call: Call) -> Answer:
    """Approve several posts without findings to review; each has an answer of its own."""
    guest = guest_of(call, Right.APPROVE)
    meant = _meant(call)
    seat = Seat(guest.person, Way.QUEUE, None, network_of(call), device_of(call))
    outcomes = approve_many(
        meant,
        lambda one: _case(one, guest),
        seat,
        room().bench,
        sentence_of=_sentence,
        now=now(),
    )
    return json_answer({"results": [_outcome_shape(outcome) for outcome in outcomes]})


@app.on("/v1/approvals/statistics")
def tally_api(call: Call) -> Answer:
    """How fast, how carefully and by whom was decided, from one day to another (UTC)."""
    guest_of(call)
    fields = Fields(call.query)
    first, last = fields.maybe_day("from"), fields.maybe_day("to")
    last = last or now().date()
    first = first or last - USUAL_STRETCH
    if not timedelta() <= last - first <= LONGEST_STRETCH:
        fields.wrong("to", f"Ask for 1 to {LONGEST_STRETCH.days} days, the first one first.")
    fields.done()
    since = datetime.combine(first, time(), UTC)
    until = datetime.combine(last, time(), UTC) + timedelta(days=1)
    found = tally(room().queue.ruled(since, until))
    return json_answer({"from": first.isoformat(), "to": last.isoformat(), **_tally_shape(found)})


def _meant(call: Call) -> tuple[Meant, ...]:
    fields = Fields(call.json())
    fields.one_of("decision", (Decision.APPROVE.value,))
    posts = fields.objects("posts", most=MOST)
    fields.done()
    return tuple(_one(post) for post in posts)


def _one(post: dict[str, Any]) -> Meant:
    fields = Fields(post)
    post_id = PostId(fields.text("post_id", longest=26, like=_POST_ID))
    version = fields.maybe_number("version", 99_999)
    words = ContentHash(fields.text("content_hash", longest=64, like=_HASH))
    if not version:
        fields.wrong("version", "“version” must be a number from 1.")
    fields.done()
    return Meant(post_id, version or 1, words)


def _case(one: Meant, guest: Visitor) -> Case:
    return queue_door(one.post_id, one.version, guest, room().snapshots).case


def _sentence(error: Exception) -> str:
    problem = translate(error)
    return problem.sentence if problem else "It could not be decided; look at it by itself."


def _outcome_shape(outcome: Outcome) -> dict[str, Any]:
    return {
        "post_id": outcome.meant.post_id,
        "version": outcome.meant.version,
        "approved": outcome.approved,
        "sentence": outcome.sentence,
    }


def _tally_shape(found: Tally) -> dict[str, Any]:
    return {
        "decisions": found.decisions,
        "by_decision": found.by_decision,
        "by_way": found.by_way,
        "median_seconds": found.median_seconds,
        "slowest_tenth_seconds": found.slowest_tenth_seconds,
        "quick": found.quick,
        "approvers": [
            {
                "person_id": load.person,
                "decisions": load.decisions,
                "median_seconds": load.median_seconds,
                "quick": load.quick,
            }
            for load in found.approvers
        ],
    }
