"""The pages of follower reviews. GET shows; only a POST decides or signs (P6)."""

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may_read
from shared.followers.errors import NotOpenError, ReviewError, WrongRulingError
from shared.followers.review import Decision, Part
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.http.problems import NotFoundError
from shared.identity.visitor import Visitor
from shared.pages.forms import Fields, first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import RegistryView
from watch.following.decide_review import (
    MOST_AT_ONCE,
    Case,
    Wish,
    decide_review,
    sign_review,
)
from watch.following.review_shown import DECIDE, SIGN, review_view, row_of
from watch.following.reviews_api import LONGEST_WHY
from watch.following.room import (
    FORM,
    accounts_of,
    app,
    case_of,
    guest_of,
    names_of,
    now,
    page,
    room,
)

TITLE = "Follower reviews"
EMPTY = "No review has begun here yet. Each account’s begins on the first of a month."
NO_FORM = "There is no such form; reload the page and send it again."


@app.on("/reviews")
def reviews_page(call: Call) -> Answer:
    """Reviews, those of the newest month first: all, or those of one's own accounts."""
    guest = guest_of(call, Right.LOOK)
    found = room().reviews.listed(call.query.get("cursor"))
    accounts = accounts_of(each.account for each in found.entries)
    cases = (Case(r, accounts[r.account]) for r in found.entries if r.account in accounts)
    rows = tuple(row_of(case) for case in cases if may_read(guest.person, case.account))
    return page("registry", RegistryView(TITLE, "/reviews", rows, found.cursor, (), EMPTY), guest)


@app.on("/reviews/{review_id}")
def review_page(call: Call, review_id: str) -> Answer:
    """One review: what was read, who stands out, and what you may do about it."""
    guest = guest_of(call, Right.LOOK)
    return _shown(case_of(review_id, guest), guest)


@app.on("/reviews/{review_id}", "POST")
def review_sent(call: Call, review_id: str) -> Answer:
    """Decide about people who stand out, or sign for one side."""
    guest = guest_of(call, Right.REVIEW_FOLLOWERS)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case, act = case_of(review_id, guest), first(sent, "act")
    if act not in {DECIDE, SIGN}:
        raise NotFoundError(NO_FORM)
    try:
        _do(act, case, sent, guest.person)
    except NotOpenError:
        raise
    except ReviewError as error:
        field = "part" if act == SIGN else "people"
        field = error.field if isinstance(error, WrongRulingError) else field
        return _shown(case, guest, act, sent, (FieldError(field, str(error)),))
    return see_other(f"/reviews/{review_id}")


def _do(act: str, case: Case, sent: Fields, by: Person) -> None:
    if act == SIGN:
        part = first(sent, "part")
        if part not in {each.value for each in Part}:
            raise WrongRulingError("part", "Choose for which side you sign.")
        sign_review(case, Part(part), by, reviews=room().reviews, now=now())
    else:
        decide_review(case, _wish(sent), by, reviews=room().reviews, now=now())


def _wish(sent: Fields) -> Wish:
    """What was chosen; WrongRulingError where nothing was."""
    typed = sent.get("people", ())
    people = [int(each) for each in typed if each.isascii() and each.isdecimal()][:MOST_AT_ONCE]
    decision = first(sent, "decision")
    if not people:
        raise WrongRulingError("people", "Choose whom you decide about.")
    if decision not in {each.value for each in Decision}:
        raise WrongRulingError("decision", "Choose what is to be done.")
    return Wish(people, Decision(decision), lines(first(sent, "why")).strip()[:LONGEST_WHY])


def _shown(
    case: Case,
    guest: Visitor,
    act: str = "",
    sent: Fields | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Answer:
    review = case.review
    people = {each.by for each in review.signed.values()}
    people |= {each.ruling.by for each in review.flagged if each.ruling}
    view = review_view(
        case, guest.person, names_of(people), act=act, typed=sent or {}, errors=errors
    )
    return page("entry", view, guest, 422 if errors else 200)
