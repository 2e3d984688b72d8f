"""One filled view of every face of the pages of incidents and held posts, made by their room."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from moderate.held_shown import hold_view, row_of
from moderate.incident_forms import act_forms, confirm_form, declare_form, with_errors
from moderate.incident_shown import incident_view
from moderate.incident_shown import row_of as incident_row
from moderate.review_held import HeldCase
from moderate.scene import InFlight, Scene
from moderate.sitrep import Sitrep
from shared.accounts.incident import NO_INCIDENTS, Event, Scope, Telling
from shared.accounts.registry import Level, Role
from shared.pages.incident_views import HeldView, IncidentsView
from shared.pages.parts import FieldError
from shared.pages.views import View
from shared.policy.pack import bundled
from shared.posts.life import State
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.hold import Why, new_hold
from shared.records.stopped import Stop
from tests.builders import a_person, a_picture, a_post, an_account, an_incident

NOW = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)
COMMS = a_person("p-comms", name="Dilys Penhale", role=Role.COMMS, senior=True)
LPT = an_account("moorlands-cmdr", level=Level.LPT, title="Moorlands Commander", area="Moorlands")
TEAM = an_account("leek-npt", title="Leek Neighbourhood Team")
ACCOUNTS = {account.account_id: account for account in (LPT, TEAM)}
TITLES = {account.account_id: account.title for account in (LPT, TEAM)}
NAMES = {COMMS.person_id: COMMS.name, PersonId("pc-okafor"): "PC Chidi Okafor"}
FINDING = {
    "rule": "joke",
    "severity": "advise",
    "start": 0,
    "end": 3,
    "message": "This may read as a joke.",
    "suggestion": "Say it plainly.",
    "source": "N04",
}
POST = a_post(
    "The road is open  again. See https://www.moorshire.police.example/leek",
    account=AccountId("leek-npt"),
    media=(a_picture(),),
    state=State.HELD,
    submitted_at=NOW,
    not_before=LATER,
    findings=(FINDING,),
)
INCIDENT = an_incident(
    scope=Scope.AREA,
    area="Moorlands",
    lpt=LPT.account_id,
    why="Disorder in  the town.\nMore to follow.",
    declared_by=COMMS.person_id,
    declared_at=NOW,
    exempt=frozenset({TEAM.account_id}),
    tellings=(
        Telling(Event.DECLARED, NOW, LATER, LATER, 12, (PersonId("pc-okafor"),)),
        Telling(Event.STOOD_DOWN, None, None, LATER, 0),
    ),
)
OVER = replace(
    INCIDENT,
    drill=True,
    stood_down_by=COMMS.person_id,
    stood_down_at=LATER,
    stood_down_why="All quiet.",
)
HOLD = new_hold(
    POST,
    Why.INCIDENT,
    at=LATER,
    ends_at=LATER + timedelta(days=30),
    task_token="",
    incident=INCIDENT.incident_id,
    partly=True,
)
CASE = HeldCase(POST, HOLD, TEAM, a_person(), None, NO_INCIDENTS)
LATE = replace(CASE, hold=replace(HOLD, why=Why.LATE, partly=False))
FOUND = Sitrep(
    INCIDENT,
    ACCOUNTS,
    blocked=(Stop(replace(POST, state=State.BLOCKED), None),),
    held=(Stop(POST, HOLD),),
    reviewed=(),
    queued=(replace(POST, state=State.AWAITING_APPROVAL),),
    scene=Scene(NOW, (InFlight(POST.post_id, 1, PlatformName("sandbox")),)),
)
WRONG = (
    FieldError("reach", "Choose for whom it is declared."),
    FieldError("why", "Say why, in a line; whoever is asked later has only this."),
)
SENT = {"reach": ["force"], "why": ["Disorder."], "drill": ["yes"]}
PACK = bundled(NOW.date())
FORM = declare_form(ACCOUNTS.values(), COMMS)
ROWS = tuple(incident_row(each, NAMES) for each in (INCIDENT, OVER, replace(OVER, drill=False)))

VIEWS: dict[str, tuple[str, View]] = {
    "incidents": ("incidents", IncidentsView(ROWS, "a+b/c=", may_declare=True)),
    "incidents-none": ("incidents", IncidentsView(())),
    "incident-lasts": (
        "incident",
        incident_view(
            INCIDENT, NAMES, TITLES, in_full=True, found=FOUND, forms=act_forms(INCIDENT)
        ),
    ),
    "incident-for-everybody": (
        "incident",
        incident_view(INCIDENT, NAMES, TITLES, in_full=False, found=None),
    ),
    "drill-over": ("incident", incident_view(OVER, NAMES, TITLES, in_full=True, found=FOUND)),
    "incident-declare": ("form", FORM),
    "incident-declare-wrong": ("form", with_errors(FORM, SENT, WRONG)),
    "incident-confirm": ("form", confirm_form(OVER, 1, 12, SENT)),
    "held": (
        "held",
        HeldView((row_of(CASE, COMMS), row_of(LATE, a_person("pc-else"))), "a+b/c="),
    ),
    "held-none": ("held", HeldView(())),
    "hold": ("hold", hold_view(CASE, COMMS, PACK)),
    "hold-wrong": (
        "hold",
        hold_view(
            LATE,
            COMMS,
            PACK,
            typed={"decision": ("return",), "reason": ("",)},
            errors=(FieldError("reason", "Say what has to change; the author gets your words."),),
        ),
    ),
    "hold-not-yours": ("hold", hold_view(CASE, a_person(), PACK)),
}
