"""Disposals as their pages show them: the list, one disposal with its words, and its forms."""

from collections.abc import Iterator, Mapping

from moderate.disposals_api import APPROVE, REFUSE
from moderate.incident_room import names_of
from shared.accounts.rights import Right, may
from shared.identity.visitor import Visitor
from shared.months.disposal import Disposal, State
from shared.months.legal_hold import Word
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
from shared.records.disposals import LastLook

TITLE = "Disposal of sealed months"
ALL = Way("/disposals", "Back to the disposals")
DECIDE = "decide"
TAGS: Mapping[State, tuple[str, str]] = {
    State.ASKED: ("Waits for a second person", "yellow"),
    State.REFUSED: ("Refused", "grey"),
    State.APPROVED: ("Approved, not begun", "orange"),
    State.BEGUN: ("Being destroyed", "red"),
    State.DONE: ("Disposed of", "grey"),
}
WHAT_GOES = (
    "The whole month is destroyed, and cannot be had back: its sealed bag in every version, the "
    "copy that questions are asked of, and what its records say, with their keys. With it go all "
    "posts, pictures, takedowns and so on that no other month names. Its note and the log itself "
    "stay, so anybody can see that it was there and who let it go. It begins when the approval "
    "lies in a sealed month, at the end of this one; until then anybody can refuse it."
)
NONE_OUTLIVED = "No month is past its time."


def ask_form(look: LastLook) -> FormView:
    """The form to ask for one."""
    months = ", ".join(str(each.month) for each in look.outlived)
    fields = (
        FieldView(
            "month", "Month", hint=f"Past their time: {months}." if months else NONE_OUTLIVED
        ),
        FieldView("why", "Why", "lines", hint="Do not name anybody here: this stays on record."),
    )
    return FormView(
        "Ask that a month goes", "/disposals/new", "Ask", fields, sentence=WHAT_GOES, back=ALL
    )


def decide_form(disposal: Disposal, *, may_approve: bool = True) -> FormView:
    """The form to say yes or no to what waits, or no to what has not begun."""
    yes = (Option(APPROVE, "Destroy it"),) if may_approve else ()
    fields = (
        FieldView("state", "state", "hidden", (disposal.state.value,)),
        FieldView(
            "decision",
            f"Does {disposal.month} go?",
            "choice",
            options=(*yes, Option(REFUSE, "It stays")),
        ),
        FieldView("why", "Why not", "lines", hint="Only if it stays. Stays on record."),
    )
    return FormView(
        "Decide",
        f"/disposals/{disposal.disposal_id}",
        "Send",
        fields,
        act=DECIDE,
        sentence=WHAT_GOES,
        back=Way(f"/disposals/{disposal.disposal_id}", "Back to the disposal"),
    )


def form_for(disposal: Disposal, guest: Visitor) -> FormView:
    """The form that this guest may fill."""
    approves = disposal.state is State.ASKED and may(guest.person, Right.APPROVE_DISPOSAL).allowed
    return decide_form(disposal, may_approve=approves)


def view_of(disposal: Disposal, guest: Visitor) -> EntryView:
    """One disposal, with what this guest may do next."""
    tag, colour = TAGS[disposal.state]
    facts = (
        Fact("Month", (str(disposal.month),)),
        Fact("Bag", (disposal.bag,)),
        *_words(disposal),
        *([Fact("Waits, because", disposal.waits)] if disposal.waits else []),
        *_course(disposal),
    )
    decides = disposal.state in {State.ASKED, State.APPROVED}
    able = decides and may(guest.person, Right.DISPOSE).allowed
    forms = (form_for(disposal, guest),) if able else ()
    return EntryView("Disposal of a sealed month", tag, colour, facts, forms=forms, ways=(ALL,))


def row_of(disposal: Disposal) -> RegistryRow:
    """One line of the list."""
    tag, colour = TAGS[disposal.state]
    hint = f"Asked for {moment_text(disposal.asked.at)}."
    return RegistryRow(f"/disposals/{disposal.disposal_id}", str(disposal.month), tag, colour, hint)


def _course(disposal: Disposal) -> Iterator[Fact]:
    if disposal.extent and disposal.begun_at:
        extent = disposal.extent
        reach = f"{extent.leaves} leaves, {extent.objects} objects"
        yield Fact("Begun", (moment_text(disposal.begun_at), reach))
    if disposal.leaf is not None:
        yield Fact("Approved by leaf", (str(disposal.leaf),))
    if disposal.removed:
        yield Fact("Gone with it", tuple(f"{kind}: {n}" for kind, n in disposal.removed.items()))
    if disposal.done_at:
        yield Fact("Disposed of", (moment_text(disposal.done_at),))


def _words(disposal: Disposal) -> Iterator[Fact]:
    said = [("Asked for", disposal.asked)]
    said += [("Decided", disposal.decided)] if disposal.decided else []
    names = names_of(*(word.by for _, word in said))
    for name, word in said:
        yield Fact(name, _lines(word, names))


def _lines(word: Word, names: Mapping[PersonId, str]) -> tuple[str, ...]:
    by = f"{names.get(word.by, word.by)}, {moment_text(word.at)}"
    return (by, word.why) if word.why else (by,)
