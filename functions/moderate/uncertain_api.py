"""The API of what could not be read back: what waits for a person, and settling one target."""

from functools import cache

from moderate.doors import post_named
from moderate.room import app, guest_of, now, room
from moderate.settle_uncertain import Decision, Word, settle
from moderate.uncertain_shown import Evidence, settled_shape, uncertain_shape, unknown_in
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.problems import NotFoundError
from shared.posts.names import PlatformName
from shared.posts.threads import MOST_PARTS
from shared.records.listing import Listing
from shared.records.uncertain import Uncertain

LONGEST_WHY, LONGEST_URL = 2_000, 2_000
PARTS = tuple(str(number) for number in range(1, MOST_PARTS + 1))
DECISIONS = (Decision.SENT.value, Decision.NOT_SENT.value)


@cache
def uncertain() -> Uncertain:
    """Where uncertain posts are found."""
    return Uncertain(room().kept, room().pen)


def waiting(call: Call) -> Listing[Evidence]:
    """A part of what waits for a person, target by target, longest first."""
    found = uncertain().queue(call.query.get("cursor"))
    about = {each.post.draft.account for each in found.entries}
    accounts = room().snapshots.read(accounts=about)
    return Listing(
        tuple(
            Evidence(each, name, accounts.account(each.post.draft.account), part)
            for each in found.entries
            for name, part in unknown_in(each)
        ),
        found.cursor,
    )


def part_named(call: Call) -> int:
    """Which part of a thread an address is about: `?part=2`; NotFoundError for what is none."""
    part = call.query.get("part", "1")
    if part not in PARTS:
        raise NotFoundError("There is no such part of a post.")
    return int(part)


@app.on("/v1/uncertain")
def uncertain_api(call: Call) -> Answer:
    """What could not be read back and waits for a person, longest first."""
    guest_of(call, Right.READ_ALL)
    found, at = waiting(call), now()
    shapes = [uncertain_shape(each, at) for each in found.entries]
    return json_answer({"uncertain": shapes, "next": found.cursor})


@app.on("/v1/uncertain/{post_id}/{version}/{platform}", "POST")
def settle_api(call: Call, post_id: str, version: str, platform: str) -> Answer:
    """Say whether it is there, once; nothing is sent again, whatever you say."""
    guest = guest_of(call, Right.SETTLE)
    fields = Fields(call.json())
    decision = fields.one_of("decision", DECISIONS)
    url = fields.maybe_text("url", longest=LONGEST_URL)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    place = PlatformName(platform), part_named(call)
    settled = settle(
        *post_named(f"{post_id}-{version}"),
        place,
        Word(Decision(decision), url or "", why),
        by=guest.person,
        uncertain=uncertain(),
        now=now(),
    )
    return json_answer(settled_shape(settled, place))
