"""The pages of exceptions. GET shows; a POST says how one came about (P6)."""

from collections.abc import Mapping, Sequence

from moderate.close_exception import Wish, close_exception
from moderate.deletion_room import FORM, app, exception_for, guest_of, now, page, room
from moderate.exception_shapes import CAUSES, GROUNDS, LONGEST_WHO, LONGEST_WHY
from moderate.exception_shown import exception_view, row_of, unlooked_row
from moderate.incident_errors import WrongFieldError
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView, Way
from shared.posts.deletion import Ground
from shared.posts.exception_found import Cause

ADDRESS = "/exceptions"
TITLE, CLOSED_TITLE = "Not as we published it", "Not as we published it: closed"
EMPTY = "Everything that could be looked at stands as we published it."
OPEN_ONES = Way(ADDRESS, "Those that are open")
CLOSED_ONES = Way(f"{ADDRESS}?state=closed", "Those that are closed")
DELETIONS = Way("/deletions", "Deletions")
DRIFTS = Way("/drifts", "What is not from us")
NO_CAUSE = "Choose how it came about."


@app.on(ADDRESS)
def exceptions_page(call: Call) -> Answer:
    """Those that are open, with what could not be looked at; or those that are closed."""
    guest = guest_of(call, Right.READ_ALL)
    is_open, cursor = call.query.get("state") != "closed", call.query.get("cursor")
    found = room().exceptions.all(cursor, is_open=is_open)
    silent = room().rounds.silent() if is_open and not cursor else ()
    named = {each.account for each in found.entries} | {each.account for each in silent}
    accounts = room().desk.snapshots.read(accounts=named).accounts
    rows = (
        *(row_of(each, accounts) for each in found.entries),
        *(unlooked_row(each, accounts) for each in silent),
    )
    ways = (CLOSED_ONES if is_open else OPEN_ONES, DELETIONS, DRIFTS)
    title = TITLE if is_open else CLOSED_TITLE
    address = ADDRESS if is_open else CLOSED_ONES.address
    return page("registry", RegistryView(title, address, rows, found.cursor, ways, EMPTY), guest)


@app.on(f"{ADDRESS}/{{exception_id}}")
def exception_page(call: Call, exception_id: str) -> Answer:
    """One exception, with the words that we published, and the form to close it."""
    guest = guest_of(call, Right.LOOK)
    found, account = exception_for(exception_id, guest.person)
    return page("entry", exception_view(found, account, guest.person), guest)


@app.on(f"{ADDRESS}/{{exception_id}}", "POST")
def exception_sent(call: Call, exception_id: str) -> Answer:
    """Say how it came about."""
    guest = guest_of(call, Right.DECIDE_DELETION)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    found, account = exception_for(exception_id, guest.person)
    try:
        close_exception(
            found,
            _wish(sent),
            guest.person,
            exceptions=room().exceptions,
            publications=room().desk.publications,
            now=now(),
        )
    except WrongFieldError as error:
        errors = (FieldError(error.field, str(error)),)
        view = exception_view(found, account, guest.person, typed=sent, errors=errors)
        return page("entry", view, guest, 422)
    return see_other(f"{ADDRESS}/{exception_id}")


def _wish(sent: Mapping[str, Sequence[str]]) -> Wish:
    cause, ground = first(sent, "cause"), first(sent, "ground")
    if cause not in CAUSES:
        raise WrongFieldError("cause", NO_CAUSE)
    why = _typed(sent, "why", LONGEST_WHY)
    who = _typed(sent, "who", LONGEST_WHO)
    return Wish(Cause(cause), why, who, Ground(ground) if ground in GROUNDS else None)


def _typed(sent: Mapping[str, Sequence[str]], name: str, longest: int) -> str:
    words = lines(first(sent, name))
    if len(words) > longest:
        raise WrongFieldError(name, f"Say it in {longest:,} characters.")
    return words
