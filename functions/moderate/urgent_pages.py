"""The page of posts that did not wait for a second person. GET shows, POST acts."""

from dataclasses import replace

from moderate.doors import post_named
from moderate.incident_errors import WrongFieldError
from moderate.incident_room import FORM, page
from moderate.review_urgent import review_urgent, urgent_case, urgent_cases
from moderate.room import app, guest_of, now, room
from moderate.urgent_api import LONGEST_REMARK, urgent
from moderate.urgent_shown import urgents_view
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError


@app.on("/urgent")
def urgent_page(call: Call) -> Answer:
    """What went out without a second person and waits for a look, longest first."""
    guest = guest_of(call, Right.READ_ALL)
    cases = urgent_cases(urgent().waiting(), room().snapshots)
    return page("urgent", urgents_view(cases, guest.person, now()), guest)


@app.on("/urgent/{name}", "POST")
def urgent_sent(call: Call, name: str) -> Answer:
    """Say what you think of one of them."""
    guest, sent = guest_of(call, Right.APPROVE), call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case = urgent_case(*post_named(name), room().snapshots)
    remark = lines(first(sent, "remark"))[:LONGEST_REMARK]
    try:
        review_urgent(case, remark, guest.person, urgent=urgent(), now=now())
    except WrongFieldError as error:
        errors = (FieldError(error.field, str(error)),)
        cases = urgent_cases(urgent().waiting(), room().snapshots)
        view = urgents_view(cases, guest.person, now(), wrong=name, remark=remark, errors=errors)
        return replace(page("urgent", view, guest), status=422)
    return see_other("/urgent")
