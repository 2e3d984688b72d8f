"""What the registry's page routes have in common: a form is guarded, and comes back mended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from register.account_forms import filled
from register.room import FORM
from register.translate import translate
from shared.http.application import Answer
from shared.http.call import Call
from shared.http.problems import ConflictError, InvalidFieldsError, ProblemError
from shared.identity.visitor import Visitor
from shared.pages.forms import first
from shared.pages.parts import FieldError
from shared.pages.registry_views import FormView
from shared.pages.render import render
from shared.pages.viewer import viewer_of
from shared.pages.views import View

Sent = Mapping[str, Sequence[str]]


def page(name: str, view: View, guest: Visitor, status: int = 200) -> Answer:
    """A page of the registry."""
    seen_by = viewer_of(guest.person, guest.leave_token())
    text = render(name, view, csrf=guest.form_token(FORM), viewer=seen_by)
    return Answer(text, status)


def sent_by(call: Call, guest: Visitor) -> Sent:
    """The form's fields; ForgedFormError unless it was served to this visitor."""
    fields = call.form()
    guest.check_form(FORM, first(fields, "csrf"))
    return fields


def again(form: FormView, fields: Sent, error: Exception, guest: Visitor) -> Answer:
    """The form as it was sent, with what is wrong; what is no fault of the form is raised again."""
    problem = error if isinstance(error, ProblemError) else translate(error)
    if isinstance(problem, InvalidFieldsError):
        errors = tuple(FieldError(fault.field, fault.sentence) for fault in problem.faults)
    elif isinstance(problem, ConflictError):
        errors = (FieldError("", problem.sentence),)
    else:
        raise error
    return page("form", replace(filled(form, fields), errors=errors), guest, problem.status)
