"""The pages of legal holds, filled."""

from dataclasses import replace

from moderate.legal_holds_pages import EMPTY, ERASURES
from moderate.legal_holds_shown import (
    ALL,
    TAGS,
    TITLE,
    ask_form,
    decide_form,
    release_form,
    row_of,
    scope_text,
)
from shared.months.holding import approved, asked, release_asked
from shared.months.legal_hold import Cause, Scope, Word
from shared.months.month import Month
from shared.pages.parts import FieldError
from shared.pages.registry_views import EntryView, Fact, RegistryView, Way
from tests.pages.made_views import NOW, POST

OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
WRONG = (
    FieldError("cause", "Choose what it is for."),
    FieldError("reference", "Give the number of the case or the request."),
    FieldError("from", "“October” is no month. Write it as 2026-10."),
    FieldError("why", "Say why. Do not name anybody here: this sentence stays on record."),
)
UNDECIDED = (FieldError("decision", "Choose whether you approve it."),)
NEW = Way("/holds/new", "Ask for a legal hold")


def _said(by: str, why: str = "") -> Word:
    return Word(by, NOW, why)


ASKED = asked(
    "01J0000000000000000000000H",
    Cause.COURT,
    "Case T20260017",
    Scope(OCTOBER, NOVEMBER, f"post:{POST}"),
    _said("p-standards", "The court has asked for everything about this post."),
)
IN_FORCE = approved(ASKED, _said("p-comms"))
ENDING = release_asked(IN_FORCE, _said("p-comms", "The case is over."))
EVERYTHING = replace(ASKED, cause=Cause.REQUEST, scope=Scope(OCTOBER, OCTOBER))
OPEN = replace(IN_FORCE, cause=Cause.INQUIRY, scope=Scope(subject="account:leek-npt"))


def _entry(hold, *forms):
    tag, colour = TAGS[hold.state]
    facts = (
        Fact("For", ("A court case", hold.reference)),
        Fact("Kept", (scope_text(hold.scope),)),
        Fact("Asked for", ("Det Sgt Ines Calloway, 21 November 2026 at 12:00", hold.asked.why)),
        Fact("Locked months", ("2026-10, 2026-11",)),
    )
    return EntryView("Legal hold", tag, colour, facts, forms=forms, ways=(ALL,))


ROWS = tuple(map(row_of, (ASKED, IN_FORCE, ENDING, EVERYTHING, OPEN)))

VIEWS = {
    "legal-holds": ("registry", RegistryView(TITLE, "/holds", ROWS, ways=(NEW, ERASURES))),
    "legal-holds-none": ("registry", RegistryView(TITLE, "/holds", (), empty=EMPTY)),
    "legal-hold-new": ("form", ask_form()),
    "legal-hold-wrong": ("form", replace(ask_form(), errors=WRONG)),
    "legal-hold-waits": ("entry", _entry(ASKED, decide_form(ASKED))),
    "legal-hold-undecided": ("form", replace(decide_form(ENDING), errors=UNDECIDED)),
    "legal-hold-in-force": ("entry", _entry(IN_FORCE, release_form(IN_FORCE))),
    "legal-hold-ends": ("entry", _entry(ENDING, decide_form(ENDING))),
    "legal-hold-not-by-you": ("entry", _entry(IN_FORCE)),
}
