"""The acts on an account, each read from the same fields whether a page or a program sent them."""

from collections.abc import Callable, Mapping
from typing import Any

from register import keep_account
from register.desk import Desk
from register.entries import CHANGING, OPENING, cells_in
from register.keep_keys import LONGEST_IDENTIFIER, Keys, set_keys
from register.keep_open import keep_open
from register.room import now, reading_vault, room, vault
from shared.accounts.custody import LONGEST_PASSWORD, Custody, Use
from shared.accounts.life import ACCOUNT_MAY_BECOME
from shared.accounts.registry import Account, AccountStatus, Person
from shared.http.fields import LONGEST_NAME, Fields
from shared.posts.names import AccountId, PersonId, PlatformName

Body = Mapping[str, Any]
Act = Callable[[AccountId, Body, Person], Account]

LONGEST_WHY = 500
STATUSES = tuple(
    status.value
    for status in AccountStatus
    if any(status in s for s in ACCOUNT_MAY_BECOME.values())
)


def _desk() -> Desk:
    return room().desk


def opened(body: Body, by: Person) -> Account:
    """`POST /v1/accounts`."""
    return keep_account.open_account(cells_in(body, OPENING), by=by, desk=_desk(), now=now())


def changed(account_id: AccountId, body: Body, by: Person) -> Account:
    """`PATCH /v1/accounts/{account_id}`."""
    return keep_account.change(account_id, cells_in(body, CHANGING), by=by, desk=_desk(), now=now())


def moved(account_id: AccountId, body: Body, by: Person) -> Account:
    """`POST …/status`."""
    fields = Fields(body)
    status = fields.one_of("status", STATUSES)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return keep_account.move(account_id, AccountStatus(status), why, by=by, desk=_desk(), now=now())


def handed_over(account_id: AccountId, body: Body, by: Person) -> Account:
    """`POST …/handover`."""
    fields = Fields(body)
    owner = PersonId(fields.text("owner", longest=LONGEST_NAME))
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return keep_account.hand_over(account_id, owner, why, by=by, desk=_desk(), now=now())


USES = tuple(use.value for use in Use)
VAULTS = {Use.PUBLISH: vault, Use.READ: reading_vault}
"""Where keys go in: what publishes lies apart from what only reads."""


def two_step_seen(account_id: AccountId, body: Body, by: Person) -> Account:
    """`POST …/two-step`."""
    fields = Fields(body)
    platform = PlatformName(fields.text("platform", longest=LONGEST_NAME))
    on = fields.day("on")
    fields.done()
    return keep_account.record_two_step(account_id, platform, on, by=by, desk=_desk(), now=now())


def reviewed(account_id: AccountId, body: Body, by: Person) -> Account:
    """`POST …/review`."""
    fields = Fields(body)
    again = fields.day("again")
    note = fields.maybe_text("note", longest=LONGEST_WHY) or ""
    fields.done()
    return keep_account.review(account_id, again, note, by=by, desk=_desk(), now=now())


def kept_open(account_id: AccountId, body: Body, by: Person) -> Account:
    """`POST …/keep-open`."""
    fields = Fields(body)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return keep_open(account_id, why, by=by, desk=_desk(), now=now())


def allotted(body: Body, by: Person) -> dict[str, str]:
    """`POST /v1/mailboxes`."""
    fields = Fields(body)
    account_id = AccountId(fields.text("account_id", longest=LONGEST_NAME))
    email = fields.text("email", longest=300)
    fields.done()
    kept = keep_account.allot(email, account_id, by=by, desk=_desk(), now=now())
    return {"email": kept, "account_id": account_id}


def keys_set(account_id: AccountId, platform: PlatformName, body: Body, by: Person) -> Custody:
    """`POST …/credentials/{platform}`."""
    fields = Fields(body, {"password": "“password” must be a text of 12 to 4,000 characters."})
    keys = Keys(
        fields.text("identifier", longest=LONGEST_IDENTIFIER),
        fields.text("password", longest=LONGEST_PASSWORD),
        fields.text("client_id", default="", longest=LONGEST_IDENTIFIER).strip(),
        fields.text("client_secret", default="", longest=LONGEST_PASSWORD).strip(),
        fields.text("token_url", default="", longest=LONGEST_IDENTIFIER).strip(),
    )
    ends_on = fields.maybe_day("ends_on")
    use = Use(fields.one_of("use", USES, default=Use.PUBLISH.value))
    fields.done()
    return set_keys(
        account_id,
        platform,
        keys,
        by=by,
        desk=_desk(),
        vault=VAULTS[use],
        now=now(),
        ends_on=ends_on,
        use=use,
    )


ACTS: dict[str, Act] = {
    "status": moved,
    "handover": handed_over,
    "two-step": two_step_seen,
    "review": reviewed,
}
"""What the page of an account may send, by the name its form carries."""
