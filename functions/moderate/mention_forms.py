"""The forms of mentions: what became of one, and the daily check; and what comes back from them."""

from collections.abc import Sequence
from datetime import date

from moderate.mention_shapes import LONGEST_ADDRESS, LONGEST_WHY
from shared.accounts.registry import Account
from shared.mentions.errors import InvalidMentionError
from shared.mentions.mention import MAY_FOLLOW, Desk, Mention, MentionState, Outcome
from shared.pages.account_field import account_field
from shared.pages.forms import Fields, first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way

DESKS = {
    Desk.FOI: "The freedom of information desk",
    Desk.FAQ: "Frequently asked questions, to be written there",
    Desk.TAKEDOWN: "It breaks a house rule: I ask for it to be taken down",
}
ACTS = {
    "answered": MentionState.ANSWERED,
    "left": MentionState.NO_ANSWER,
    "holding": MentionState.HOLDING,
    "handed": MentionState.HANDED_ON,
}
"""What the forms of one mention are for."""

NOBODY_NAMED = "Name nobody here: this stays on record."
REAL_DATE = "Enter a real date, like 2027-02-19."
TOO_LONG = "Say it in {0:,} characters."
LOOKED = (
    "Say so once a day, when you have looked through what was said: ten minutes are enough, and "
    "what cannot be answered in them waits for somebody who can."
)
ALL = Way("/mentions", "What waits for an answer")


def outcome_forms(mention: Mention) -> tuple[FormView, ...]:
    """What may become of it now, the likeliest first."""
    address = f"/mentions/{mention.mention_id}"
    may_be = MAY_FOLLOW.get(mention.state, frozenset())
    why = FieldView("why", "Note", "lines", hint=f"You may leave it empty. {NOBODY_NAMED}")
    desks = tuple(Option(desk.value, words) for desk, words in DESKS.items())
    forms = {
        "answered": (
            "I answered there",
            (FieldView("answer", "The address of your answer", hint="From https:// on."), why),
        ),
        "left": (
            "No answer is needed",
            (FieldView("why", "Why?", "lines", hint=NOBODY_NAMED),),
        ),
        "holding": (
            "I gave a holding reply",
            (FieldView("follow_up", "You come back to it on", "day"), why),
        ),
        "handed": (
            "I handed it on",
            (FieldView("desk", "To whom?", "choice", options=desks), why),
        ),
    }
    return tuple(
        FormView(title, address, "Keep this", fields, act=act)
        for act, (title, fields) in forms.items()
        if ACTS[act] in may_be
    )


def check_form(accounts: Sequence[Account], errors: tuple[FieldError, ...] = ()) -> FormView:
    """The daily check, for one's own accounts."""
    return FormView(
        "I looked through these today",
        "/mentions/check",
        "I have looked through it",
        (account_field(accounts),),
        sentence=LOOKED,
        errors=errors,
        back=ALL,
    )


def outcome_sent(act: str, sent: Fields) -> Outcome:
    """What somebody says became of it; InvalidMentionError."""
    why, answer = _typed(sent, "why", LONGEST_WHY), _typed(sent, "answer", LONGEST_ADDRESS)
    named = first(sent, "desk")
    desk = Desk(named) if named in set(Desk) else None
    return Outcome(ACTS[act], why, answer, _day(first(sent, "follow_up").strip()), desk)


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise InvalidMentionError("follow_up", REAL_DATE) from error


def _typed(sent: Fields, name: str, longest: int) -> str:
    text = lines(first(sent, name))
    if len(text) > longest:
        raise InvalidMentionError(name, TOO_LONG.format(longest))
    return text
