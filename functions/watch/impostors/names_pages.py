"""The pages of what is searched for and of the names that are kept. GET shows, POST acts (P6)."""

from shared.accounts.registry import Account
from shared.accounts.rights import Right, may_read
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.impostors.errors import InvalidCaseError, NoSuchNameError
from shared.impostors.places import Searched, place_of
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.posts.localtime import local
from shared.records.searches import Search
from watch.following.room import FORM, app, guest_of, names_of, now, page
from watch.impostors.impostor_forms import day_sent
from watch.impostors.impostor_room import account_for, desk
from watch.impostors.keep_name import keep_name, names_due_of, names_kept
from watch.impostors.names_shown import (
    SIGNED_IN,
    Refused,
    Searching,
    account_view,
    accounts_view,
)
from watch.impostors.search_by_hand import hand_searches

PAGE = 20
CHOOSE = "Choose the name that you signed in to."


@app.on("/impostors/accounts")
def searched_accounts_page(call: Call) -> Answer:
    """The accounts that somebody may read, a part at a time."""
    guest = guest_of(call, Right.LOOK)
    found = desk().accounts.page(PAGE, call.query.get("cursor"))
    mine = [account for account in found.entries if may_read(guest.person, account)]
    due = names_due_of(mine, desk().names, now())
    made, today = hand_searches(mine, desk().hand), local(now()).date()
    return page("registry", accounts_view(mine, due, made, today, found.cursor), guest)


@app.on("/impostors/accounts/{account_id}")
def searched_account_page(call: Call, account_id: str) -> Answer:
    """One account: how far searching is, searches to make by hand, the names that it keeps."""
    guest = guest_of(call, Right.LOOK)
    return account_page(account_for(account_id, guest.person), guest)


@app.on("/impostors/accounts/{account_id}", "POST")
def kept_name_sent(call: Call, account_id: str) -> Answer:
    """Say that somebody signed in to a name."""
    guest = guest_of(call, Right.KEEP_ACCOUNTS)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    account = account_for(account_id, guest.person)
    try:
        day = day_sent(sent, "signed_in")
        key = first(sent, "name")
        keep_name(account, key, day, guest.person, names=desk().names, now=now())
    except InvalidCaseError as error:
        wrong = FieldError(error.field, str(error))
    except NoSuchNameError:
        wrong = FieldError("name", CHOOSE)
    else:
        return see_other(f"/impostors/accounts/{account_id}")
    return account_page(account, guest, Refused(SIGNED_IN, sent, wrong))


def searches_of(account: Account) -> tuple[Search, ...]:
    """How far searching for an account's impostors is, platform by platform of its own."""
    here = [
        (account.account_id, handle.platform)
        for handle in account.handles
        if place_of(handle.platform).searched is not Searched.BY_HAND
    ]
    return tuple(desk().searches.several(here).values())


def account_page(account: Account, guest: Visitor, refused: Refused | None = None) -> Answer:
    """The page of one account; with a form as it was sent, where it was refused."""
    made = hand_searches([account], desk().hand).get(account.account_id, ())
    people = names_of(each.by for each in made if each.by)
    names = names_kept(account, desk().names)
    searching = Searching(account, searches_of(account), made, names, people)
    view = account_view(searching, guest.person, refused)
    return page("entry", view, guest, 422 if refused else 200)
