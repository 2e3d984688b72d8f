"""The two forms that ask sealed months: a search, and the fixed questions. Nothing is chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from archive.auditing.errors import WrongWishError
from archive.auditing.wish import FROM, QUESTION, SEARCH, TO
from archive.questions.pack import pack
from shared.months.month import Month
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way

Sent = Mapping[str, Sequence[str]]

ADDRESS, FIXED = "/audit", "fixed"
ALL = Way(ADDRESS, "Back to the sealed months")
MONTH = "Such as 2026-10."
CHOOSE = "Choose a question."
SEARCHED: tuple[tuple[str, str, str], ...] = (
    ("text", "Words", "All of them occur, in any order."),
    ("phrase", "Words that stand together", ""),
    ("account", "Account", "Its short name, such as leek-npt."),
    ("author", "Author", "Id of the person, as in the registry."),
    ("approver", "Approver", "Likewise."),
    ("platform", "Platform", "Such as mastodon."),
    ("state", "How it stood at the end", "Such as published."),
    ("rule", "Rule that found something", "Such as offender_name."),
    ("kind", "Kind of record", "Such as deletion. – without one you find posts."),
    ("regex", "Regular expression", "As RE2 writes them."),
    ("as_of", "As it was known at", "A day, a moment, or a size of the log."),
)
"""What a search may say: the field, its label, its hint."""


def forms_for(latest: Month) -> tuple[FormView, ...]:
    """Both forms, about the latest month unless somebody says otherwise."""
    usual = {FROM: (str(latest),), TO: (str(latest),)}
    return tuple(_filled(form, usual) for form in (_search(), _fixed()))


def form_sent(sent: Sent, errors: tuple[FieldError, ...]) -> FormView:
    """The form that somebody sent, with what they typed and what is wrong with it."""
    form = _fixed() if first(sent, "act") == FIXED else _search()
    return replace(_filled(form, sent), errors=errors, back=ALL)


def said_in(sent: Sent) -> dict[str, str]:
    """The fields that were sent, as the API would be told them; WrongWishError."""
    form = _fixed() if first(sent, "act") == FIXED else _search()
    said = {each.name: first(sent, each.name).strip() for each in form.fields}
    if form.act == FIXED and not said[QUESTION]:
        raise WrongWishError(QUESTION, CHOOSE)
    return said


def _search() -> FormView:
    fields = tuple(FieldView(name, label, hint=hint) for name, label, hint in SEARCHED)
    return FormView("Search", ADDRESS, "Search", (*_months(), *fields), act=SEARCH)


def _fixed() -> FormView:
    options = tuple(Option(each.name, each.asks) for each in pack().values())
    field = FieldView(QUESTION, "Question", "pick", options=options)
    return FormView("Ask a fixed question", ADDRESS, "Ask", (*_months(), field), act=FIXED)


def _months() -> tuple[FieldView, ...]:
    return (
        FieldView(FROM, "From month", hint=MONTH),
        FieldView(TO, "To month", hint="The same for one month."),
    )


def _filled(form: FormView, sent: Sent) -> FormView:
    fields = tuple(replace(each, values=tuple(sent.get(each.name, ()))) for each in form.fields)
    return replace(form, fields=fields)
