"""The pages of blocks. GET shows; only a POST blocks anybody, or lets them in (P6)."""

from moderate.block_shown import ALL, BlockCase, ask_form, block_view, row_of
from moderate.keep_block import ask_block, done_by_hand, lift, renew
from moderate.takedown_desk import new_id
from moderate.takedown_room import (
    FORM,
    account_of,
    accounts_of,
    app,
    guest_of,
    names_of,
    now,
    own_accounts,
    page,
    room,
)
from moderate.takedown_sent import BLOCK_ACTS, block_sent, day_sent, typed
from moderate.takedown_shapes import LONGEST_WHY
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.pages.forms import SUBMISSION, Fields, first
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.posts.block import Block
from shared.posts.errors import InvalidTakedownError
from shared.posts.localtime import local

TITLE = "Blocks"
EMPTY = "Nobody was ever blocked."
ASK = Way("/blocks/new", "Block somebody")
WHOM = ("account", "platform", "author_id", "handle")
TAKEDOWNS = Way("/takedowns", "Comments taken down")
NO_FORM = "There is no such form; reload the page and send it again."


@app.on("/blocks")
def blocks_page(call: Call) -> Answer:
    """Who may not speak to an account, newest first, and when somebody looks at it again."""
    guest = guest_of(call, Right.READ_ALL)
    found = room().desk.blocks.listed(call.query.get("cursor"))
    accounts = accounts_of(each.account for each in found.entries)
    rows = tuple(row_of(each, accounts, local(now()).date()) for each in found.entries)
    asks = (ASK,) if may(guest.person, Right.BLOCK).allowed else ()
    view = RegistryView(TITLE, ALL.address, rows, found.cursor, (*asks, TAKEDOWNS), EMPTY)
    return page("registry", view, guest)


@app.on("/blocks/new")
def ask_block_page(call: Call) -> Answer:
    """The form to block somebody; a link may fill in whom."""
    guest = guest_of(call, Right.BLOCK)
    asked = {name: (call.query[name],) for name in WHOM if call.query.get(name)}
    typed = {**asked, SUBMISSION: (new_id(room().desk, now()),)}
    return page("form", ask_form(own_accounts(guest.person, Right.BLOCK), typed), guest)


@app.on("/blocks/new", "POST")
def ask_block_sent(call: Call) -> Answer:
    """Block them."""
    guest = guest_of(call, Right.BLOCK)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        key = first(sent, SUBMISSION) or None
        block = ask_block(block_sent(sent), guest.person, desk=room().desk, now=now(), key=key)
    except InvalidTakedownError as error:
        errors = (FieldError(error.field, str(error)),)
        form = ask_form(own_accounts(guest.person, Right.BLOCK), sent, errors=errors)
        return page("form", form, guest, 422)
    return see_other(f"/blocks/{block.block_id}")


@app.on("/blocks/{block_id}")
def block_page(call: Call, block_id: str) -> Answer:
    """One block, and what you may do about it."""
    guest = guest_of(call, Right.READ_ALL)
    return page("entry", block_view(_case_of(block_id), guest.person), guest)


@app.on("/blocks/{block_id}", "POST")
def block_act_sent(call: Call, block_id: str) -> Answer:
    """Let them in again, keep the block, or say what was done by hand."""
    guest = guest_of(call, Right.BLOCK)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case, act = _case_of(block_id), first(sent, "act")
    try:
        _do(act, case.block, sent, guest.person)
    except InvalidTakedownError as error:
        errors = (FieldError(error.field, str(error)),)
        view = block_view(case, guest.person, act=act, typed=sent, errors=errors)
        return page("entry", view, guest, 422)
    return see_other(f"/blocks/{block_id}")


def _case_of(block_id: str) -> BlockCase:
    block = room().desk.blocks.get(block_id)
    return BlockCase(block, account_of(block.account), names_of(block.by, block.lifted_by))


def _do(act: str, block: Block, sent: Fields, by: Person) -> None:
    if act not in BLOCK_ACTS:
        raise NotFoundError(NO_FORM)
    why = typed(sent, "why", LONGEST_WHY)
    if act == "lift":
        lift(block, why, by, desk=room().desk, now=now())
    elif act == "renew":
        renew(block, day_sent(sent), why, by, desk=room().desk, now=now())
    else:
        done_by_hand(block, why, by, desk=room().desk, now=now())
