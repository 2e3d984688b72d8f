"""Fills the page of what many say alike: each of them, and the forms to answer them as one."""

from collections.abc import Sequence
from dataclasses import replace

from moderate.mention_case import MentionCase
from moderate.mention_forms import ALL, NOBODY_NAMED
from moderate.mention_shown import CALL
from moderate.refilled import NOTHING, Sent
from moderate.settle_many import Settling
from shared.accounts.registry import Person
from shared.accounts.rights import Right, may_for
from shared.pages.parts import FieldError
from shared.pages.registry_views import EntryView, Fact, FieldView, FormView, Option, Way
from shared.pages.words import platform_title
from shared.posts.localtime import moment_text

TITLE = "{0} say much the same to {1}"
SENTENCE = (
    "Where one answer is enough for all of them, give it there, where all of them see it, and say "
    "here which of them it answers. Each is kept by itself."
)
WHICH = "Which of them?"
OUTCOMES = (
    Option("answered", "I answered all of them there"),
    Option("left", "No answer is needed"),
)
MOST_SHOWN = 20
LONGEST = 80
MORE = "{0} more are shown once these are settled."
WHICH_HINT = "Take out whoever says something else."


def theme_view(
    cases: Sequence[MentionCase],
    reader: Person,
    *,
    typed: Sent = NOTHING,
    errors: tuple[FieldError, ...] = (),
    left: Sequence[Settling] = (),
) -> EntryView:
    """These, each with its words; `left` are those that could not be settled just now, and why."""
    account, shown = cases[0].account, list(enumerate(cases, 1))[:MOST_SHOWN]
    more = (MORE.format(len(cases) - MOST_SHOWN),) if len(cases) > MOST_SHOWN else ()
    told = dict.fromkeys(each.sentence for each in left)
    return EntryView(
        TITLE.format(len(cases), account.title),
        "Theme",
        "blue",
        tuple(_fact(number, case) for number, case in shown),
        forms=_forms(shown, typed, errors)
        if may_for(reader, Right.ANSWER, account).allowed
        else (),
        ways=(*(_way(number, case) for number, case in shown if case.mention.calls), ALL),
        notice=" ".join((*told, SENTENCE, *more)),
    )


def _forms(
    shown: Sequence[tuple[int, MentionCase]], typed: Sent, errors: tuple[FieldError, ...]
) -> tuple[FormView, ...]:
    """One form for all of them; whatever calls for help cannot be chosen."""
    options = tuple(
        Option(case.mention.mention_id, f"{number}. {_title(case)}")
        for number, case in shown
        if not case.mention.calls
    )
    if not options:
        return ()
    every = tuple(option.value for option in options)
    fields = (
        FieldView("mention_ids", WHICH, "checks", every, WHICH_HINT, options),
        FieldView("act", "What became of them?", "choice", options=OUTCOMES),
        FieldView("answer", "The address of your answer", hint="From https:// on."),
        FieldView("why", "Why, or a note", "lines", hint=NOBODY_NAMED),
    )
    address = f"/mentions/themes/{shown[0][1].mention.mention_id}"
    filled = tuple(
        replace(field, values=tuple(typed[field.name])) if field.name in typed else field
        for field in fields
    )
    return (FormView("Answer them as one", address, "Keep this", filled, errors=errors),)


def _title(case: MentionCase) -> str:
    text = " ".join(case.said("text").split())
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _fact(number: int, case: MentionCase) -> Fact:
    where = f"{platform_title(case.mention.platform)}, {moment_text(case.mention.said_at)}"
    call = (CALL[0],) if case.mention.calls else ()
    return Fact(f"{number}. On {where}", (*call, *case.said("text").splitlines()))


def _way(number: int, case: MentionCase) -> Way:
    return Way(f"/mentions/{case.mention.mention_id}", f"Number {number} by itself")
