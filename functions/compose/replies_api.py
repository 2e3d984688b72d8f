"""The API of replies: a post of ours under what somebody said."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from compose.begin_reply import Beginner
from compose.reading import LANGUAGES, URGENCIES
from compose.reply import Replying, Shelf, reply
from compose.room import app, now, room, submitted, visitor
from compose.translate import blocked
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import post_shape
from shared.posts.life import State, Urgency
from shared.posts.localtime import local
from shared.records.mentions import Mentions

LONGEST_WORDS, LONGEST_NAME = 70_000, 60


@cache
def shelf() -> Shelf:
    """Where mentions and what answers them are looked up."""
    here = room()
    mentions = Mentions(here.kept, here.pen)
    return Shelf(mentions, here.accounts.get, Beginner(mentions, here.desk.posts))


@app.on("/v1/replies", "POST")
def reply_api(call: Call) -> Answer:
    """Answer a mention; a blocked reply is answered with its findings."""
    person = visitor(call, Right.ANSWER).person
    key = call.headers.get("idempotency-key")
    replying = replying_in(call.json())
    today = local(now()).date()
    post = reply(replying, person, shelf(), submitted, key=key, today=today)
    if post.state is State.BLOCKED:
        raise blocked(post)
    return json_answer(post_shape(post), 202, Location=f"/v1/posts/{post.post_id}")


def replying_in(body: Mapping[str, Any]) -> Replying:
    """Reads `POST /v1/replies`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    mention = fields.text("mention", longest=LONGEST_NAME)
    words = fields.text("words", longest=LONGEST_WORDS)
    language = fields.one_of("language", LANGUAGES, default=LANGUAGES[0])
    follow_up = fields.maybe_day("follow_up")
    urgency = fields.one_of("urgency", URGENCIES, default=Urgency.IMMEDIATE.value)
    fields.done()
    return Replying(mention, words, language, follow_up, Urgency(urgency))
