"""An account that is silent is kept open all the same, by somebody who says why (B29).

Closing it was proposed, because every reminder was followed by more silence; whoever closes it does
so as any account is closed. From being kept open its silence is counted anew.
"""

from dataclasses import replace
from datetime import datetime

from register.desk import Desk, on_account
from register.errors import NotProposedError
from shared.accounts.acts import Happened
from shared.accounts.errors import Fault, IncompleteAccountError
from shared.accounts.registry import Account, AccountStatus, Person
from shared.posts.names import AccountId


def keep_open(account_id: AccountId, why: str, *, by: Person, desk: Desk, now: datetime) -> Account:
    """The account, which nobody proposes to close any more; NotProposedError if nobody did."""
    if not why.strip():
        raise IncompleteAccountError((Fault("why", "Say why."),))
    before = desk.accounts.get(account_id)
    proposed = before.closure_proposed
    if proposed is None or before.status is AccountStatus.CLOSED:
        raise NotProposedError
    after = replace(before, closure_proposed=None, kept_open_at=now)
    act = on_account(
        Happened.KEPT_OPEN,
        account_id,
        by,
        now,
        why=why.strip(),
        silent_since=proposed.silent_since.isoformat(),
    )
    desk.accounts.change(before, after, act)
    return after


def to_be_closed(desk: Desk) -> tuple[Account, ...]:
    """The accounts of which closing is proposed, the longest silent first."""
    found = [
        (account.closure_proposed.silent_since, account)
        for account in desk.accounts.all()
        if account.closure_proposed and account.status is not AccountStatus.CLOSED
    ]
    return tuple(account for _, account in sorted(found, key=lambda each: each[0]))
