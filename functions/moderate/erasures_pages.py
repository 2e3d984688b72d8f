"""The pages of erasures. GET shows; only a POST with a choice asks or decides (P6)."""

from collections.abc import Mapping

from moderate.erase import Wish, approve, ask, refuse
from moderate.erasures_api import APPROVE, LEAF, LONGEST_WHY, NO_WHY, REFUSE, desk
from moderate.incident_errors import WrongFieldError
from moderate.incident_forms import Sent, with_errors
from moderate.incident_room import FORM, names_of, page
from moderate.room import app, guest_of, now
from shared.accounts.rights import Right, may
from shared.http.application import Answer, see_other
from shared.http.call import Call
from shared.identity.visitor import Visitor
from shared.pages.forms import first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FieldView,
    FormView,
    Option,
    RegistryRow,
    RegistryView,
    Way,
)
from shared.posts.localtime import moment_text
from shared.posts.names import ErasureId, LeafId
from shared.recordlog.erasure import (
    AskedBeforeError,
    Basis,
    DecidedBeforeError,
    Erasure,
    NothingSealedError,
    OnHoldError,
    OwnErasureError,
    State,
)

TITLE = "Erasures"
ALL = Way("/erasures", "Back to the erasures")
HOLDS = Way("/holds", "Legal holds, which no erasure reaches")
EMPTY = "Nobody has asked for anything to be erased."
TAGS: Mapping[State, tuple[str, str]] = {
    State.ASKED: ("Waits for a second person", "yellow"),
    State.APPROVED: ("Approved, goes within the hour", "orange"),
    State.REFUSED: ("Refused", "grey"),
    State.DONE: ("Erased", "green"),
}
GROUNDS: Mapping[Basis, str] = {
    Basis.NOT_NEEDED: "It is not needed any more",
    Basis.CONSENT_WITHDRAWN: "They took their consent back",
    Basis.OBJECTION: "They object, and nothing outweighs it",
    Basis.UNLAWFUL: "It should never have been kept",
    Basis.LEGAL_OBLIGATION: "A law or a court says so",
}
WHAT_GOES = (
    "Text of people who are not ours goes for good: its key is destroyed, here at once and in "
    "backups within 35 days. Who did what, and when, stays on record, and every proof still holds."
)


@app.on("/erasures")
def erasures_page(call: Call) -> Answer:
    """The erasures, newest first."""
    guest = guest_of(call, Right.READ_ALL)
    may_ask = may(guest.person, Right.ERASE).allowed
    ways = (*((Way("/erasures/new", "Ask for an erasure"),) if may_ask else ()), HOLDS)
    rows = tuple(_row(each) for each in desk().erasures.all())
    return page("registry", RegistryView(TITLE, "/erasures", rows, ways=ways, empty=EMPTY), guest)


@app.on("/erasures/new")
def new_erasure_page(call: Call) -> Answer:
    """The form to ask for one; nothing is chosen."""
    return page("form", _ask_form(), guest_of(call, Right.ERASE))


@app.on("/erasures/new", "POST")
def erasure_sent(call: Call) -> Answer:
    """Ask for one."""
    guest = guest_of(call, Right.ERASE)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    try:
        erasure = ask(_wish(sent), by=guest.person, desk=desk(), now=now())
    except (WrongFieldError, NothingSealedError, AskedBeforeError, OnHoldError) as error:
        field = error.field if isinstance(error, WrongFieldError) else "leaf_id"
        return _again(_ask_form(), sent, FieldError(field, str(error)), guest)
    return see_other(f"/erasures/{erasure.erasure_id}")


@app.on("/erasures/{erasure_id}")
def erasure_page(call: Call, erasure_id: str) -> Answer:
    """One erasure, and the form to decide about it."""
    guest = guest_of(call, Right.READ_ALL)
    erasure = desk().erasures.get(ErasureId(erasure_id))
    return page("entry", _view(erasure, guest), guest)


@app.on("/erasures/{erasure_id}", "POST")
def erasure_decided(call: Call, erasure_id: str) -> Answer:
    """Approve or refuse it, once."""
    guest = guest_of(call, Right.ERASE)
    sent = call.form()
    guest.check_form(FORM, first(sent, "csrf"))
    before = desk().erasures.get(ErasureId(erasure_id))
    choice, why = first(sent, "decision"), lines(first(sent, "why")).strip()[:LONGEST_WHY]
    try:
        if choice == REFUSE and why:
            refuse(before.erasure_id, why, by=guest.person, desk=desk(), now=now())
        elif choice == APPROVE:
            approve(before.erasure_id, by=guest.person, desk=desk(), now=now())
        else:
            raise _unfinished(choice)
    except (WrongFieldError, OwnErasureError, DecidedBeforeError, OnHoldError) as error:
        field = error.field if isinstance(error, WrongFieldError) else "decision"
        return _again(_decide_form(before), sent, FieldError(field, str(error)), guest)
    return see_other(f"/erasures/{before.erasure_id}")


def _unfinished(choice: str) -> WrongFieldError:
    if choice == REFUSE:
        return WrongFieldError("why", NO_WHY)
    return WrongFieldError("decision", "Choose whether it is erased.")


def _wish(sent: Sent) -> Wish:
    """What was asked for; WrongFieldError where nothing was chosen."""
    leaf_id, basis = first(sent, "leaf_id").strip(), first(sent, "basis")
    why = lines(first(sent, "why")).strip()[:LONGEST_WHY]
    if not LEAF.fullmatch(leaf_id):
        raise WrongFieldError("leaf_id", "Give the number of the record: 26 letters and digits.")
    if basis not in {each.value for each in Basis}:
        raise WrongFieldError("basis", "Choose on what ground.")
    if not why:
        raise WrongFieldError("why", NO_WHY)
    return Wish(LeafId(leaf_id), Basis(basis), why)


def _ask_form() -> FormView:
    grounds = tuple(Option(basis.value, words) for basis, words in GROUNDS.items())
    hint = "Do not name the person here: this stays on record. The number of the request will do."
    fields = (
        FieldView("leaf_id", "Number of the record", hint="26 letters and digits."),
        FieldView("basis", "On what ground", "choice", options=grounds),
        FieldView("why", "Why", "lines", hint=hint),
    )
    return FormView(
        "Ask for an erasure", "/erasures/new", "Ask", fields, sentence=WHAT_GOES, back=ALL
    )


def _decide_form(erasure: Erasure) -> FormView:
    address = f"/erasures/{erasure.erasure_id}"
    options = (Option(APPROVE, "Erase it for good"), Option(REFUSE, "Keep it"))
    fields = (
        FieldView("decision", "Is it erased?", "choice", options=options),
        FieldView("why", "Why it is kept", "lines", hint="Only if it is. Stays on record."),
    )
    back = Way(address, "Back to the erasure")
    return FormView("Decide", address, "Send", fields, sentence=WHAT_GOES, back=back)


def _view(erasure: Erasure, guest: Visitor) -> EntryView:
    tag, colour = TAGS[erasure.state]
    names = names_of(erasure.asked_by, erasure.decided_by)
    facts = [
        Fact("Record", (erasure.leaf_id,)),
        Fact("Ground", (GROUNDS[erasure.basis],)),
        Fact("Why", (erasure.why,)),
        Fact("Asked for", (f"{names[erasure.asked_by]}, {moment_text(erasure.asked_at)}",)),
    ]
    if erasure.decided_by and erasure.decided_at:
        by = f"{names[erasure.decided_by]}, {moment_text(erasure.decided_at)}"
        why = (erasure.decided_why,) if erasure.decided_why else ()
        facts.append(Fact("Decided", (by, *why)))
    if erasure.state is State.APPROVED and (hold := desk().erasures.held_by(erasure)):
        facts.append(Fact("Kept by a legal hold", (f"{hold.reference}. It goes when that ends.",)))
    if erasure.done_at:
        facts.append(Fact("Key destroyed", (moment_text(erasure.done_at),)))
    decides = erasure.state is State.ASKED and may(guest.person, Right.ERASE).allowed
    forms = (_decide_form(erasure),) if decides else ()
    return EntryView("Erasure", tag, colour, tuple(facts), forms=forms, ways=(ALL,))


def _row(erasure: Erasure) -> RegistryRow:
    tag, colour = TAGS[erasure.state]
    hint = f"{GROUNDS[erasure.basis]}. Asked for {moment_text(erasure.asked_at)}."
    return RegistryRow(f"/erasures/{erasure.erasure_id}", erasure.leaf_id, tag, colour, hint)


def _again(form: FormView, sent: Sent, error: FieldError, guest: Visitor) -> Answer:
    return page("form", with_errors(form, sent, (error,)), guest, 422)
