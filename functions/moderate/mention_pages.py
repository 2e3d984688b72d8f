"""The pages of mentions. GET shows; only a POST says what became of one, or that one looked."""

from collections.abc import Sequence
from dataclasses import replace

from moderate.look_through import look_through
from moderate.mention_forms import ACTS, check_form, outcome_sent
from moderate.mention_room import cases_of, desk, mention_case_of, unheard
from moderate.mention_shown import mention_view, worklist
from moderate.settle_mention import settle_mention
from moderate.takedown_room import (
    FORM,
    account_of,
    app,
    guest_of,
    now,
    own_accounts,
    page,
    room,
    team_accounts,
)
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_read
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.mentions.errors import InvalidMentionError
from shared.mentions.mention import Mention
from shared.mentions.replies import FORM as REPLY
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.posts.names import AccountId
from shared.records.errors import NotFoundError as NothingKeptError

PAGE = 25
NO_FORM = "There is no such form; reload the page and send it again."
NO_ACCOUNT = "Choose the account that you looked through."


@app.on("/mentions")
def mentions_page(call: Call) -> Answer:
    """What waits, calls for help first, then oldest: of one's own accounts, or of all; or all that
    was said to one account, newest first."""
    guest = guest_of(call, Right.LOOK)
    name, cursor = call.query.get("account", ""), call.query.get("cursor")
    if name:
        return page("registry", _of_account(AccountId(name), cursor, guest.person), guest)
    if may(guest.person, Right.READ_ALL).allowed:
        found = desk().mentions.waiting(None, cursor, PAGE)
        accounts = room().accounts.all()
        view = _list(found.entries, accounts, guest.person, found.cursor, unheard_too=not cursor)
        return page("registry", view, guest)
    return page("registry", _of_team(guest.person), guest)


def _of_account(name: AccountId, cursor: str | None, reader: Person) -> RegistryView:
    account = account_of(name)
    if not may_read(reader, account):
        raise NothingKeptError("account", name)
    found = desk().mentions.of_account(name, cursor, PAGE)
    view = _list(found.entries, (account,), reader, found.cursor, unheard_too=not cursor)
    empty = "Nothing was ever said to it that we read."
    return replace(
        view, title=f"Said to {account.title}", address=f"/mentions?account={name}", empty=empty
    )


def _of_team(reader: Person) -> RegistryView:
    """What waits longest of each account of theirs, and the way to all that was said to each."""
    own = team_accounts(reader)
    found = [
        each
        for account in own
        for each in desk().mentions.waiting(account.account_id, limit=PAGE).entries
    ]
    found.sort(key=lambda each: (not each.calls, each.said_at))
    view = _list(tuple(found[:PAGE]), own, reader, None, unheard_too=True)
    ways = (
        Way(f"/mentions?account={each.account_id}", f"All said to {each.title}") for each in own
    )
    return replace(view, ways=(*view.ways, *ways))


def _list(
    found: Sequence[Mention],
    accounts: Sequence[Account],
    reader: Person,
    cursor: str | None,
    *,
    unheard_too: bool,
) -> RegistryView:
    return worklist(
        cases_of(found, accounts),
        unheard(accounts) if unheard_too else (),
        {each.account_id: each for each in accounts},
        now(),
        cursor=cursor,
        may_check=may(reader, Right.ANSWER).allowed,
    )


@app.on("/mentions/check")
def check_page(call: Call) -> Answer:
    """The form to say that one looked through an account today."""
    guest = guest_of(call, Right.ANSWER)
    return page("form", check_form(_checkable(guest.person)), guest)


@app.on("/mentions/check", "POST")
def check_sent(call: Call) -> Answer:
    """It is on record, once for each day."""
    guest = guest_of(call, Right.ANSWER)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    name = AccountId(first(sent, "account").strip())
    if not name:
        errors = (FieldError("account", NO_ACCOUNT),)
        return page("form", check_form(_checkable(guest.person), errors), guest, 422)
    look_through(account_of(name), guest.person, desk=desk(), now=now())
    return see_other("/mentions")


@app.on("/mentions/{mention_id}")
def mention_page(call: Call, mention_id: str) -> Answer:
    """One mention, with what was said, and what you may say became of it."""
    guest = guest_of(call, Right.LOOK)
    case, token = mention_case_of(mention_id, guest.person), guest.form_token(REPLY)
    return page("entry", mention_view(case, guest.person, now(), token=token), guest)


@app.on("/mentions/{mention_id}", "POST")
def mention_sent(call: Call, mention_id: str) -> Answer:
    """Say what became of it."""
    guest = guest_of(call, Right.ANSWER)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case = mention_case_of(mention_id, guest.person)
    act = first(sent, "act")
    if act not in ACTS:
        raise NotFoundError(NO_FORM)
    try:
        outcome = outcome_sent(act, sent)
        settle_mention(
            case.mention, outcome, guest.person, account=case.account, desk=desk(), now=now()
        )
    except InvalidMentionError as error:
        errors = (FieldError(error.field, str(error)),)
        token = guest.form_token(REPLY)
        view = mention_view(
            case, guest.person, now(), act=act, typed=sent, errors=errors, token=token
        )
        return page("entry", view, guest, 422)
    return see_other(f"/mentions/{mention_id}")


def _checkable(person: Person) -> tuple[Account, ...]:
    """One's own accounts; of the centre, who may for any, those too."""
    return team_accounts(person) or own_accounts(person, Right.ANSWER)
