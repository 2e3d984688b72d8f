"""Accounts are asked for, approved, opened, changed, handed over, suspended and closed.

Each deed is one act. What an entry lacks is told all at once, by the rules that page, API and
import share (`shared.accounts.faults`).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from register.desk import Desk, Registry, on_account
from register.entries import account_from
from register.errors import NoSuchTargetError, StillAboveError
from shared.accounts.acts import ACCOUNT_BECAME, Happened
from shared.accounts.cells import cells_of
from shared.accounts.emails import work_email
from shared.accounts.errors import Fault, IncompleteAccountError
from shared.accounts.faults import account_faults, opening_faults
from shared.accounts.hierarchy import link_faults
from shared.accounts.life import account_becomes
from shared.accounts.registry import (
    Account,
    AccountStatus,
    Person,
    StatusChange,
    TwoStep,
)
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.recordlog.canonical import JSON

ASKED_FOR = "Asked for."
SPEAKING = frozenset({AccountStatus.ACTIVE, AccountStatus.SUSPENDED})
"""What was opened once must stay complete."""


def open_account(cells: Mapping[str, str], *, by: Person, desk: Desk, now: datetime) -> Account:
    """A new entry, asked for and not yet approved; IncompleteAccountError, HeldError."""
    asked = account_from({**cells, "status": AccountStatus.REQUESTED.value, "two_step": ""})
    step = StatusChange(AccountStatus.REQUESTED, now, by.person_id, ASKED_FOR)
    account = replace(asked, email=asked.email.lower(), history=(step,))
    _check(account, desk)
    entry: JSON = dict(cells_of(account))
    act = on_account(Happened.ACCOUNT_REQUESTED, account.account_id, by, now, entry=entry)
    desk.accounts.enter(account, act)
    return account


def change(
    account_id: AccountId, cells: Mapping[str, str], *, by: Person, desk: Desk, now: datetime
) -> Account:
    """Other words in an entry; nothing happens where nothing differs."""
    before = desk.accounts.get(account_id)
    wanted = account_from({**cells_of(before), **cells})
    platforms = {handle.platform for handle in wanted.handles}
    after = replace(
        wanted,
        email=wanted.email.lower(),
        history=before.history,
        closure_proposed=before.closure_proposed,
        kept_open_at=before.kept_open_at,
        two_step=tuple(seen for seen in wanted.two_step if seen.platform in platforms),
    )
    _check(after, desk)
    if after == before:
        return before
    was, now_is = cells_of(before), cells_of(after)
    changed: dict[str, JSON] = {
        name: [was[name], cell] for name, cell in now_is.items() if was[name] != cell
    }
    act = on_account(Happened.ACCOUNT_CHANGED, account_id, by, now, changed=changed)
    desk.accounts.change(before, after, act)
    return after


def move(
    account_id: AccountId, status: AccountStatus, why: str, *, by: Person, desk: Desk, now: datetime
) -> Account:
    """The account one step on in its life; an UnlawfulAccountStepError where there is no way."""
    before = desk.accounts.get(account_id)
    stepped = account_becomes(before, status, at=now, by=by.person_id, why=why)
    after = replace(stepped, closure_proposed=None)  # whatever was proposed, this is the answer
    if status is AccountStatus.CLOSED:
        _check_nothing_below(account_id, desk)
    else:
        _check(after, desk)
    act = on_account(
        ACCOUNT_BECAME[status], account_id, by, now, why=why.strip(), was=before.status.value
    )
    desk.accounts.change(before, after, act)
    return after


def hand_over(
    account_id: AccountId, owner: PersonId, why: str, *, by: Person, desk: Desk, now: datetime
) -> Account:
    """Another owner, who answers for it from now on."""
    if not why.strip():
        raise IncompleteAccountError((Fault("why", "Say why."),))
    before = desk.accounts.get(account_id)
    after = replace(before, owner=owner)
    _check(after, desk)
    act = on_account(
        Happened.HANDED_OVER, account_id, by, now, why=why.strip(), of=before.owner, to=owner
    )
    desk.accounts.change(before, after, act)
    return after


def record_two_step(
    account_id: AccountId,
    platform: PlatformName,
    on: date,
    *,
    by: Person,
    desk: Desk,
    now: datetime,
) -> Account:
    """Two-step verification was seen switched on for a handle."""
    before = desk.accounts.get(account_id)
    if before.handle(platform) is None:
        raise NoSuchTargetError(f"{before.title} has no name on {platform}.")
    if on > now.date():
        raise IncompleteAccountError((Fault("on", "Give the day on which it was seen."),))
    others = [seen for seen in before.two_step if seen.platform != platform]
    two_step = tuple(sorted([*others, TwoStep(platform, on)], key=lambda seen: seen.platform))
    after = replace(before, two_step=two_step)
    act = on_account(
        Happened.TWO_STEP_SEEN, account_id, by, now, platform=platform, on=on.isoformat()
    )
    desk.accounts.change(before, after, act)
    return after


def review(
    account_id: AccountId, again: date, note: str, *, by: Person, desk: Desk, now: datetime
) -> Account:
    """It was looked at, and will be again on this day."""
    if again <= now.date():
        raise IncompleteAccountError((Fault("again", "Give a day that is still to come."),))
    before = desk.accounts.get(account_id)
    after = replace(before, review_date=again)
    act = on_account(
        Happened.ACCOUNT_REVIEWED, account_id, by, now, why=note or None, again=again.isoformat()
    )
    desk.accounts.change(before, after, act)
    return after


def allot(email: str, account_id: AccountId, *, by: Person, desk: Desk, now: datetime) -> str:
    """Keep a mailbox for a team's account, there already or to come; HeldError."""
    address = work_email(email, desk.force.domain)
    if Registry(desk.accounts, desk.people).person_with(address):
        sentence = "This is somebody's own mailbox; give the team one of its own."
        raise IncompleteAccountError((Fault("email", sentence),))
    act = on_account(Happened.MAILBOX_ALLOTTED, account_id, by, now, email=address)
    desk.accounts.allot(address, account_id, act)
    return address


def _check(account: Account, desk: Desk) -> None:
    """IncompleteAccountError with everything that is wrong with an entry."""
    faults = [
        *account_faults(account, desk.force),
        *link_faults(account, Registry(desk.accounts, desk.people)),
        *(opening_faults(account) if account.status in SPEAKING else ()),
    ]
    if faults:
        raise IncompleteAccountError(tuple(faults))


def _check_nothing_below(account_id: AccountId, desk: Desk) -> None:
    below = tuple(
        account.title
        for account in desk.accounts.all()
        if account.parent == account_id and account.status is not AccountStatus.CLOSED
    )
    if below:
        raise StillAboveError(below)
