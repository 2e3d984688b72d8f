"""Fills the pages of what is searched for: each account with how far searching is, searches to make
by hand, and the names that it keeps."""

from collections.abc import Iterator, Mapping, Sequence

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.impostors.kept_names import KeptName
from shared.impostors.places import PLACES, Searched, by_hand, place_of
from shared.pages.parts import FieldError
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FieldView,
    FormView,
    Option,
    RegistryRow,
    RegistryView,
    Way,
)
from shared.posts.localtime import moment_text
from shared.posts.names import AccountId, PlatformName
from shared.records.searches import Search
from watch.impostors.impostor_forms import ALL

TITLE = "What is searched for, and the names that we keep"
EMPTY = "No account of yours is here."
ACCOUNTS = Way("/impostors/accounts", "All accounts")
BY_HAND = (
    "Where no program can search, somebody looks by hand now and then: the links below are filled "
    "in. Tell of what you find; do not write to it, and do not open what it posts."
)
SIGN_IN = (
    "Platforms take away names that nobody uses. Sign in to it there, and say here on which day."
)
NOT_YET = "Not searched yet."


def accounts_view(
    accounts: Sequence[Account], due: Mapping[AccountId, int], cursor: str | None
) -> RegistryView:
    """A part of the accounts; `due` counts the names of each that want a sign-in."""
    rows = tuple(
        RegistryRow(
            f"/impostors/accounts/{each.account_id}",
            each.title,
            *_tag(len(each.reserved_names), due.get(each.account_id, 0)),
        )
        for each in accounts
    )
    return RegistryView(TITLE, ACCOUNTS.address, rows, cursor, (ALL,), EMPTY)


def account_view(
    account: Account,
    searches: Sequence[Search],
    names: Sequence[KeptName],
    reader: Person,
    *,
    typed: dict[str, tuple[str, ...]] | None = None,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One account, and the form for whoever signed in to a name that it keeps."""
    keeps = bool(names) and may(reader, Right.KEEP_ACCOUNTS).allowed
    searched = {each.platform: each for each in searches}
    return EntryView(
        f"Impostors of {account.title}",
        _many(len(names)),
        "blue" if names else "grey",
        (
            *(Fact(place_of(p).title, tuple(_said(p, searched.get(p)))) for p in PLACES),
            Fact("Names that it keeps", tuple(map(_name_line, names))),
        ),
        forms=(_form(account, names, typed or {}, errors),) if keeps else (),
        ways=(*(Way(each.address, each.words) for each in by_hand(account)), ACCOUNTS, ALL),
        notice=BY_HAND,
    )


def _said(platform: PlatformName, search: Search | None) -> Iterator[str]:
    """How far searching is there, and what it cannot find."""
    place = place_of(platform)
    if place.why:
        yield f"{place.title} {place.why}"
    if place.searched is Searched.BY_HAND:
        return
    if search is None:
        yield "The account has no voice there; look by hand."
        return
    if search.fault:
        since = f" since {moment_text(search.since)}" if search.since else ""
        yield f"Not searched{since}: {search.fault}"
    elif search.done_at is None:
        yield NOT_YET
    if search.done_at is not None:
        yield f"Searched on {moment_text(search.done_at)}."
    if search.more:
        yield f"{search.more} more were alike and found no room; look there by hand."


def _name_line(kept: KeptName) -> str:
    where = f"{place_of(kept.name.platform).title}: {kept.name.name}"
    if kept.signed_in is None or kept.due is None:
        return f"{where}. Nobody has said when they last signed in to it."
    return (
        f"{where}. Signed in to on {kept.signed_in.isoformat()}; again by {kept.due.isoformat()}."
    )


def _form(
    account: Account,
    names: Sequence[KeptName],
    typed: dict[str, tuple[str, ...]],
    errors: tuple[FieldError, ...],
) -> FormView:
    options = tuple(
        Option(each.key, f"{place_of(each.name.platform).title}: {each.name.name}")
        for each in names
    )
    fields = (
        FieldView("name", "Which name?", "choice", typed.get("name", ()), options=options),
        FieldView("signed_in", "On which day?", "day", typed.get("signed_in", ())),
    )
    address = f"/impostors/accounts/{account.account_id}"
    return FormView("I signed in to a name", address, "Keep this", fields, "name", SIGN_IN, errors)


def _tag(names: int, due: int) -> tuple[str, str]:
    if due:
        return ("One name wants a sign-in" if due == 1 else f"{due} names want a sign-in"), "yellow"
    return _many(names), "blue" if names else "grey"


def _many(names: int) -> str:
    return {0: "Keeps no names", 1: "Keeps one name"}.get(names, f"Keeps {names} names")
