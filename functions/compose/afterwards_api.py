"""The API of what was posted by hand: entering one post afterwards."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from compose.enter_afterwards import ByHand, enter_afterwards
from compose.room import app, now, room, verdict_on, visitor
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.problems import FieldFault, InvalidFieldsError
from shared.http.shapes import post_shape
from shared.posts.content import Draft
from shared.posts.life import Post
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.afterwards import Afterwards
from shared.records.errors import AmbiguousEmailError, NotFoundError

LONGEST_URL, LONGEST_WHY, LONGEST_NAME = 2_000, 2_000, 254
NO_ACCOUNT = "Say which account it was: its short name, such as leek-npt."
WHO = "The registry knows nobody by this address. Write their work e-mail."


@cache
def afterwards() -> Afterwards:
    """Where entries after the fact are kept."""
    return Afterwards(room().kept, room().pen)


@app.on("/v1/posts/afterwards", "POST")
def enter_afterwards_api(call: Call) -> Answer:
    """Enter a post that was made by hand, because it could not go out from here."""
    guest = visitor(call, Right.WRITE)
    return json_answer(post_shape(entered(call.json(), guest.person)), 201)


def entered(body: Mapping[str, Any], person: Person) -> Post:
    """The post on record, from what was sent; InvalidFieldsError names every fault."""
    entry = entry_in(body, person)
    return enter_afterwards(
        entry,
        person,
        _account(entry.draft.account),
        verdict=verdict_on,
        afterwards=afterwards(),
        post_id=room().pen.new_post_id(now()),
        now=now(),
        beside=lambda post: room().desk.beside(post, room().desk.pack(now().date())),
    )


def entry_in(body: Mapping[str, Any], person: Person) -> ByHand:
    """Reads the entry; whoever is not named is the one who enters it."""
    fields = Fields(body)
    draft = Draft(
        text=fields.text("text"),
        account=AccountId(fields.text("account", longest=100)),
        platforms=(PlatformName(fields.text("platform", longest=100)),),
        language=fields.text("language", default="en-GB", longest=35),
    )
    url = fields.text("url", longest=LONGEST_URL)
    at = fields.maybe_moment("at")
    if at is None and body.get("at") is None:
        fields.wrong("at", "Say when it was posted.")
    by = fields.maybe_text("by", longest=LONGEST_NAME)
    agreed = fields.maybe_text("authorised_by", longest=LONGEST_NAME)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return ByHand(
        draft,
        url,
        at or now(),
        _person("by", by) if by else person,
        _person("authorised_by", agreed) if agreed else None,
        why,
    )


def _account(account_id: AccountId) -> Account:
    try:
        return room().accounts.get(account_id)
    except NotFoundError as error:
        raise InvalidFieldsError((FieldFault("account", NO_ACCOUNT),)) from error


def _person(field: str, named: str) -> Person:
    """Somebody by work e-mail or id; InvalidFieldsError."""
    people = room().people
    try:
        return people.by_email(named) if "@" in named else people.get(PersonId(named))
    except (NotFoundError, AmbiguousEmailError) as error:
        raise InvalidFieldsError((FieldFault(field, WHO),)) from error
