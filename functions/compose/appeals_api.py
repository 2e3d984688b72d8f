"""The API of appeals: which last, one with all that shares it, and what is done about it."""

from collections.abc import Mapping
from typing import Any

from compose.appeal_room import Case, case_of, hand_of, lasting, person_named, said_over
from compose.find_appeal import Over
from compose.keep_appeal import add_copy, add_post, close, extend, hand_over, settle_copy
from compose.reading import LONGEST_REASON
from compose.room import app, visitor
from compose.sharing import Share
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.appeal import Appeal, Copy, Fate, Said
from shared.posts.names import PostId

LONGEST_WORDS, LONGEST_ADDRESS, LONGEST_NAME, MOST_POSTS = 70_000, 2_000, 254, 40
FATES = tuple(fate.value for fate in Fate)
ONE_OF_TWO = "Name an address, or a post of ours; one of the two."
WHAT_BECAME = "Say what became of it, and why."


@app.on("/v1/appeals")
def appeals_api(call: Call) -> Answer:
    """The appeals that are not closed, whatever ends first before the others."""
    guest = visitor(call)
    found = lasting(guest.person, call.query.get("cursor"))
    return json_answer({"appeals": list(map(appeal_shape, found.appeals)), "next": found.cursor})


@app.on("/v1/appeals/{appeal_id}")
def appeal_api(call: Call, appeal_id: str) -> Answer:
    """One appeal, with the posts of ours that share it, and the copies that people know of."""
    return json_answer(case_shape(case_of(appeal_id, visitor(call).person)))


@app.on("/v1/appeals/{appeal_id}/extend", "POST")
def extend_appeal_api(call: Call, appeal_id: str) -> Answer:
    """Let it end on another day."""
    person = visitor(call, Right.WRITE).person
    fields = Fields(call.json())
    until, why = fields.day("until"), fields.text("why", longest=LONGEST_REASON)
    fields.done()
    case_of(appeal_id, person)
    return json_answer(appeal_shape(extend(PostId(appeal_id), until, why, hand_of(person))))


@app.on("/v1/appeals/{appeal_id}/owner", "POST")
def hand_appeal_over_api(call: Call, appeal_id: str) -> Answer:
    """Let somebody else look after it."""
    person = visitor(call, Right.WRITE).person
    fields = Fields(call.json())
    email = fields.text("email", longest=LONGEST_NAME)
    fields.done()
    case_of(appeal_id, person)
    owner = person_named(email)
    return json_answer(appeal_shape(hand_over(PostId(appeal_id), owner, hand_of(person))))


@app.on("/v1/appeals/{appeal_id}/found", "POST")
def appeal_found_api(call: Call, appeal_id: str) -> Answer:
    """Say that it is found or over, under every post that shared it, or under those named."""
    person = visitor(call, Right.WRITE).person
    fields = Fields(call.json())
    words = fields.text("words", longest=LONGEST_WORDS)
    posts = fields.maybe_texts("posts", longest=LONGEST_NAME, most=MOST_POSTS)
    fields.done()
    case_of(appeal_id, person)
    over = Over(words, frozenset(posts) if posts is not None else None)
    done = said_over(appeal_id, over, person)
    refused = [{"post": share.name, "why": why} for share, why in done.refused]
    return json_answer({**case_shape(case_of(appeal_id, person)), "refused": refused}, 202)


@app.on("/v1/appeals/{appeal_id}/copies", "POST")
def appeal_copies_api(call: Call, appeal_id: str) -> Answer:
    """List a copy or a post of ours that shares it; or say what became of one."""
    person = visitor(call, Right.WRITE).person
    fields = Fields(call.json())
    address = fields.maybe_text("address", longest=LONGEST_ADDRESS) or ""
    post = fields.maybe_text("post", longest=LONGEST_NAME) or ""
    words = fields.maybe_text("note", longest=LONGEST_REASON) or ""
    fate = fields.one_of("fate", ("", *FATES), default="")
    why = fields.maybe_text("why", longest=LONGEST_REASON) or ""
    if bool(address) == bool(post):
        fields.wrong("address", ONE_OF_TWO)
    if bool(why) and not fate:
        fields.wrong("fate", WHAT_BECAME)
    fields.done()
    case_of(appeal_id, person)
    name, hand = PostId(appeal_id), hand_of(person)
    if post:
        return json_answer(appeal_shape(add_post(name, post, hand)))
    if fate:
        return json_answer(appeal_shape(settle_copy(name, address, Fate(fate), why, hand)))
    return json_answer(appeal_shape(add_copy(name, address, words, hand)))


@app.on("/v1/appeals/{appeal_id}/close", "POST")
def close_appeal_api(call: Call, appeal_id: str) -> Answer:
    """Close it, once nothing of it is left open."""
    person = visitor(call, Right.WRITE).person
    fields = Fields(call.json())
    why = fields.maybe_text("why", longest=LONGEST_REASON) or ""
    fields.done()
    case_of(appeal_id, person)
    return json_answer(appeal_shape(close(PostId(appeal_id), why, hand_of(person))))


def appeal_shape(appeal: Appeal) -> dict[str, Any]:
    """One appeal, without the posts that share it."""
    return {
        "appeal_id": appeal.appeal_id,
        "account": appeal.account,
        "owner": appeal.owner,
        "opened_at": stamp(appeal.opened_at),
        "ends_on": appeal.ends_on.isoformat(),
        "state": appeal.state.value,
        "found": _said(appeal.found),
        "closed": _said(appeal.closed),
        "copies": list(map(_copy, appeal.copies)),
    }


def case_shape(case: Case) -> dict[str, Any]:
    """One appeal with the posts that share it."""
    return {**appeal_shape(case.appeal), "posts": list(map(_share, case.shares))}


def _share(share: Share) -> dict[str, Any]:
    closing = share.closing
    said = (
        {"post": f"{closing.post_id}-{closing.version}", "state": closing.state.value}
        if (closing)
        else None
    )
    return {
        "post": share.name,
        "account": share.post.draft.account,
        "addresses": list(share.addresses),
        "added": share.added,
        "waits": share.waits,
        "closing": said,
    }


def _copy(copy: Copy) -> Mapping[str, Any]:
    said = copy.settled
    settled = (
        {"fate": said.fate.value, "by": said.by, "at": stamp(said.at), "why": said.why}
        if (said)
        else None
    )
    return {
        "address": copy.address,
        "note": copy.note,
        "by": copy.by,
        "at": stamp(copy.at),
        "ours": copy.ours,
        "settled": settled,
    }


def _said(said: Said | None) -> Mapping[str, Any] | None:
    return {"by": said.by, "at": stamp(said.at), "words": said.words} if said else None
