"""The page of what was posted by hand. GET shows, POST acts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from compose.afterwards_api import entered
from compose.room import FORM, app, page, sight_of, visitor
from compose.translate import faults_of
from shared.accounts.registry import Account
from shared.accounts.rights import Right
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import ProblemError
from shared.pages.account_field import account_field
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.pages.words import platform_title
from shared.posts.errors import InvalidDraftError, PostError
from shared.posts.localtime import moment_typed
from shared.records.errors import UnstorableError

ADDRESS = "/posts/afterwards"
SHOWN_AT = {"at": "date"}
"""Fields that the page asks for in parts."""
PREFILLED = ("account", "platform", "url")
"""What a link to the form may say already."""

OUT_ALREADY = (
    "Only for what is on a platform already, because it could not go out from here. Nothing is "
    "sent. Somebody else looks at it by the end of the next working day."
)


@app.on("/posts/afterwards")
def afterwards_page(call: Call) -> Answer:
    """The form to enter a post that was made by hand."""
    guest = visitor(call, Right.WRITE)
    known = {name: [call.query[name]] for name in PREFILLED if call.query.get(name)}
    return page("form", entry_form(sight_of(guest.person).own_accounts(), known), guest)


@app.on("/posts/afterwards", "POST")
def afterwards_sent(call: Call) -> Answer:
    """Enter a post that was made by hand."""
    guest, sent = visitor(call, Right.WRITE), call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        post = entered(_body(sent), guest.person)
    except (ProblemError, PostError, UnstorableError) as error:
        form = entry_form(sight_of(guest.person).own_accounts(), sent)
        errors = (FieldError(SHOWN_AT.get(e.field, e.field), e.sentence) for e in faults_of(error))
        view = replace(form, errors=tuple(errors))
        return replace(page("form", view, guest), status=422)
    return see_other(f"/posts/{post.post_id}")


def entry_form(
    accounts: Sequence[Account], sent: Mapping[str, Sequence[str]] | None = None
) -> FormView:
    """The form, empty or as it was sent."""
    names = dict.fromkeys(h.platform for account in accounts for h in account.handles)
    platforms = tuple(Option(name, platform_title(name)) for name in names)
    mail = "Their work e-mail"
    fields = (
        account_field(accounts),
        FieldView("platform", "Where it stands", "choice", options=platforms),
        FieldView("text", "The words", "lines", hint="Exactly as they stand there."),
        FieldView("url", "Its address", hint="Open the post there and copy its address."),
        FieldView("date", "The day it was posted", "day"),
        FieldView("time", "The time it was posted", hint="Such as 14:30, on London’s clock."),
        FieldView("by", "Who posted it", hint=f"{mail}. Leave it empty if it was you."),
        FieldView(
            "authorised_by", "Who agreed, by phone", hint=f"{mail}. Leave it empty if nobody did."
        ),
        FieldView("why", "Why by hand", "lines", hint="What did not work, and since when."),
    )
    typed = sent or {}
    return FormView(
        "Enter what was posted by hand",
        ADDRESS,
        "Enter it",
        tuple(replace(f, values=tuple(typed.get(f.name, ()))) for f in fields),
        sentence=OUT_ALREADY,
        back=Way("/posts", "Your posts"),
    )


def _body(sent: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """The form as the API would be sent it; InvalidDraftError for a time that is none."""
    at = moment_typed(first(sent, "date"), first(sent, "time"))
    if at is None:
        raise InvalidDraftError("date", "Say the day and the time it was posted.")
    return {
        "account": first(sent, "account"),
        "platform": first(sent, "platform"),
        "text": lines(first(sent, "text")),
        "url": first(sent, "url").strip(),
        "at": at.isoformat(),
        "by": first(sent, "by").strip() or None,
        "authorised_by": first(sent, "authorised_by").strip() or None,
        "why": lines(first(sent, "why")),
    }
