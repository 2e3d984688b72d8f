"""Fills the list of accounts that are silent for so long that they may be closed."""

from collections.abc import Iterable

from shared.accounts.registry import Account
from shared.accounts.rhythm import rhythm_words
from shared.pages.registry_views import RegistryRow, RegistryView, Way
from shared.posts.localtime import day_text

SILENT = "/registry/silent"
NONE = "No account is silent for so long that it should be closed."
PROPOSED = (
    "It is silent since {since}, whoever was reminded. Close it, or keep it open and say why."
)


def silent_view(accounts: Iterable[Account]) -> RegistryView:
    """All of them on one page: there are few, or the force has another problem."""
    rows = tuple(
        RegistryRow(
            f"/registry/accounts/{account.account_id}",
            account.title,
            "Closing proposed",
            "yellow",
            f"silent since {day_text(account.closure_proposed.silent_since)}, expected to post "
            f"{rhythm_words(account)}",
        )
        for account in accounts
        if account.closure_proposed
    )
    return RegistryView(
        "Silent accounts", SILENT, rows, None, (Way("/registry", "Accounts"),), NONE
    )


def proposal(account: Account) -> str:
    """What an account's page says while closing it is proposed; else nothing."""
    proposed = account.closure_proposed
    return PROPOSED.format(since=day_text(proposed.silent_since)) if proposed else ""
