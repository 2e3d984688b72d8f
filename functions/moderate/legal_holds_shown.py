"""Legal holds as their pages show them: the list, one hold with its words, and its forms."""

from collections.abc import Iterator, Mapping

from moderate.incident_room import names_of
from moderate.legal_holds_api import APPROVE, REFUSE
from shared.accounts.rights import Right, may
from shared.identity.visitor import Visitor
from shared.months.legal_hold import Cause, LegalHold, Scope, State, Word
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FieldView,
    FormView,
    Option,
    RegistryRow,
    Way,
)
from shared.posts.localtime import moment_text
from shared.posts.names import PersonId

TITLE = "Legal holds"
ALL = Way("/holds", "Back to the legal holds")
DECIDE, ASK_RELEASE = "decide", "ask-release"
TAGS: Mapping[State, tuple[str, str]] = {
    State.ASKED: ("Waits for a second person", "yellow"),
    State.REFUSED: ("Refused", "grey"),
    State.APPROVED: ("In force", "green"),
    State.RELEASE_ASKED: ("In force, its end waits", "yellow"),
    State.RELEASE_APPROVED: ("Ends within the hour", "orange"),
    State.RELEASED: ("Over", "grey"),
}
CAUSES: Mapping[Cause, str] = {
    Cause.COURT: "A court case",
    Cause.REQUEST: "A request for information",
    Cause.COMPLAINT: "A complaint",
    Cause.INQUIRY: "An inquiry",
}
WHAT_IS_KEPT = (
    "Sealed months it covers cannot be deleted by anybody, whatever their time, and no text in "
    "them, or about what it names, is erased, until two people have ended it. A post can still be "
    "deleted from platforms: its evidence is kept first."
)


def ask_form() -> FormView:
    """The form to ask for one."""
    causes = tuple(Option(cause.value, words) for cause, words in CAUSES.items())
    fields = (
        FieldView("cause", "What it is for", "choice", options=causes),
        FieldView("reference", "Reference", hint="The number of the case or the request."),
        FieldView("from", "From the month", hint="Such as 2026-10; empty: since ever."),
        FieldView("to", "To the month", hint="Included; empty: until it ends."),
        FieldView(
            "subject",
            "Only about",
            hint="account:leek-npt, post: and its number, or person: and their id; "
            "empty: everything in these months.",
        ),
        FieldView("why", "Why", "lines", hint="Do not name anybody here: this stays on record."),
    )
    return FormView(
        "Ask for a legal hold", "/holds/new", "Ask", fields, sentence=WHAT_IS_KEPT, back=ALL
    )


def decide_form(hold: LegalHold) -> FormView:
    """The form to say yes or no to what waits: the hold, or its end."""
    ends = hold.state is State.RELEASE_ASKED
    yes, no = ("End it", "It goes on") if ends else ("Keep it", "Refuse the hold")
    options = (Option(APPROVE, yes), Option(REFUSE, no))
    fields = (
        FieldView("state", "state", "hidden", (hold.state.value,)),
        FieldView("decision", "Does it end?" if ends else "Is it kept?", "choice", options=options),
        FieldView("why", "Why not", "lines", hint="Only if not. Stays on record."),
    )
    sentence = "" if ends else WHAT_IS_KEPT
    return FormView(
        "Decide",
        f"/holds/{hold.hold_id}",
        "Send",
        fields,
        act=DECIDE,
        sentence=sentence,
        back=Way(f"/holds/{hold.hold_id}", "Back to the legal hold"),
    )


def release_form(hold: LegalHold) -> FormView:
    """The form to ask that it ends."""
    why = FieldView("why", "Why", "lines", hint="Do not name anybody here: this stays on record.")
    return FormView(
        "Ask that it ends",
        f"/holds/{hold.hold_id}",
        "Ask",
        (why,),
        act=ASK_RELEASE,
        sentence="It goes on until professional standards approve that.",
        back=Way(f"/holds/{hold.hold_id}", "Back to the legal hold"),
    )


def view_of(hold: LegalHold, guest: Visitor) -> EntryView:
    """One hold, with what this guest may do next."""
    tag, colour = TAGS[hold.state]
    facts = (
        Fact("For", (CAUSES[hold.cause], hold.reference)),
        Fact("Kept", (scope_text(hold.scope),)),
        *_words(hold),
        *([Fact("Locked months", (_months(hold),))] if hold.placed else []),
        *([Fact("Let go", (moment_text(hold.released_at),))] if hold.released_at else []),
    )
    forms = tuple(_forms(hold, guest))
    return EntryView("Legal hold", tag, colour, facts, forms=forms, ways=(ALL,))


def row_of(hold: LegalHold) -> RegistryRow:
    """One line of the list."""
    tag, colour = TAGS[hold.state]
    asked = f"Asked for {moment_text(hold.asked.at)}."
    hint = f"{CAUSES[hold.cause]}. {scope_text(hold.scope)}. {asked}"
    return RegistryRow(f"/holds/{hold.hold_id}", hold.reference, tag, colour, hint)


def scope_text(scope: Scope) -> str:
    """What is kept, in words."""
    if scope.first and scope.first == scope.last:
        months = f"{scope.first}"
    else:
        since = f"from {scope.first}" if scope.first else "from the beginning"
        months = f"{since} to {scope.last}" if scope.last else f"{since}, until it ends"
    return f"{scope.subject}, {months}" if scope.subject else f"Everything, {months}"


def _forms(hold: LegalHold, guest: Visitor) -> Iterator[FormView]:
    if not may(guest.person, Right.HOLD).allowed:
        return
    if hold.state in {State.ASKED, State.RELEASE_ASKED}:
        yield decide_form(hold)
    elif hold.state is State.APPROVED:
        yield release_form(hold)


def _words(hold: LegalHold) -> Iterator[Fact]:
    said = (
        ("Asked for", hold.asked),
        ("Decided", hold.decided),
        ("End asked for", hold.release_asked),
        ("End decided", hold.release_decided),
    )
    names = names_of(*(word.by for _, word in said if word))
    for name, word in said:
        if word:
            yield Fact(name, _lines(word, names))


def _lines(word: Word, names: Mapping[PersonId, str]) -> tuple[str, ...]:
    by = f"{names.get(word.by, word.by)}, {moment_text(word.at)}"
    return (by, word.why) if word.why else (by,)


def _months(hold: LegalHold) -> str:
    return ", ".join(str(each) for each in sorted(hold.placed))
