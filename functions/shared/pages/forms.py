"""What comes back from the forms, field by field, as the templates name them.

Nothing is judged here but shape: a field that is missing is empty, one that comes twice counts
once. Line ends become one character, because browsers send two and people type one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from shared.pages.parts import Typed

Fields = Mapping[str, Sequence[str]]

CSRF = "csrf"
SUBMISSION = "submission"
SEND = "send"
CHECK = "check"
VARIANT = "variant-"
"""Before a platform's name: the field of its own words."""


@dataclass(frozen=True)
class NewForm:
    """The post form as sent: `act` is check or send; `submission` makes two clicks one."""

    typed: Typed
    act: str
    submission: str
    csrf: str


@dataclass(frozen=True)
class DecisionForm:
    """The approval form as sent: `choice` is approve, edit, return, reject or empty. `text`, `alts`
    and `thread` are the words as they stand in the fields for an edit; None and empty without.
    """

    choice: str
    reason: str
    code: str
    csrf: str
    text: str | None = None
    alts: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()


@dataclass(frozen=True)
class WithdrawForm:
    """The form to take a post back as sent: which version, and why."""

    version: str
    reason: str
    csrf: str


def new_form(fields: Fields) -> NewForm:
    """The post form; anything but a click on Send is a check, which sends nothing."""
    typed = Typed(
        text=lines(first(fields, "text")),
        account=first(fields, "account"),
        platforms=tuple(dict.fromkeys(fields.get("platforms", ()))),
        date=first(fields, "date"),
        time=first(fields, "time"),
        replaces=first(fields, "replaces"),
        embargo=first(fields, "embargo") == "yes",
        urgency=first(fields, "urgency") or Typed.urgency,
        urgent_reason=lines(first(fields, "urgent_reason")),
        pictures=_pictures(fields),
        variants=_variants(fields),
        card=(first(fields, "card_url"), first(fields, "card_title"), first(fields, "card_text")),
        language=first(fields, "language") or Typed.language,
        thread=tuple(text for text in map(lines, fields.get("part", ())) if text.strip()),
    )
    act = SEND if first(fields, "act") == SEND else CHECK
    return NewForm(typed, act, first(fields, SUBMISSION), first(fields, CSRF))


def decision_form(fields: Fields) -> DecisionForm:
    """The approval form; a choice that is none of the four counts as none made."""
    choice = first(fields, "choice")
    return DecisionForm(
        choice=choice if choice in ("approve", "edit", "return", "reject") else "",
        reason=lines(first(fields, "reason")).strip(),
        code=first(fields, "code"),
        csrf=first(fields, CSRF),
        text=lines(first(fields, "text")) if "text" in fields else None,
        alts=tuple(map(lines, fields.get("alt", ()))),
        thread=tuple(map(lines, fields.get("part", ()))),
    )


def withdraw_form(fields: Fields) -> WithdrawForm:
    """The form to take a post back."""
    reason = lines(first(fields, "reason")).strip()
    return WithdrawForm(first(fields, "version"), reason, first(fields, CSRF))


def _pictures(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Of each picture that was chosen its id and alt text."""
    alts = [lines(alt).strip() for alt in fields.get("alt", ())]
    chosen = zip_longest(fields.get("picture", ()), alts, fillvalue="")
    return tuple((picture, alt) for picture, alt in chosen if picture)


def _variants(fields: Fields) -> tuple[tuple[str, str], ...]:
    """What single platforms say instead; a field that was left empty says nothing."""
    said = ((name, lines(first(fields, name))) for name in fields if name.startswith(VARIANT))
    return tuple((name.removeprefix(VARIANT), text) for name, text in said if text.strip())


def first(fields: Fields, name: str) -> str:
    """A field's first value, or the empty string."""
    values = fields.get(name, ())
    return values[0] if values else ""


def lines(text: str) -> str:
    """A text with one character for each line end, as a form brings it back."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
