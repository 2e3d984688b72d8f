"""The forms of incidents, field by field: declaring in two steps, exempting, standing down.

Nothing is chosen beforehand: a form that comes back as it was served has declared nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from moderate.declare_incident import Declaration
from moderate.incident_errors import WrongFieldError
from moderate.incident_shapes import LONGEST_WHY, MOST_EXEMPT
from shared.accounts.incident import Incident, Scope
from shared.accounts.incident_rights import may_declare
from shared.accounts.registry import Account, AccountStatus, Level, Person
from shared.pages.forms import first
from shared.pages.incident_views import concerns
from shared.pages.parts import FieldError
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.posts.names import AccountId

Sent = Mapping[str, Sequence[str]]

FORCE = "force"
YES = "yes"
ALL = Way("/incidents", "Back to the incidents")


def declare_form(accounts: Iterable[Account], by: Person, why: str = "") -> FormView:
    """The first step: what is to be declared, for the areas that are open to this person, with
    the reason that a link brought along."""
    areas = tuple(
        Option(a.account_id, f"{a.area}: {a.title} and the teams below it")
        for a in accounts
        if a.level is Level.LPT
        and a.status is not AccountStatus.CLOSED
        and may_declare(by, Scope.AREA, a).allowed
    )
    force = (Option(FORCE, "The whole force"),)
    reach = areas + (force if may_declare(by, Scope.FORCE, None).allowed else ())
    drill = (Option(YES, "It is a drill: only posts for the sandbox alone are held"),)
    return FormView(
        "Declare a critical incident",
        "/incidents/new",
        "Go on",
        (
            FieldView("reach", "For whom", "choice", options=reach),
            FieldView(
                "why",
                "Why",
                "lines",
                (why,) if why else (),
                hint="Read by the centre, those who audit, and the commander of the area.",
            ),
            FieldView(
                "exempt",
                "Accounts that go on speaking",
                "lines",
                hint="Short names, one a line. The force’s own accounts and commanders do anyway.",
            ),
            FieldView("drill", "Drill", "checks", options=drill),
        ),
        sentence="It is in force at once. You are asked once more before it is declared.",
        back=ALL,
    )


def confirm_form(incident: Incident, reached: int, waiting: int, sent: Sent) -> FormView:
    """The second step: what it will do, and a question that nothing answers by default."""
    kept = ("reach", "why", "exempt", "drill")
    what = "This drill" if incident.drill else "This"
    yes = Option(YES, f"Declare it for {concerns(incident)}, now")
    return FormView(
        "Declare the drill?" if incident.drill else "Declare the critical incident?",
        "/incidents/new",
        "Send",
        (
            *(FieldView(name, name, "hidden", _all(sent, name)) for name in kept),
            FieldView("asked", "asked", "hidden", (YES,)),
            FieldView("confirm", "Are you sure?", "choice", options=(yes,)),
        ),
        sentence=f"{what} keeps {_many(reached, 'account')} of {concerns(incident)} quiet at once, "
        f"holds {_many(waiting, 'post')} under way, and writes to everybody it concerns.",
        back=ALL,
    )


def act_forms(incident: Incident) -> tuple[FormView, ...]:
    """What the centre may do while it lasts."""
    address = f"/incidents/{incident.incident_id}"
    over = (Option(YES, "Stand it down, now"),)
    why = FieldView("why", "Why", "lines")
    spared = ("\n".join(sorted(incident.exempt)),) if incident.exempt else ()
    return (
        FormView(
            "Stand it down",
            address,
            "Send",
            (why, FieldView("confirm", "Are you sure?", "choice", options=over)),
            act="stand-down",
            sentence="Nothing goes out by itself: what was held waits for a review, one by one.",
            back=Way(address, "Back to the incident"),
        ),
        FormView(
            "Say which accounts go on speaking",
            address,
            "Save",
            (
                FieldView("exempt", "Accounts", "lines", spared, "Short names, one a line."),
                why,
            ),
            act="exempt",
            back=Way(address, "Back to the incident"),
        ),
    )


def with_errors(form: FormView, sent: Sent, errors: tuple[FieldError, ...]) -> FormView:
    """The form as it was sent, with what is wrong."""
    fields = tuple(
        replace(field, values=_all(sent, field.name) or field.values) for field in form.fields
    )
    return replace(form, fields=fields, errors=errors)


def declaration_of(sent: Sent) -> Declaration:
    """What the form holds; WrongFieldError where nothing was chosen."""
    reach = first(sent, "reach")
    if not reach:
        raise WrongFieldError("reach", "Choose for whom it is declared.")
    return Declaration(
        Scope.FORCE if reach == FORCE else Scope.AREA,
        why_of(sent),
        None if reach == FORCE else AccountId(reach),
        exempt=accounts_of(sent),
        drill=first(sent, "drill") == YES,
    )


def was_asked(sent: Sent) -> bool:
    """Whether this is the second step, with its question."""
    return first(sent, "asked") == YES


def check_confirmed(sent: Sent) -> None:
    """WrongFieldError unless the question was answered."""
    if first(sent, "confirm") != YES:
        raise WrongFieldError("confirm", "Choose, or leave this page.")


def why_of(sent: Sent) -> str:
    """The reason typed; WrongFieldError for one that is too long."""
    why = first(sent, "why").replace("\r\n", "\n").strip()
    if len(why) > LONGEST_WHY:
        raise WrongFieldError("why", f"Say it in {LONGEST_WHY:,} characters.")
    return why


def accounts_of(sent: Sent) -> tuple[AccountId, ...]:
    """The accounts typed, one a line."""
    lines = [line.strip() for line in first(sent, "exempt").splitlines()]
    named = tuple(dict.fromkeys(AccountId(line) for line in lines if line))
    if len(named) > MOST_EXEMPT:
        raise WrongFieldError("exempt", f"Name {MOST_EXEMPT} accounts at most.")
    return named


def _all(sent: Sent, name: str) -> tuple[str, ...]:
    return tuple(sent.get(name, ()))


def _many(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
