"""The field that asks for an account, wherever a form needs one."""

from collections.abc import Sequence

from shared.accounts.registry import Account
from shared.pages.registry_views import FieldView, Option

MOST_CHOICES = 12
"""More accounts than this are not chosen from, but named."""


def account_field(accounts: Sequence[Account]) -> FieldView:
    """A choice where there are few; where there are many, a line to type the short name into."""
    if len(accounts) > MOST_CHOICES:
        return FieldView("account", "Account", hint="Its short name, such as leek-npt.")
    voices = tuple(Option(each.account_id, each.title) for each in accounts)
    return FieldView("account", "Account", "choice", options=voices)
