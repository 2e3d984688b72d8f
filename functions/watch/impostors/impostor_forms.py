"""The forms of impostors: telling of one, and what becomes of a case; and what comes back."""

from collections.abc import Mapping, Sequence
from datetime import date

from shared.impostors.case import MAY_FOLLOW, SENT, Case, CaseState
from shared.impostors.errors import InvalidCaseError
from shared.impostors.places import PLACES, place_of
from shared.pages.forms import Fields, first, lines
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.posts.names import PlatformName
from watch.impostors.follow_case import DECISIONS, OUTCOMES, Report
from watch.impostors.tell_impostor import Telling

DECIDE, REPORT, OUTCOME = "decide", "report", "outcome"
ALL = Way("/impostors", "Accounts that could be taken for ours")
STATES: Mapping[CaseState, tuple[str, str]] = {
    CaseState.FOUND: ("To be looked at", "yellow"),
    CaseState.FALSE_ALARM: ("No impostor", "grey"),
    CaseState.IMPOSTOR: ("Impostor", "red"),
    CaseState.REPORTED: ("Reported", "blue"),
    CaseState.REFUSED: ("Refused", "orange"),
    CaseState.APPEALED: ("Appealed", "blue"),
    CaseState.REMOVED: ("Gone", "green"),
    CaseState.ACCEPTED: ("Accepted", "grey"),
}
CHOICES: Mapping[CaseState, str] = {
    CaseState.IMPOSTOR: "It is none of ours and pretends to be: an impostor",
    CaseState.FALSE_ALARM: "It is no impostor: ours, a partner’s, or plainly somebody else",
    CaseState.REMOVED: "It is gone, or does not pretend any more",
    CaseState.REFUSED: "The platform lets it stand",
    CaseState.ACCEPTED: "Nothing more is done: we accept the risk that is left",
}
NOBODY_NAMED = "Name nobody here: this stays on record."
WHY_HINT = f"Needed for all but an impostor, and where it is gone. {NOBODY_NAMED}"
SEALED_HINT = "It is kept sealed, and can be erased."
WHERE_HINT = "The address of the platform’s form, or who was told."
REAL_DATE = "Enter a real date, like 2027-02-19."
TOO_LONG = "Say it in {0:,} characters."
NO_ACCOUNT = "Name the account of ours by its short name, such as leek-npt."
CHOOSE = "Choose what it is."
TELL = (
    "Somebody looks at it, reports it to the platform, and follows it until it is gone. Do not "
    "write to it, and do not open links that it posts."
)
LONGEST: Mapping[str, int] = {
    "why": 500,
    "where": 500,
    "reference": 200,
    "handle": 253,
    "name": 200,
    "url": 2_000,
    "about": 2_000,
}
TYPED = ("account", "platform", "handle", "url", "name", "about")


def tell_form(typed: Fields, errors: tuple[FieldError, ...] = ()) -> FormView:
    """The form to tell of one."""
    platforms = tuple(Option(name, place.title) for name, place in PLACES.items())
    fields = (
        FieldView("account", "Which account of ours?", hint="Its short name, such as leek-npt."),
        FieldView("platform", "Where is it?", "choice", options=platforms),
        FieldView("handle", "What is it called there?", hint="Its handle, such as @name."),
        FieldView("url", "Its address", hint="From https:// on, if you have it."),
        FieldView("name", "The name it shows", hint=SEALED_HINT),
        FieldView("about", "What it says of itself", "lines", hint=SEALED_HINT),
    )
    filled = tuple(_filled(each, typed) for each in fields)
    title = "Tell of an account that could be taken for ours"
    return FormView(
        title, "/impostors/new", "Tell of it", filled, sentence=TELL, errors=errors, back=ALL
    )


def case_forms(case: Case) -> tuple[FormView, ...]:
    """What may become of it now, the likeliest first."""
    address, may_be = f"/impostors/{case.case_id}", MAY_FOLLOW[case.state]
    why = FieldView("why", "Why?", "lines", hint=WHY_HINT)
    forms = []
    if SENT & may_be:
        forms.append(_report_form(case, address))
    for act, title, states in (
        (DECIDE, "Say what it is", DECISIONS),
        (OUTCOME, "Say what came of it", OUTCOMES),
    ):
        options = tuple(Option(each.value, CHOICES[each]) for each in states if each in may_be)
        if options:
            choice = FieldView("state", "What is it?", "choice", options=options)
            forms.append(FormView(title, address, "Keep this", (choice, why), act=act))
    return tuple(forms)


def _report_form(case: Case, address: str) -> FormView:
    place = place_of(case.platform)
    fields = (
        FieldView("where", "Where did you report it?", values=(place.reported,), hint=WHERE_HINT),
        FieldView("on", "On which day?", "day"),
        FieldView("reference", "The platform’s reference", hint="If it gave you one."),
    )
    appeals = CaseState.APPEALED in MAY_FOLLOW[case.state]
    title = "I appealed to the platform" if appeals else "I reported it to the platform"
    return FormView(title, address, "Keep this", fields, act=REPORT, sentence=place.how)


def telling_sent(sent: Fields) -> Telling:
    """What somebody tells of; InvalidCaseError."""
    texts = {name: _typed(sent, name).strip() for name in ("handle", "url", "name", "about")}
    return Telling(PlatformName(first(sent, "platform")), **texts)


def decision_sent(sent: Fields, states: Sequence[CaseState]) -> tuple[CaseState, str]:
    """What was chosen, and why; InvalidCaseError."""
    chosen, why = first(sent, "state"), _typed(sent, "why")
    if chosen not in {each.value for each in states}:
        raise InvalidCaseError("state", CHOOSE)
    return CaseState(chosen), why


def report_sent(sent: Fields) -> Report:
    """What was sent to the platform; InvalidCaseError."""
    return Report(_typed(sent, "where"), day_sent(sent, "on"), _typed(sent, "reference"))


def day_sent(sent: Fields, name: str) -> date | None:
    """A day that was typed, None where none was; InvalidCaseError."""
    typed = first(sent, name).strip()
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise InvalidCaseError(name, REAL_DATE) from error


def _typed(sent: Fields, name: str) -> str:
    text = lines(first(sent, name))
    if len(text) > LONGEST[name]:
        raise InvalidCaseError(name, TOO_LONG.format(LONGEST[name]))
    return text


def _filled(field: FieldView, typed: Fields) -> FieldView:
    values = tuple(typed.get(field.name, ()))
    return FieldView(field.name, field.label, field.kind, values, field.hint, field.options)
