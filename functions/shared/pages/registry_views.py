"""The shapes the registry's pages are filled with: lists, one entry, one form, the public's list.

Forms are told field by field, so that one template shows any of them: `kind` is line, lines,
choice, pick, checks, day, secret, file or hidden; `values` holds what stands in it, mostly one
text.
"""

from dataclasses import dataclass, field

from shared.pages.parts import FieldError, HistoryLine
from shared.posts.names import PlatformName


@dataclass(frozen=True)
class Option:
    """One of several to choose."""

    value: str
    label: str


@dataclass(frozen=True)
class FieldView:
    """One field of a form. A secret's value is never filled in; `accept` are types of a file."""

    name: str
    label: str
    kind: str = "line"
    values: tuple[str, ...] = ()
    hint: str = ""
    options: tuple[Option, ...] = ()
    accept: str = "image/jpeg,image/png,image/webp,image/gif"


@dataclass(frozen=True)
class Way:
    """A link: where it leads, and what it says."""

    address: str
    words: str


@dataclass(frozen=True)
class FormView:
    """One form; `act` tells several forms of one address apart; one that goes `outside`, to a
    server that is not ours, takes no token of ours along. `token` is that of another room's form;
    the page's own is taken where there is none."""

    title: str
    address: str
    button: str
    fields: tuple[FieldView, ...]
    act: str = ""
    sentence: str = ""
    errors: tuple[FieldError, ...] = ()
    back: Way | None = None
    outside: bool = False
    token: str = field(default="", repr=False)


@dataclass(frozen=True)
class Fact:
    """One line of an entry: what it is, and what stands there, line by line."""

    name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class EntryView:
    """One account or person: facts, what happened, and what may be done."""

    title: str
    tag: str
    colour: str
    facts: tuple[Fact, ...]
    history: tuple[HistoryLine, ...] = ()
    forms: tuple[FormView, ...] = ()
    ways: tuple[Way, ...] = ()
    notice: str = ""
    taps: tuple[FormView, ...] = ()
    """What can be done with one tap: forms that stand open, above all others."""


@dataclass(frozen=True)
class RegistryRow:
    """One line of a list of the registry."""

    address: str
    title: str
    tag: str
    colour: str
    hint: str = ""


@dataclass(frozen=True)
class RegistryView:
    """A list of the registry; `address` is where its next part is asked for; `totals` are what its
    lines come to, with all that other parts of the list show."""

    title: str
    address: str
    rows: tuple[RegistryRow, ...]
    next_cursor: str | None = None
    ways: tuple[Way, ...] = ()
    empty: str = "There is nothing here yet."
    totals: tuple[Fact, ...] = ()


@dataclass(frozen=True)
class GenuineName:
    """An account's name on one platform."""

    platform: PlatformName
    name: str


@dataclass(frozen=True)
class GenuineRow:
    """One genuine account, as the public may know it."""

    title: str
    area: str
    purpose: str
    force_page: str
    names: tuple[GenuineName, ...]


@dataclass(frozen=True)
class GenuineView:
    """The force's genuine accounts; `verdict` is genuine, alike or unknown where a name was
    `asked` about.
    """

    rows: tuple[GenuineRow, ...]
    next_cursor: str | None = None
    asked: str = ""
    verdict: str = ""
