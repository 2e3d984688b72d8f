"""One filled view of every face of the registry's pages, made by the room that fills them."""

from dataclasses import replace
from datetime import UTC, date, datetime

from register import account_forms, person_forms, shown, shown_people, shown_silent
from register.leavers import Named, Outcome
from shared.accounts.custody import Check, Custody
from shared.accounts.registry import (
    AccountStatus,
    ClosureProposed,
    Leave,
    PersonStatus,
    Role,
    StatusChange,
)
from shared.pages.parts import FieldError
from shared.pages.registry_views import GenuineName, GenuineRow, GenuineView, RegistryView
from shared.pages.views import View
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import a_person, an_account

NOW = datetime(2026, 11, 21, 13, 5, tzinfo=UTC)
TODAY = NOW.date()
SANDBOX = PlatformName("sandbox")
STEP = StatusChange(AccountStatus.ACTIVE, NOW, "p-registrar", "Trained,  and checked.")
ACCOUNT = replace(an_account(), history=(STEP,), purpose="Tells people what their team does.")
SILENT = replace(ACCOUNT, closure_proposed=ClosureProposed(NOW, NOW.replace(month=9)))
PERSON = replace(
    a_person(),
    leave=(Leave(date(2026, 12, 1), date(2026, 12, 9), PersonId("p-pcso")),),
    history=(StatusChange(PersonStatus.AWAY, NOW, "p-registrar", "Sick."),),
)
CUSTODY = Custody(
    AccountId("riverside"),
    SANDBOX,
    frozenset({PERSON.person_id}),
    PERSON.person_id,
    date(2026, 11, 1),
    set_at=NOW,
    check=Check.GOOD,
)
KNOWN = {PERSON.person_id: PERSON}
WRONG = (
    FieldError("email", "Personal e-mail is not allowed; use an address of the force."),
    FieldError("level", "Say which level: corporate, lpt, neighbourhood."),
    FieldError("", "Somebody else changed it meanwhile; reload and look again."),
)
GENUINE = GenuineRow(
    "Leek Neighbourhood Team",
    "Leek",
    "Tells the people of Leek what their neighbourhood team does.",
    "https://www.moorshire.police.example/leek",
    (GenuineName(SANDBOX, "@leek-npt"), GenuineName(PlatformName("bluesky"), "leek-npt.test")),
)
LEFT = Outcome(
    (Named(2, PERSON.person_id, date(2026, 11, 1)),), (), (), 12, (AccountId("riverside"),)
)
KEEPER = replace(PERSON, role=Role.REGISTRAR)

VIEWS: dict[str, tuple[str, View]] = {
    "registry": ("registry", shown.accounts_view((ACCOUNT, ACCOUNT), "a+b/c=", KEEPER)),
    "registry-none": ("registry", RegistryView("Accounts", "/registry", ())),
    "registry-people": ("registry", shown_people.people_view((PERSON,), "next", KEEPER, TODAY)),
    "registry-keys": ("registry", shown.keys_view((CUSTODY,), KNOWN, TODAY)),
    "registry-silent": ("registry", shown_silent.silent_view((SILENT,))),
    "entry-account": (
        "entry",
        shown.account_view(
            SILENT,
            {},
            custodies=(CUSTODY,),
            known=KNOWN,
            now=NOW,
            forms=tuple(account_forms.act_forms(ACCOUNT).values()),
            ways=(),
        ),
    ),
    "entry-person": (
        "entry",
        shown_people.person_view(
            PERSON, TODAY, tuple(person_forms.act_forms(PERSON).values()), (), names=True
        ),
    ),
    "entry-leavers": ("entry", shown_people.leavers_view(LEFT, dry_run=True)),
    "form-account": ("form", account_forms.entry_form(ACCOUNT)),
    "form-account-wrong": ("form", replace(account_forms.entry_form(None), errors=WRONG)),
    "form-person": ("form", person_forms.entry_form(None)),
    "form-keys": ("form", account_forms.keys_form(ACCOUNT, SANDBOX)),
    "form-leavers": ("form", person_forms.leavers_form()),
    "genuine": ("genuine", GenuineView((GENUINE,), "next")),
    "genuine-yes": ("genuine", GenuineView((GENUINE,), asked="@leek-npt", verdict="genuine")),
    "genuine-alike": ("genuine", GenuineView((GENUINE,), asked="@leek-n\u0440t", verdict="alike")),
    "genuine-no": ("genuine", GenuineView((), asked="@nobody", verdict="unknown")),
}
