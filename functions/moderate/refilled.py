"""Forms of an entry, of which one came back with what was typed and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shared.pages.parts import FieldError
from shared.pages.registry_views import FormView

Sent = Mapping[str, Sequence[str]]

NOTHING: Sent = {}


def filled(
    forms: Iterable[FormView], act: str, typed: Sent, errors: tuple[FieldError, ...]
) -> tuple[FormView, ...]:
    """The forms; the one that is called `act` with the words that were typed, and the errors."""
    return tuple(_again(form, typed, errors) if act and form.act == act else form for form in forms)


def _again(form: FormView, typed: Sent, errors: tuple[FieldError, ...]) -> FormView:
    fields = tuple(
        replace(field, values=tuple(typed[field.name])) if field.name in typed else field
        for field in form.fields
    )
    return replace(form, fields=fields, errors=errors)
