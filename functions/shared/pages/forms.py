"""What comes back from the forms, field by field, as the templates name them.

Nothing is judged here but shape: a field that is missing is empty, one that comes twice counts
once. Line ends become one character, because browsers send two and people type one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shared.pages.parts import Typed

Fields = Mapping[str, Sequence[str]]

CSRF = "csrf"
SUBMISSION = "submission"
SEND = "send"
CHECK = "check"


@dataclass(frozen=True)
class NewForm:
    """The post form as sent: `act` is check or send; `submission` makes two clicks one."""

    typed: Typed
    act: str
    submission: str
    csrf: str


@dataclass(frozen=True)
class DecisionForm:
    """The approval form as sent: `choice` is approve, return, reject or empty."""

    choice: str
    reason: str
    code: str
    csrf: str


def new_form(fields: Fields) -> NewForm:
    """The post form; anything but a click on Send is a check, which sends nothing."""
    typed = Typed(
        text=_lines(_one(fields, "text")),
        account=_one(fields, "account"),
        platforms=tuple(dict.fromkeys(fields.get("platforms", ()))),
        date=_one(fields, "date"),
        time=_one(fields, "time"),
        replaces=_one(fields, "replaces"),
    )
    act = SEND if _one(fields, "act") == SEND else CHECK
    return NewForm(typed, act, _one(fields, SUBMISSION), _one(fields, CSRF))


def decision_form(fields: Fields) -> DecisionForm:
    """The approval form; a choice that is none of the three counts as none made."""
    choice = _one(fields, "choice")
    return DecisionForm(
        choice=choice if choice in ("approve", "return", "reject") else "",
        reason=_lines(_one(fields, "reason")).strip(),
        code=_one(fields, "code"),
        csrf=_one(fields, CSRF),
    )


def _one(fields: Fields, name: str) -> str:
    values = fields.get(name, ())
    return values[0] if values else ""


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
