"""The API of searches that were made by hand."""

from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from watch.following.room import app, guest_of, now
from watch.impostors.impostor_room import account_for, desk
from watch.impostors.names_api import searched_shape
from watch.impostors.search_by_hand import search_by_hand


@app.on("/v1/impostors/accounts/{account_id}/searches", "POST")
def search_by_hand_api(call: Call, account_id: str) -> Answer:
    """Say where you searched by hand, and on which day."""
    guest = guest_of(call, Right.TELL_IMPOSTORS)
    fields = Fields(call.json())
    platforms, searched_on = fields.words("platforms"), fields.day("searched_on")
    fields.done()
    account, at = account_for(account_id, guest.person), now()
    search_by_hand(account, platforms, searched_on, guest.person, searches=desk().hand, now=at)
    return json_answer(searched_shape(account))
