"""The API of accounts and of what they sign in with."""

from typing import Any

from register import account_acts as acts
from register.room import app, now, people_named, require, room, visitor
from register.shapes import custody_shape, entry_shape, listed_shape
from shared.accounts.registry import Account
from shared.accounts.rights import Right, may, may_post
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.posts.names import AccountId, PlatformName
from shared.records.errors import NotFoundError

PAGE = 50


@app.on("/v1/accounts")
def accounts_api(call: Call) -> Answer:
    """The accounts you may see: those you may post for, or all for whoever reads all."""
    person = visitor(call, Right.LOOK).person
    if may(person, Right.READ_ALL).allowed:
        page = room().accounts.page(PAGE, call.query.get("cursor"))
        return _listed(page.entries, page.cursor)
    return _listed(tuple(a for a in room().accounts.all() if may_post(person, a).allowed), None)


@app.on("/v1/accounts", "POST")
def open_api(call: Call) -> Answer:
    """Ask for an account; it may not speak before it is approved and made active."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    account = acts.opened(call.json(), guest.person)
    return json_answer(entry_shape(account), 201, Location=f"/v1/accounts/{account.account_id}")


@app.on("/v1/accounts/{account_id}")
def account_api(call: Call, account_id: str) -> Answer:
    """One account."""
    person = visitor(call, Right.LOOK).person
    account = room().accounts.get(AccountId(account_id))
    if not may(person, Right.READ_ALL).allowed and person.person_id not in account.team:
        raise NotFoundError("account", account_id)
    return json_answer(entry_shape(account))


@app.on("/v1/accounts/{account_id}", "PATCH")
def change_api(call: Call, account_id: str) -> Answer:
    """Change an account's entry; what is not named stays."""
    return _done(call, account_id, acts.changed)


@app.on("/v1/accounts/{account_id}/status", "POST")
def status_api(call: Call, account_id: str) -> Answer:
    """Approve, activate, suspend, reinstate or close an account, and say why."""
    return _done(call, account_id, acts.moved)


@app.on("/v1/accounts/{account_id}/handover", "POST")
def handover_api(call: Call, account_id: str) -> Answer:
    """Give an account another owner."""
    return _done(call, account_id, acts.handed_over)


@app.on("/v1/accounts/{account_id}/two-step", "POST")
def two_step_api(call: Call, account_id: str) -> Answer:
    """Record that two-step verification was seen switched on."""
    return _done(call, account_id, acts.two_step_seen)


@app.on("/v1/accounts/{account_id}/review", "POST")
def review_api(call: Call, account_id: str) -> Answer:
    """Record that an account was looked at, and when it will be again."""
    return _done(call, account_id, acts.reviewed)


@app.on("/v1/accounts/{account_id}/keep-open", "POST")
def keep_open_api(call: Call, account_id: str) -> Answer:
    """Keep open an account of which closing was proposed, and say why."""
    return _done(call, account_id, acts.kept_open, Right.KEEP_OPEN)


@app.on("/v1/mailboxes", "POST")
def mailbox_api(call: Call) -> Answer:
    """Keep a mailbox for a team's account, there already or to come."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    return json_answer(acts.allotted(call.json(), guest.person), 201)


@app.on("/v1/accounts/{account_id}/credentials")
def custody_api(call: Call, account_id: str) -> Answer:
    """Who set the keys of an account, when, and until when they are good; never the keys."""
    require(visitor(call, Right.LOOK).person, Right.READ_ALL)
    account = room().accounts.get(AccountId(account_id))
    found = room().desk.custodies.of(account.account_id)
    known = people_named(who for custody in found for who in custody.known_by)
    return json_answer({"credentials": [custody_shape(each, known, now()) for each in found]})


@app.on("/v1/accounts/{account_id}/credentials/{platform}", "POST")
def keys_api(call: Call, account_id: str, platform: str) -> Answer:
    """Set what an account signs in with on a platform; it cannot be read back."""
    person = visitor(call, Right.KEEP_CREDENTIALS).person
    custody = acts.keys_set(AccountId(account_id), PlatformName(platform), call.json(), person)
    return json_answer(custody_shape(custody, {person.person_id: person}, now()), 201)


def _done(call: Call, account_id: str, act: acts.Act, right: Right = Right.KEEP_ACCOUNTS) -> Answer:
    guest = visitor(call, right)
    return json_answer(entry_shape(act(AccountId(account_id), call.json(), guest.person)))


def _listed(accounts: tuple[Account, ...], cursor: str | None) -> Answer:
    shapes: list[dict[str, Any]] = [listed_shape(account) for account in accounts]
    return json_answer({"accounts": shapes, "next": cursor})
