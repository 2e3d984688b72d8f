"""The API of what is searched for about an account, and of the names that it keeps."""

from typing import Any

from shared.accounts.registry import Account
from shared.accounts.rights import Right
from shared.http.application import Answer, json_answer
from shared.http.call import Call
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.impostors.hand_searches import HandSearch
from shared.impostors.kept_names import KeptName
from shared.impostors.places import PLACES, by_hand
from watch.following.room import app, guest_of, now
from watch.impostors.impostor_room import account_for, desk
from watch.impostors.keep_name import keep_name, names_kept
from watch.impostors.names_pages import searches_of
from watch.impostors.search_by_hand import hand_searches

LONGEST_KEY = 300


@app.on("/v1/impostors/accounts/{account_id}")
def searched_account_api(call: Call, account_id: str) -> Answer:
    """How far searching for an account's impostors is, by whom by hand, and the names it keeps."""
    account = account_for(account_id, guest_of(call, Right.LOOK).person)
    return json_answer(searched_shape(account))


@app.on("/v1/impostors/accounts/{account_id}/names", "POST")
def keep_name_api(call: Call, account_id: str) -> Answer:
    """Say that somebody signed in to a name."""
    guest = guest_of(call, Right.KEEP_ACCOUNTS)
    fields = Fields(call.json())
    key = fields.text("name", longest=LONGEST_KEY)
    signed_in = fields.day("signed_in")
    fields.done()
    account = account_for(account_id, guest.person)
    keep_name(account, key, signed_in, guest.person, names=desk().names, now=now())
    return json_answer(searched_shape(account))


def searched_shape(account: Account) -> dict[str, Any]:
    """What is searched for and kept about one account."""
    searches = {each.platform: each for each in searches_of(account)}
    made = hand_searches([account], desk().hand).get(account.account_id, ())
    return {
        "account": account.account_id,
        "platforms": [
            {
                "platform": platform,
                "searched": place.searched.value,
                "searched_at": stamp(searches[platform].done_at) if platform in searches else None,
                "fault": (searches[platform].fault or None) if platform in searches else None,
                "more": searches[platform].more if platform in searches else 0,
            }
            for platform, place in PLACES.items()
        ],
        "searched_by_hand": [_search_shape(each) for each in made],
        "by_hand": [{"words": each.words, "address": each.address} for each in by_hand(account)],
        "names": [_name_shape(each) for each in names_kept(account, desk().names)],
    }


def _name_shape(kept: KeptName) -> dict[str, Any]:
    return {
        "name": kept.key,
        "platform": kept.name.platform,
        "shown_as": kept.name.name,
        "signed_in": kept.signed_in.isoformat() if kept.signed_in else None,
        "due": kept.due.isoformat() if kept.due else None,
    }


def _search_shape(search: HandSearch) -> dict[str, Any]:
    return {
        "platform": search.platform,
        "searched_on": search.searched_on.isoformat() if search.searched_on else None,
        "by": search.by,
        "due": search.due.isoformat() if search.due else None,
    }
