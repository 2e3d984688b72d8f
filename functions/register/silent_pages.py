"""The pages of silent accounts: which may be closed, and the form to keep one open."""

from register import account_acts as acts
from register import account_forms, shown_silent
from register.forms import again, page, sent_by
from register.keep_open import to_be_closed
from register.room import app, room, visitor
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.pages.forms import first
from shared.posts.names import AccountId


@app.on("/registry/silent")
def silent_page(call: Call) -> Answer:
    """Every account of which closing is proposed, the longest silent first."""
    guest = visitor(call, Right.READ_ALL)
    return page("registry", shown_silent.silent_view(to_be_closed(room().desk)), guest)


@app.on("/registry/accounts/{account_id}/keep-open")
def keep_open_page(call: Call, account_id: str) -> Answer:
    """The form to keep a silent account open."""
    guest = visitor(call, Right.KEEP_OPEN)
    account = room().accounts.get(AccountId(account_id))
    return page("form", account_forms.keep_open_form(account), guest)


@app.on("/registry/accounts/{account_id}/keep-open", "POST")
def keep_open_sent(call: Call, account_id: str) -> Answer:
    """Keep a silent account open, and say why."""
    guest = visitor(call, Right.KEEP_OPEN)
    sent = sent_by(call, guest)
    account = room().accounts.get(AccountId(account_id))
    try:
        acts.kept_open(account.account_id, {"why": first(sent, "why")}, guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(account_forms.keep_open_form(account), sent, error, guest)
    return see_other(f"/registry/accounts/{account.account_id}")
