"""The pages of takedowns. GET shows; only a POST has anything done about a comment (P6)."""

from collections.abc import Iterable
from dataclasses import replace

from moderate.ask_takedown import ask_takedown
from moderate.decide_appeal import decide_appeal, enter_appeal
from moderate.takedown_by_hand import done_by_hand
from moderate.takedown_case import Case
from moderate.takedown_desk import new_id
from moderate.takedown_forms import TYPED, ask_form
from moderate.takedown_room import (
    FORM,
    account_of,
    accounts_of,
    app,
    case_of,
    guest_of,
    now,
    own_accounts,
    page,
    room,
    team_accounts,
)
from moderate.takedown_sent import ACTS, choice_sent, deeds_sent, heard_sent, wish_sent
from moderate.takedown_shown import BLOCKS, row_of, takedown_view
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may, may_read
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import SUBMISSION, Fields, first
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.posts.errors import InvalidTakedownError
from shared.posts.names import AccountId
from shared.posts.takedown import Takedown
from shared.records.errors import NotFoundError as NothingKeptError

TITLE = "Comments taken down"
EMPTY = "No comment was ever taken down."
ASK = Way("/takedowns/new", "Have a comment taken down")
ALL = Way("/takedowns", "All comments taken down")
NO_FORM = "There is no such form; reload the page and send it again."
PAGE = 20


@app.on("/takedowns")
def takedowns_page(call: Call) -> Answer:
    """Comments that were taken down, newest first: all, or those of one's own accounts."""
    guest = guest_of(call, Right.LOOK)
    name, cursor = call.query.get("account", ""), call.query.get("cursor")
    if name:
        return page("registry", _of_account(AccountId(name), cursor, guest.person), guest)
    if may(guest.person, Right.READ_ALL).allowed:
        found = room().desk.takedowns.listed(cursor, PAGE)
        ways = (*_asking(guest.person), BLOCKS)
        return page("registry", _list(found.entries, ways, found.cursor), guest)
    return page("registry", _of_team(guest.person), guest)


def _of_account(name: AccountId, cursor: str | None, reader: Person) -> RegistryView:
    account = account_of(name)
    if not may_read(reader, account):
        raise NothingKeptError("account", name)
    found = room().desk.takedowns.of_account(name, cursor, PAGE)
    view = _list(found.entries, (*_asking(reader), ALL), found.cursor)
    address = f"/takedowns?account={account.account_id}"
    return replace(view, title=f"{TITLE}: {account.title}", address=address)


def _of_team(reader: Person) -> RegistryView:
    """The newest of each account of theirs, and the way to the others."""
    own = team_accounts(reader)
    found = [
        each
        for account in own
        for each in room().desk.takedowns.of_account(account.account_id, limit=PAGE).entries
    ]
    newest = sorted(found, key=lambda each: each.takedown_id, reverse=True)
    ways = (Way(f"/takedowns?account={each.account_id}", f"All of {each.title}") for each in own)
    return _list(newest[:PAGE], (*_asking(reader), *ways), None)


def _asking(reader: Person) -> tuple[Way, ...]:
    return (ASK,) if may(reader, Right.TAKE_DOWN).allowed else ()


def _list(found: Iterable[Takedown], ways: tuple[Way, ...], cursor: str | None) -> RegistryView:
    shown = tuple(found)
    accounts = accounts_of(each.account for each in shown)
    rows = tuple(row_of(each, accounts) for each in shown)
    return RegistryView(TITLE, "/takedowns", rows, cursor, ways, EMPTY)


@app.on("/takedowns/new")
def ask_takedown_page(call: Call) -> Answer:
    """The form to ask; a link may fill in where the comment stands."""
    guest = guest_of(call, Right.TAKE_DOWN)
    typed = {name: (call.query[name],) for name in TYPED[:3] if call.query.get(name)}
    typed[SUBMISSION] = (new_id(room().desk, now()),)
    own = own_accounts(guest.person, Right.TAKE_DOWN)
    return page("form", ask_form(own, guest.person, typed), guest)


@app.on("/takedowns/new", "POST")
def ask_takedown_sent(call: Call) -> Answer:
    """Have it taken down."""
    guest = guest_of(call, Right.TAKE_DOWN)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        key = first(sent, SUBMISSION) or None
        takedown = ask_takedown(wish_sent(sent), guest.person, desk=room().desk, now=now(), key=key)
    except InvalidTakedownError as error:
        errors = (FieldError(error.field, str(error)),)
        typed = {name: tuple(sent.get(name, ())) for name in TYPED}
        own = own_accounts(guest.person, Right.TAKE_DOWN)
        return page("form", ask_form(own, guest.person, typed, errors=errors), guest, 422)
    return see_other(f"/takedowns/{takedown.takedown_id}")


@app.on("/takedowns/{takedown_id}")
def takedown_page(call: Call, takedown_id: str) -> Answer:
    """One comment that was taken down, with what was kept, and what you may do about it."""
    guest = guest_of(call, Right.LOOK)
    case = case_of(takedown_id, guest.person)
    return page("entry", takedown_view(case, guest.person), guest)


@app.on("/takedowns/{takedown_id}", "POST")
def takedown_sent(call: Call, takedown_id: str) -> Answer:
    """Enter an appeal, decide it, or say what was done by hand."""
    guest = guest_of(call, Right.TAKE_DOWN)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case = case_of(takedown_id, guest.person)
    act = first(sent, "act")
    try:
        _do(act, case, sent, guest)
    except InvalidTakedownError as error:
        errors = (FieldError(error.field, str(error)),)
        view = takedown_view(case, guest.person, act=act, typed=sent, errors=errors)
        return page("entry", view, guest, 422)
    return see_other(f"/takedowns/{takedown_id}")


def _do(act: str, case: Case, sent: Fields, guest: Visitor) -> None:
    about, by, desk = case.takedown, guest.person, room().desk
    if act not in ACTS:
        raise NotFoundError(NO_FORM)
    if act == "decide":
        decide_appeal(about, choice_sent(sent), by, desk=desk, now=now())
    elif act == "appeal":
        enter_appeal(about, heard_sent(sent), by, account=case.account, desk=desk, now=now())
    else:
        done_by_hand(about, deeds_sent(sent), by, account=case.account, desk=desk, now=now())
