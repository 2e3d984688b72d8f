"""The API of corrections: putting right what we said, and what was put right."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from compose.correct import Righting, Shelf, wanted_correction
from compose.reading import LONGEST_REASON, URGENCIES, version_typed
from compose.room import app, room, sight_of, submitted, visitor
from compose.translate import blocked
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.problems import NotFoundError
from shared.http.shapes import post_shape
from shared.posts.correction import APOLOGIES
from shared.posts.life import State, Urgency
from shared.posts.names import AccountId, PostId
from shared.records.corrections import corrections_of

LONGEST_WORDS, LONGEST_REFERENCE, LONGEST_NAME = 70_000, 100, 60
NO_SUCH_POST = "Name the post as it stands in its address: an id, a hyphen and its version."


@cache
def shelf() -> Shelf:
    """Where the post that was wrong is looked up."""
    here = room()
    return Shelf(
        here.desk.posts, here.publications, lambda name: here.accounts.get(AccountId(name))
    )


@app.on("/v1/corrections", "POST")
def correct_api(call: Call) -> Answer:
    """Put a post right; a blocked correction is answered with its findings."""
    person = visitor(call, Right.WRITE).person
    righting = righting_in(call.json())
    key = call.headers.get("idempotency-key")
    post = submitted(wanted_correction(righting, person, shelf(), key), person)
    if post.state is State.BLOCKED:
        raise blocked(post)
    return json_answer(post_shape(post), 202, Location=f"/v1/posts/{post.post_id}")


@app.on("/v1/corrections")
def corrections_api(call: Call) -> Answer:
    """The versions that put one post right, oldest first, whatever became of them."""
    person = visitor(call).person
    post_id, version = named(call.query.get("post", ""))
    sight_of(person).versions(post_id)
    found = corrections_of(room().kept, post_id, version)
    return json_answer({"corrections": [f"{post_id}-{version}" for post_id, version in found]})


def righting_in(body: Mapping[str, Any]) -> Righting:
    """Reads `POST /v1/corrections`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    post = fields.text("post", longest=LONGEST_NAME)
    apology = fields.text("apology", default=APOLOGIES[0], longest=LONGEST_REASON)
    words = fields.text("words", longest=LONGEST_WORDS)
    wrong = fields.text("wrong", longest=LONGEST_REASON)
    complaint = fields.maybe_text("complaint", longest=LONGEST_REFERENCE)
    closes = fields.flag("closes_thread") if "closes_thread" in body else True
    urgency = fields.one_of("urgency", URGENCIES, default=Urgency.PROMPT.value)
    fields.done()
    return Righting(*named(post), apology, words, wrong, complaint or "", closes, Urgency(urgency))


def named(name: str) -> tuple[PostId, int]:
    """A version by its name, such as `01J…-1`; NotFoundError."""
    post_id, _, version = name.rpartition("-")
    if not post_id:
        raise NotFoundError(NO_SUCH_POST)
    return PostId(post_id), version_typed(version)
