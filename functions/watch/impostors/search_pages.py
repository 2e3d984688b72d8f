"""The form of searches that were made by hand; it stands on the page of its account."""

from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.impostors.errors import InvalidCaseError
from shared.pages.forms import first
from shared.pages.parts import FieldError
from watch.following.room import FORM, app, guest_of, now
from watch.impostors.impostor_forms import day_sent
from watch.impostors.impostor_room import account_for, desk
from watch.impostors.names_pages import account_page
from watch.impostors.names_shown import SEARCHED, Refused
from watch.impostors.search_by_hand import search_by_hand


@app.on("/impostors/accounts/{account_id}/searches", "POST")
def searches_sent(call: Call, account_id: str) -> Answer:
    """Say where you searched by hand, and on which day."""
    guest = guest_of(call, Right.TELL_IMPOSTORS)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    account, platforms = account_for(account_id, guest.person), set(sent.get("platforms", ()))
    try:
        day = day_sent(sent, "searched_on")
        made_by, at = guest.person, now()
        search_by_hand(account, platforms, day, made_by, searches=desk().hand, now=at)
    except InvalidCaseError as error:
        refused = Refused(SEARCHED, sent, FieldError(error.field, str(error)))
        return account_page(account, guest, refused)
    return see_other(f"/impostors/accounts/{account_id}")
