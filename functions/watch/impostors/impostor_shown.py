"""Fills the pages of impostors: the list, and one case with what was seen and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from urllib.parse import quote

from shared.accounts.registry import Person
from shared.accounts.rights import Right, may
from shared.impostors.case import Source, Step
from shared.impostors.places import WRITTEN_ON, place_of
from shared.pages.parts import FieldError, HistoryLine
from shared.pages.registry_views import (
    EntryView,
    Fact,
    FormView,
    RegistryRow,
    RegistryView,
    Way,
)
from shared.posts.localtime import moment_text
from watch.impostors.impostor_forms import ALL, STATES, case_forms
from watch.impostors.impostor_room import Shown

TITLE = "Accounts that could be taken for ours"
EMPTY = "None is known that somebody has to see to."
SOURCES: Mapping[Source, str] = {
    Source.SEARCH: "By searching the platform",
    Source.REVIEW: "In a review of followers",
    Source.BY_HAND: "Somebody told of it",
}
ERASED = "It was erased. That it was found, and what became of it, stays on record."
CAREFUL = (
    "Do not write to it, and do not open what it posts. Report it, and say here where and when. "
    "What it shows is kept sealed, and can be erased."
)
EVERYTHING = Way("/impostors?which=all", "All of them, closed ones too")
WAITING = Way("/impostors", "Those that somebody has to see to")
TELL = Way("/impostors/new", "Tell of one")
NAMES = Way("/impostors/accounts", "What is searched for, and the names that we keep")
ERASE = Way("/erasures/new", "Ask for what it shows to be erased")


def list_view(
    shown: Sequence[Shown], reader: Person, cursor: str | None, *, everything: bool
) -> RegistryView:
    """A part of the list."""
    tell = (TELL,) if may(reader, Right.TELL_IMPOSTORS).allowed else ()
    ways = (*tell, WAITING if everything else EVERYTHING, NAMES)
    address = EVERYTHING.address if everything else WAITING.address
    return RegistryView(TITLE, address, tuple(map(_row, shown)), cursor, ways, EMPTY)


def _row(shown: Shown) -> RegistryRow:
    case = shown.case
    tag, colour = STATES[case.state]
    where = place_of(case.platform).title
    hint = f"For {shown.account.title}. Since {moment_text(case.since)}."
    return RegistryRow(f"/impostors/{case.case_id}", f"{shown.title} on {where}", tag, colour, hint)


def case_view(
    shown: Shown,
    reader: Person,
    *,
    act: str = "",
    typed: Mapping[str, Sequence[str]] | None = None,
    errors: tuple[FieldError, ...] = (),
) -> EntryView:
    """One case, and what this person may say of it."""
    case, place = shown.case, place_of(shown.case.platform)
    forms = case_forms(case) if may(reader, Right.FOLLOW_IMPOSTORS).allowed else ()
    return EntryView(
        f"{shown.title} on {place.title}",
        *STATES[case.state],
        (
            Fact("Could be taken for", (shown.account.title, case.reason)),
            *_seen(shown),
            Fact("Found", (f"{SOURCES[case.source]}, {moment_text(case.found_at)}.",)),
            *_looked(shown),
            Fact("How to report it", (place.how, *_form_line(place.reported))),
            Fact("Record", (case.leaf,)),
        ),
        history=tuple(_history(shown)),
        forms=tuple(_again(form, act, typed or {}, errors) for form in forms),
        ways=tuple(_ways(shown, reader)),
        notice=CAREFUL if case.is_open else "",
    )


def _seen(shown: Shown) -> tuple[Fact, ...]:
    evidence = shown.evidence
    if evidence is None:
        return (Fact("What was seen", (ERASED,)),)
    facts = {
        "Name": (evidence.name,),
        "Address": (evidence.url,),
        "Says of itself": tuple(evidence.about.splitlines()),
        "Id there": (evidence.platform_id,),
        "Its picture": (evidence.picture, _digest_line(evidence.picture_sha256)),
        "Seen": (evidence.seen_at,),
    }
    told = ((name, tuple(filter(None, lines))) for name, lines in facts.items())
    return tuple(Fact(name, lines) for name, lines in told if lines)


def _looked(shown: Shown) -> tuple[Fact, ...]:
    case = shown.case
    if case.looked_at is None:
        return ()
    missed = f"It was not there on {moment_text(case.missed_at)}." if case.missed_at else ""
    found = case.fault or missed or "It was there."
    return (Fact("Looked at again", (f"{moment_text(case.looked_at)}. {found}",)),)


def _form_line(address: str) -> tuple[str, ...]:
    return (f"{address} (as it was on {WRITTEN_ON.isoformat()})",) if address else ()


def _digest_line(digest: str) -> str:
    return f"SHA-256 {digest}" if digest else ""


def _history(shown: Shown) -> Iterator[HistoryLine]:
    case = shown.case
    yield HistoryLine(case.found_at, shown.name(case.found_by), "Found it")
    for step in case.steps:
        said, on = STATES[step.state][0], f" on {step.on.isoformat()}" if step.on else ""
        yield HistoryLine(step.at, shown.name(step.by), f"{said}{on}", _details(step))


def _details(step: Step) -> str:
    """Somebody's own words, and where it was sent: what may be long has room there."""
    reference = f"Reference {step.reference}" if step.reference else ""
    return "\n".join(filter(None, (step.why, step.where, reference)))


def _ways(shown: Shown, reader: Person) -> Iterator[Way]:
    place, evidence = place_of(shown.case.platform), shown.evidence
    if place.reported and shown.case.is_open:
        yield Way(place.reported, f"{place.title}’s form")
    if evidence is not None and place.search and "{1}" not in place.search:
        words = quote(evidence.handle, safe="")
        yield Way(place.search.format(words, ""), f"Search {place.title} for it")
    if evidence is not None and may(reader, Right.ERASE).allowed:
        yield ERASE
    yield ALL


def _again(
    form: FormView,
    act: str,
    typed: Mapping[str, Sequence[str]],
    errors: tuple[FieldError, ...],
) -> FormView:
    """The form that was sent comes back with what was typed and what is wrong with it."""
    if not act or form.act != act:
        return form
    fields = tuple(
        replace(field, values=tuple(typed[field.name])) if field.name in typed else field
        for field in form.fields
    )
    return replace(form, fields=fields, errors=errors)
