"""The registry's pages of accounts. GET shows, POST acts."""

from register import account_acts as acts
from register import account_forms, shown
from register.account_acts import LONGEST_WHY
from register.forms import again, page, sent_by
from register.room import app, now, people_named, room, visitor
from shared.accounts.registry import Account
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import first
from shared.pages.registry_views import FormView, Way
from shared.posts.names import AccountId, PlatformName

PAGE = 25


@app.on("/registry")
def registry_page(call: Call) -> Answer:
    """Every account, by its short name."""
    guest = visitor(call, Right.READ_ALL)
    found = room().accounts.page(PAGE, call.query.get("cursor"))
    return page("registry", shown.accounts_view(found.entries, found.cursor, guest.person), guest)


@app.on("/registry/accounts/new")
def new_account_page(call: Call) -> Answer:
    """The form to ask for an account."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    return page("form", account_forms.entry_form(None), guest)


@app.on("/registry/accounts/new", "POST")
def new_account_sent(call: Call) -> Answer:
    """Ask for an account."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    sent = sent_by(call, guest)
    try:
        account = acts.opened(account_forms.entry_body(sent, None), guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(account_forms.entry_form(None, sent), sent, error, guest)
    return _shown(account.account_id)


@app.on("/registry/accounts/{account_id}")
def account_page(call: Call, account_id: str) -> Answer:
    """One account, and what you can do with it; or one of its forms alone, where a link says which
    and why."""
    if "act" in call.query:
        return _one_form(call, AccountId(account_id))
    guest = visitor(call, Right.READ_ALL)
    account = room().accounts.get(AccountId(account_id))
    custodies = room().desk.custodies.of(account.account_id)
    manager = [account.communications_manager] if account.communications_manager else []
    asked = {who for each in custodies for who in each.known_by}
    known = people_named({*account.team, *manager, *asked})
    see = may(guest.person, Right.SEE_NAMES).allowed
    names = {key: person.name for key, person in known.items()} if see else {}
    keeps = may(guest.person, Right.KEEP_ACCOUNTS).allowed
    view = shown.account_view(
        account,
        names,
        custodies=custodies,
        known=known,
        now=now(),
        forms=tuple(account_forms.act_forms(account).values()) if keeps else (),
        ways=_ways(account, guest),
    )
    return page("entry", view, guest)


@app.on("/registry/accounts/{account_id}", "POST")
def account_sent(call: Call, account_id: str) -> Answer:
    """Do one thing with an account: its status, owner, review or two-step verification."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    sent = sent_by(call, guest)
    name = first(sent, "act")
    account = room().accounts.get(AccountId(account_id))
    form = _form_of(account, name)
    body = {field.name: first(sent, field.name) for field in form.fields}
    try:
        acts.ACTS[name](account.account_id, body, guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(form, sent, error, guest)
    return _shown(account_id)


@app.on("/registry/accounts/{account_id}/change")
def change_account_page(call: Call, account_id: str) -> Answer:
    """The form to change an account's entry."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    account = room().accounts.get(AccountId(account_id))
    return page("form", account_forms.entry_form(account), guest)


@app.on("/registry/accounts/{account_id}/change", "POST")
def change_account_sent(call: Call, account_id: str) -> Answer:
    """Change an account's entry."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    sent = sent_by(call, guest)
    account = room().accounts.get(AccountId(account_id))
    try:
        body = account_forms.entry_body(sent, account)
        acts.changed(account.account_id, body, guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(account_forms.entry_form(account, sent), sent, error, guest)
    return _shown(account_id)


@app.on("/registry/credentials")
def keys_page(call: Call) -> Answer:
    """Whose keys need somebody, and since when the others are kept; never the keys."""
    guest = visitor(call, Right.READ_ALL)
    custodies = room().desk.custodies.all()
    known = people_named({who for each in custodies for who in each.known_by})
    return page("registry", shown.keys_view(custodies, known, now().date()), guest)


@app.on("/registry/accounts/{account_id}/credentials/{platform}")
def set_keys_page(call: Call, account_id: str, platform: str) -> Answer:
    """The form that keys go into and never come out of."""
    guest = visitor(call, Right.KEEP_CREDENTIALS)
    account = _with_voice(account_id, platform)
    return page("form", account_forms.keys_form(account, PlatformName(platform)), guest)


@app.on("/registry/accounts/{account_id}/credentials/{platform}", "POST")
def set_keys_sent(call: Call, account_id: str, platform: str) -> Answer:
    """Keep new keys for an account on a platform."""
    guest = visitor(call, Right.KEEP_CREDENTIALS)
    sent = sent_by(call, guest)
    account = _with_voice(account_id, platform)
    form = account_forms.keys_form(account, PlatformName(platform))
    body: dict[str, str | None] = {f.name: first(sent, f.name) for f in form.fields}
    body["ends_on"] = body["ends_on"] or None  # an empty field names no day
    try:
        acts.keys_set(account.account_id, PlatformName(platform), body, guest.person)
    except Exception as error:  # noqa: BLE001 - what is no fault of the form is raised again
        return again(form, sent, error, guest)
    return _shown(account_id)


def _one_form(call: Call, account_id: AccountId) -> Answer:
    """The reason alone is filled in: whoever sends a link chooses nothing for the web team."""
    guest = visitor(call, Right.KEEP_ACCOUNTS)
    form = _form_of(room().accounts.get(account_id), call.query["act"])
    why = call.query.get("why", "")[:LONGEST_WHY]
    return page("form", account_forms.filled(form, {"why": [why]}), guest)


def _form_of(account: Account, name: str) -> FormView:
    form = account_forms.act_forms(account).get(name)
    if form is None:
        raise NotFoundError("There is no such thing to do with this account; reload the page.")
    return form


def _with_voice(account_id: str, platform: str) -> Account:
    account = room().accounts.get(AccountId(account_id))
    if account.handle(PlatformName(platform)) is None:
        raise NotFoundError("This account has no name on that platform.")
    return account


def _ways(account: Account, guest: Visitor) -> tuple[Way, ...]:
    here = f"/registry/accounts/{account.account_id}"
    ways = [Way("/registry", "All accounts")]
    if may(guest.person, Right.KEEP_ACCOUNTS).allowed:
        ways.append(Way(f"{here}/change", "Change the entry"))
    if account.closure_proposed and may(guest.person, Right.KEEP_OPEN).allowed:
        ways.append(Way(f"{here}/keep-open", "Keep it open"))
    if may(guest.person, Right.KEEP_CREDENTIALS).allowed:
        ways += [
            Way(f"{here}/credentials/{each.platform}", f"Set its keys on {each.platform}")
            for each in account.handles
        ]
    return tuple(ways)


def _shown(account_id: str) -> Answer:
    return see_other(f"/registry/accounts/{account_id}")
