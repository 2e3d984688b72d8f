"""What one account holds and no other may: its names on platforms and its mailbox.

Each is a row of its own under a folded key, written in the transaction that changes the account,
so that two accounts never hold the same, whoever writes at the same moment. A closed account
holds nothing. What is given back keeps its row, empty: nobody needs leave to remove rows.
"""

from shared.accounts.emails import email_key
from shared.accounts.handles import handle_keys
from shared.accounts.registry import Account, AccountStatus
from shared.posts.names import AccountId
from shared.records.errors import ChangedError, HeldError
from shared.records.tables import Tables
from shared.records.transaction import Raw, Write

MAILBOX = "mailbox"
"""Stands where a handle's key has its platform; no platform is called so."""


def mailbox_key(email: str) -> str:
    """The key of a mailbox."""
    return f"{MAILBOX}#{email_key(email)}"


def held_by(account: Account) -> dict[str, None]:
    """The keys of all that an account holds, each once, in their order."""
    if account.status is AccountStatus.CLOSED:
        return {}
    mailbox = [mailbox_key(account.email)] if account.email else []
    return dict.fromkeys([*mailbox, *handle_keys(account)])


def taking(tables: Tables, key: str, account_id: AccountId) -> Write:
    """The write that takes a key for an account; HeldError if another holds it."""
    holder = tables.handles.account_id
    free = holder.does_not_exist() | (holder == account_id)

    def refusal(found: Raw | None) -> Exception:
        return HeldError(key, AccountId((found or {}).get("account_id", {}).get("S", "")))

    return Write(tables.handles(key=key, account_id=account_id), free, refusal)


def giving_back(tables: Tables, key: str, account_id: AccountId) -> Write:
    """The write that gives a key back; nothing happens to what another holds."""
    holder = tables.handles.account_id
    mine = holder.does_not_exist() | (holder == account_id)
    other = ChangedError("handle", key, "is held by another account")
    return Write(tables.handles(key=key, account_id=None), mine, lambda _: other)


def moving(tables: Tables, before: Account, after: Account) -> list[Write]:
    """What changes hands when an account changes."""
    had, has = held_by(before), held_by(after)
    return [
        *(taking(tables, key, after.account_id) for key in has if key not in had),
        *(giving_back(tables, key, before.account_id) for key in had if key not in has),
    ]
