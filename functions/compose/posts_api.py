"""The author's API. Each parses, calls one deed, answers; a blocked post is on record too."""

from compose import shown
from compose.reading import (
    asked_from_json,
    reason_from_json,
    version_typed,
    wanted_from_json,
)
from compose.room import app, in_place, kind_of, now, room, sight_of, submitted, verdict_on, visitor
from compose.shapes import checked_shape, life_shape
from compose.translate import blocked
from compose.withdraw import withdraw
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.description import description
from shared.http.shapes import post_shape
from shared.posts.life import State


@app.on("/openapi.json")
def describe(call: Call) -> Answer:
    """The description of the API."""
    return Answer(description(), content_type="application/json")


@app.on("/v1/checks", "POST")
def check_api(call: Call) -> Answer:
    """What the policy says; nothing is kept."""
    guest = visitor(call)
    candidate = in_place(asked_from_json(call.json()), guest.person)
    pack = room().desk.pack_for(candidate, now())
    counts = shown.counts(candidate.text, candidate.platforms, pack)
    return json_answer(checked_shape(verdict_on(candidate), counts, kind_of(candidate)))


@app.on("/v1/posts", "POST")
def submit_api(call: Call) -> Answer:
    """Submit a post; a blocked one is answered with its findings."""
    guest = visitor(call, Right.WRITE)
    wanted = wanted_from_json(call.json(), call.headers.get("idempotency-key"))
    post = submitted(wanted, guest.person)
    if post.state is State.BLOCKED:
        raise blocked(post)
    return json_answer(post_shape(post), 202, Location=f"/v1/posts/{post.post_id}")


@app.on("/v1/posts")
def posts_api(call: Call) -> Answer:
    """Your posts, or one account's."""
    person, cursor = visitor(call).person, call.query.get("cursor")
    if name := call.query.get("account"):
        page = room().desk.posts.by_account(sight_of(person).account(name).account_id, cursor)
    else:
        page = room().desk.posts.by_author(person.person_id, cursor)
    return json_answer({"posts": [post_shape(p) for p in page.posts], "next": page.cursor})


@app.on("/v1/posts/{post_id}/{version}/withdraw", "POST")
def withdraw_api(call: Call, post_id: str, version: str) -> Answer:
    """Take a version back before any of it goes out."""
    person = visitor(call, Right.WRITE).person
    reason = reason_from_json(call.json())
    post = sight_of(person).versions(post_id)[-1]
    number = version_typed(version)
    taken = withdraw(post.post_id, number, reason, person=person, desk=room().desk, now=now())
    return json_answer(post_shape(taken))


@app.on("/v1/posts/{post_id}")
def post_api(call: Call, post_id: str) -> Answer:
    """The whole life of a post."""
    versions = sight_of(visitor(call).person).versions(post_id)
    targets = room().publications.of(versions[-1].post_id, versions[-1].version)
    return json_answer(life_shape(versions, targets))
