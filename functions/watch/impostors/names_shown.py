"""Fills the pages of what is searched for: each account with how far searching is, searches to make
and made by hand, and the names that it keeps."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may
from shared.impostors.hand_searches import HandSearch
from shared.impostors.kept_names import KeptName
from shared.impostors.places import PLACES, Searched, place_of
from shared.impostors.places import by_hand as by_hand_links
from shared.pages.forms import Fields
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
from shared.posts.names import AccountId, PersonId, PlatformName
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
NOBODY = "Nobody has said that they searched there by hand."
I_SEARCHED = (
    "Search with the links above first. Say where you did, also where you found nothing; you are "
    "asked again after three months."
)
SIGNED_IN, SEARCHED = "name", "search"
"""The forms of the page."""


@dataclass(frozen=True)
class Searching:
    """An account with how far searching for its impostors is, what was searched by hand, the names
    it keeps, and what the people are called who searched."""

    account: Account
    searches: Sequence[Search] = ()
    by_hand: Sequence[HandSearch] = ()
    names: Sequence[KeptName] = ()
    people: Mapping[PersonId, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Refused:
    """Which form was sent with which words, and what is wrong with them."""

    act: str
    typed: Fields
    error: FieldError


def accounts_view(
    accounts: Sequence[Account],
    due: Mapping[AccountId, int],
    by_hand: Mapping[AccountId, Sequence[HandSearch]],
    today: date,
    cursor: str | None,
) -> RegistryView:
    """A part of the accounts; `due` counts the names of each that want a sign-in."""
    rows = tuple(
        RegistryRow(
            f"/impostors/accounts/{each.account_id}",
            each.title,
            *_tag(len(each.reserved_names), due.get(each.account_id, 0)),
            hint=_to_search(by_hand.get(each.account_id, ()), today),
        )
        for each in accounts
    )
    return RegistryView(TITLE, ACCOUNTS.address, rows, cursor, (ALL,), EMPTY)


def _to_search(by_hand: Sequence[HandSearch], today: date) -> str:
    due = [place_of(each.platform).title for each in by_hand if each.is_due(today)]
    return f"To be searched by hand: {', '.join(due)}." if due else ""


def account_view(of: Searching, reader: Person, refused: Refused | None = None) -> EntryView:
    """One account, and the forms for whoever searched by hand, or signed in to a name it keeps."""
    searched = {each.platform: each for each in of.searches}
    by_hand = {each.platform: each for each in of.by_hand}
    facts = (
        Fact(
            place_of(p).title,
            (*_said(p, searched.get(p)), *_made(by_hand.get(p), of.people)),
        )
        for p in PLACES
    )
    return EntryView(
        f"Impostors of {of.account.title}",
        _many(len(of.names)),
        "blue" if of.names else "grey",
        (*facts, Fact("Names that it keeps", tuple(map(_name_line, of.names)))),
        forms=tuple(_filled(form, refused) for form in _forms(of, reader)),
        ways=(*(Way(e.address, e.words) for e in by_hand_links(of.account)), ACCOUNTS, ALL),
        notice=BY_HAND,
    )


def _made(search: HandSearch | None, people: Mapping[PersonId, str]) -> Iterator[str]:
    """Who last searched there by hand."""
    if search is None:
        return
    if search.searched_on is None or search.due is None or search.by is None:
        yield NOBODY
        return
    day, again = search.searched_on.isoformat(), search.due.isoformat()
    who = people.get(search.by, search.by)
    yield f"{who} searched there by hand on {day}; again from {again} on."


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


def _forms(of: Searching, reader: Person) -> Iterator[FormView]:
    address = f"/impostors/accounts/{of.account.account_id}"
    if of.by_hand and may(reader, Right.TELL_IMPOSTORS).allowed:
        yield _searched_form(of.by_hand, f"{address}/searches")
    if of.names and may(reader, Right.KEEP_ACCOUNTS).allowed:
        yield _signed_in_form(of.names, address)


def _searched_form(by_hand: Sequence[HandSearch], address: str) -> FormView:
    places = tuple(Option(each.platform, place_of(each.platform).title) for each in by_hand)
    fields = (
        FieldView("platforms", "Where did you search?", "checks", options=places),
        FieldView("searched_on", "On which day?", "day"),
    )
    return FormView("I searched by hand", address, "Keep this", fields, SEARCHED, I_SEARCHED)


def _signed_in_form(names: Sequence[KeptName], address: str) -> FormView:
    options = tuple(
        Option(each.key, f"{place_of(each.name.platform).title}: {each.name.name}")
        for each in names
    )
    fields = (
        FieldView("name", "Which name?", "choice", options=options),
        FieldView("signed_in", "On which day?", "day"),
    )
    return FormView("I signed in to a name", address, "Keep this", fields, SIGNED_IN, SIGN_IN)


def _filled(form: FormView, refused: Refused | None) -> FormView:
    """The form that was refused, as it was sent."""
    if refused is None or form.act != refused.act:
        return form
    fields = tuple(replace(each, values=_typed(each, refused.typed)) for each in form.fields)
    return replace(form, fields=fields, errors=(refused.error,))


def _typed(one: FieldView, typed: Fields) -> tuple[str, ...]:
    return tuple(typed.get(one.name, ()))


def _tag(names: int, due: int) -> tuple[str, str]:
    if due:
        return ("One name wants a sign-in" if due == 1 else f"{due} names want a sign-in"), "yellow"
    return _many(names), "blue" if names else "grey"


def _many(names: int) -> str:
    return {0: "Keeps no names", 1: "Keeps one name"}.get(names, f"Keeps {names} names")
