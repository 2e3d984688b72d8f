"""The API of mentions: what waits, what became of each, and the daily check."""

from moderate.look_through import look_through
from moderate.mention_room import cases_named, desk, mention_case_of
from moderate.mention_shapes import (
    account_in,
    check_shape,
    mention_shape,
    outcome_in,
    outcomes_in,
    settling_shape,
    whole_shape,
)
from moderate.settle_many import settle_many
from moderate.settle_mention import settle_mention
from moderate.takedown_room import account_of, app, guest_of, now
from moderate.takedown_translate import sentence_of
from shared.accounts.rights import Right, may, may_read
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.problems import FieldFault, ForbiddenError, InvalidFieldsError
from shared.posts.names import AccountId
from shared.records.errors import NotFoundError

PAGE = 50
NAME_ONE = "Name an account of yours: only communications staff and those who audit see all."
WHICH = ("open", "all")
NO_SUCH_LIST = "“state” is one of: open, all."
ALL_OF_ONE = "Name the account whose mentions you want all of."


@app.on("/v1/mentions")
def mentions_api(call: Call) -> Answer:
    """What waits, calls for help first, then oldest; or all that was said to an account, newest
    first."""
    person = guest_of(call, Right.LOOK).person
    name, cursor = AccountId(call.query.get("account", "")), call.query.get("cursor")
    which = call.query.get("state", WHICH[0])
    if which not in WHICH:
        raise InvalidFieldsError((FieldFault("state", NO_SUCH_LIST),))
    if name and not may_read(person, account_of(name)):
        raise NotFoundError("account", name)
    if not name and not may(person, Right.READ_ALL).allowed:
        raise ForbiddenError(NAME_ONE)
    if which == WHICH[0]:
        found = desk().mentions.waiting(name or None, cursor, PAGE)
    elif name:
        found = desk().mentions.of_account(name, cursor, PAGE)
    else:
        raise InvalidFieldsError((FieldFault("account", ALL_OF_ONE),))
    shapes = [mention_shape(each) for each in found.entries]
    return json_answer({"mentions": shapes, "next": found.cursor})


@app.on("/v1/mentions/checks", "POST")
def look_through_api(call: Call) -> Answer:
    """Say that you looked through an account today; once for each day."""
    person = guest_of(call, Right.ANSWER).person
    account = account_of(AccountId(account_in(call.json())))
    return json_answer(check_shape(look_through(account, person, desk=desk(), now=now())))


@app.on("/v1/mentions/outcomes", "POST")
def settle_mentions_api(call: Call) -> Answer:
    """Say what became of several that say much the same; each has an answer of its own."""
    person = guest_of(call, Right.ANSWER).person
    mention_ids, outcome = outcomes_in(call.json())
    settled = settle_many(
        mention_ids,
        cases_named(mention_ids, person),
        outcome,
        person,
        desk=desk(),
        sentence_of=sentence_of,
        now=now(),
    )
    return json_answer({"results": [settling_shape(each) for each in settled]})


@app.on("/v1/mentions/{mention_id}")
def mention_api(call: Call, mention_id: str) -> Answer:
    """One mention, with what was said."""
    person = guest_of(call, Right.LOOK).person
    return json_answer(whole_shape(mention_case_of(mention_id, person)))


@app.on("/v1/mentions/{mention_id}/outcome", "POST")
def settle_mention_api(call: Call, mention_id: str) -> Answer:
    """Say what became of it."""
    person = guest_of(call, Right.ANSWER).person
    outcome = outcome_in(call.json())
    case = mention_case_of(mention_id, person)
    after = settle_mention(
        case.mention, outcome, person, account=case.account, desk=desk(), now=now()
    )
    return json_answer(mention_shape(after))
