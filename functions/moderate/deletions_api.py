"""The API of deletions: asking, deciding, looking afterwards, and what was done by hand."""

from moderate.ask_deletion import ask_deletion
from moderate.decide_deletion import decide, done_by_hand, review
from moderate.deletion_room import (
    app,
    case_of,
    guest_of,
    now,
    room,
    versions_named,
)
from moderate.deletion_shapes import (
    LONGEST_NAME,
    LONGEST_WHY,
    choice_in,
    deletion_shape,
    whole_shape,
    wish_in,
)
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.records.errors import NotFoundError

PAGE = 20
VIEWS = ("agree", "object")


@app.on("/v1/deletions")
def deletions_api(call: Call) -> Answer:
    """All deletions, newest first."""
    guest_of(call, Right.READ_ALL)
    found = room().desk.deletions.all(call.query.get("cursor"), PAGE)
    shapes = [deletion_shape(each) for each in found.entries]
    return json_answer({"deletions": shapes, "next": found.cursor})


@app.on("/v1/deletions", "POST")
def ask_deletion_api(call: Call) -> Answer:
    """Ask that posts be taken away; one that stands for one of them is named."""
    guest = guest_of(call, Right.ASK_DELETION)
    deletion = ask_deletion(wish_in(call.json()), guest.person, room().desk, now())
    at = f"/v1/deletions/{deletion.deletion_id}"
    return json_answer(deletion_shape(deletion), 201, Location=at)


@app.on("/v1/deletions/{deletion_id}")
def deletion_api(call: Call, deletion_id: str) -> Answer:
    """One deletion, with the evidence of every target."""
    person = guest_of(call, Right.LOOK).person
    return json_answer(whole_shape(case_of(deletion_id, person)))


@app.on("/v1/deletions/{deletion_id}/decision", "POST")
def decide_deletion_api(call: Call, deletion_id: str) -> Answer:
    """Approve or refuse it, once; never your own."""
    person = guest_of(call, Right.DECIDE_DELETION).person
    choice = choice_in(call.json())
    case = case_of(deletion_id, person)
    decided = decide(
        case.whole,
        case.posts,
        choice,
        person,
        deletions=room().desk.deletions,
        executions=room().desk.executions,
        now=now(),
    )
    return json_answer(deletion_shape(decided))


@app.on("/v1/deletions/{deletion_id}/review", "POST")
def review_deletion_api(call: Call, deletion_id: str) -> Answer:
    """Say what you think of one that was begun at once."""
    person = guest_of(call, Right.DECIDE_DELETION).person
    choice = choice_in(call.json(), VIEWS)
    case = case_of(deletion_id, person)
    looked_at = review(
        case.deletion, case.posts, choice, person, deletions=room().desk.deletions, now=now()
    )
    return json_answer(deletion_shape(looked_at))


@app.on("/v1/deletions/{deletion_id}/by-hand", "POST")
def deleted_by_hand_api(call: Call, deletion_id: str) -> Answer:
    """Say that you took away what no machine could."""
    person = guest_of(call, Right.DECIDE_DELETION).person
    fields = Fields(call.json())
    name = fields.text("post", longest=LONGEST_NAME)
    place = fields.text("place", longest=LONGEST_NAME)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    case = case_of(deletion_id, person)
    [version] = versions_named([name])
    post = case.post_named(version.post_id, version.version)
    if post is None:
        raise NotFoundError("deletion", deletion_id)
    after = done_by_hand(
        case.whole,
        post,
        place,
        why,
        person,
        deletions=room().desk.deletions,
        publications=room().desk.publications,
        now=now(),
    )
    return json_answer(deletion_shape(after))
