"""The pages of held posts. GET shows; only a POST with a choice lets one go or gives it back."""

from moderate.doors import post_named
from moderate.held_api import DECISIONS, LONGEST_REASON, PAGE
from moderate.held_shown import Typed, hold_view, row_of
from moderate.incident_errors import WrongFieldError
from moderate.incident_forms import Sent
from moderate.incident_room import FORM, holds, page
from moderate.review_held import HeldCase, Verdict, cases_of, held_case, review
from moderate.room import app, guest_of, now, pack_for, room
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.pages.forms import first
from shared.pages.incident_views import HeldView
from shared.pages.parts import FieldError
from shared.posts.names import ContentHash
from shared.records.errors import NotFoundError
from shared.records.hold import Review


@app.on("/held")
def held_page(call: Call) -> Answer:
    """What waits for a review, longest first."""
    guest = guest_of(call, Right.READ_ALL)
    found = holds().queue(call.query.get("cursor"), PAGE)
    cases = cases_of(found.entries, room().snapshots)
    rows = tuple(row_of(case, guest.person) for case in cases)
    return page("held", HeldView(rows, found.cursor), guest)


@app.on("/held/{name}")
def hold_page(call: Call, name: str) -> Answer:
    """Exactly what would go out, and the form to say whether it does."""
    guest = guest_of(call, Right.LOOK)
    return _shown(_case(name, guest), guest)


@app.on("/held/{name}", "POST")
def hold_sent(call: Call, name: str) -> Answer:
    """Let it go, or give it back, once."""
    guest = guest_of(call, Right.REVIEW_HELD)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    case = _case(name, guest)
    try:
        review(
            case,
            _verdict(sent),
            guest.person,
            holds=holds(),
            executions=room().bench.executions,
            now=now(),
        )
    except WrongFieldError as error:
        errors = (FieldError(error.field, str(error)),)
        typed = {name: tuple(sent.get(name, ())) for name in ("decision", "reason")}
        return _shown(case, guest, typed=typed, errors=errors)
    if may(guest.person, Right.READ_ALL).allowed:
        return see_other("/held")
    return see_other(f"/posts/{case.post.post_id}")


def _case(name: str, guest: Visitor) -> HeldCase:
    """The held post, for its author and for those who read everything."""
    case = held_case(*post_named(name), holds(), room().snapshots)
    own = case.post.author == guest.person.person_id
    if not own and not may(guest.person, Right.READ_ALL).allowed:
        raise NotFoundError("holds", name)
    return case


def _verdict(sent: Sent) -> Verdict:
    """What was chosen; WrongFieldError where nothing was (P6)."""
    decision, reason = first(sent, "decision"), first(sent, "reason").replace("\r\n", "\n")
    if decision not in DECISIONS:
        raise WrongFieldError("decision", "Choose whether it goes out or back.")
    words = ContentHash(first(sent, "content_hash"))
    return Verdict(Review(decision), reason[:LONGEST_REASON], words)


def _shown(
    case: HeldCase,
    guest: Visitor,
    *,
    typed: Typed | None = None,
    errors: tuple[FieldError, ...] = (),
) -> Answer:
    pack = pack_for(case.account, case.post.draft.platforms)
    view = hold_view(case, guest.person, pack, typed=typed, errors=errors)
    return page("hold", view, guest, 422 if errors else 200)
