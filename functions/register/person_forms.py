"""The forms of a person: particulars, and what may be recorded about them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from register.person_acts import KEPT
from shared.accounts.life import PERSON_MAY_BECOME
from shared.accounts.registry import Person, Role
from shared.accounts.rights import Right, may
from shared.accounts.training import Topic
from shared.pages.registry_views import FieldView, FormView, Option, Way

Sent = Mapping[str, Sequence[str]]

ROLES = tuple(Option(role.value, role.value.replace("_", " ").capitalize()) for role in Role)
TOPICS = tuple(Option(topic.value, topic.value.replace("_", " ").capitalize()) for topic in Topic)
STANDINGS = {
    "active": "Give access back, or mark as back",
    "away": "Mark as away",
    "suspended": "Suspend",
    "left": "Has left the force",
}
LABELS = {
    "name": ("Name", "Rank or title first, as people know them."),
    "rank": ("Rank or title", ""),
    "email": ("Work e-mail", "At the force’s own domain."),
    "mobile": ("Mobile number", "Such as +447700900123; only the centre sees it."),
    "duty": ("Place in the rota of approvers", "0 is asked first; empty is nobody."),
}
SENIOR = (Option("yes", "May decide what a grave rule found"),)
DAY = "Such as 2026-11-20."


def entry_form(person: Person | None, sent: Sent | None = None) -> FormView:
    """Particulars: of somebody new, or to change."""
    held = _held(person) if person else {}
    values = {
        name: tuple(sent.get(name, ())) if sent is not None else held.get(name, ()) for name in KEPT
    }
    fields = tuple(_entry_field(name, values[name]) for name in KEPT)
    if person is None:
        back = Way("/registry/people", "Back to the people")
        return FormView("Enter somebody", "/registry/people/new", "Enter them", fields, back=back)
    address = f"/registry/people/{person.person_id}"
    back = Way(address, "Back to the entry")
    return FormView("Change an entry", f"{address}/change", "Save", fields, back=back)


def _entry_field(name: str, values: tuple[str, ...]) -> FieldView:
    if name == "role":
        return FieldView(name, "Role", "choice", values, options=ROLES)
    if name == "senior":
        return FieldView(name, "Senior approver", "checks", values, options=SENIOR)
    return FieldView(name, LABELS[name][0], "line", values, LABELS[name][1])


def entry_body(sent: Sent) -> dict[str, Any]:
    """What the form holds, in the fields of the API."""
    body: dict[str, Any] = {name: next(iter(sent.get(name, ())), "").strip() for name in KEPT}
    return body | {"senior": body["senior"] == "yes"}


def act_forms(person: Person) -> dict[str, FormView]:
    """What may be recorded about somebody as they stand, by the act's name."""
    forms = {
        "acceptance": FormView(
            "Accept the policy", "", "Accept it", (FieldView("version", "Version of the policy"),)
        ),
        "leave": FormView(
            "Plan leave",
            "",
            "Plan it",
            (
                FieldView("first_day", "First day", "day", hint=DAY),
                FieldView("last_day", "Last day", "day", hint=DAY),
                FieldView("cover", "Who covers", hint="The short name of a person; may be empty."),
            ),
        ),
        "status": _standing_form(person),
        "training": FormView(
            "Record training",
            "",
            "Record it",
            (
                FieldView("topic", "Topic", "choice", options=TOPICS),
                FieldView("on", "Taught on", "day", hint=DAY),
            ),
        ),
    }
    if may(person, Right.APPROVE).allowed:
        forms |= _delegation_forms(person)
    address = f"/registry/people/{person.person_id}"
    back = Way(address, "Back to the entry")
    return {
        name: replace(form, act=name, address=address, back=back) for name, form in forms.items()
    }


def _delegation_forms(person: Person) -> dict[str, FormView]:
    forms = {
        "delegation": FormView(
            "Hand your approvals over",
            "",
            "Hand them over",
            (
                FieldView("to", "Who is asked instead", hint="The short name of an approver."),
                FieldView("first_day", "First day", "day", hint=DAY),
                FieldView("last_day", "Last day", "day", hint=DAY),
                FieldView("why", "Why"),
            ),
        )
    }
    if person.delegations:
        options = tuple(
            Option(each.first_day.isoformat(), f"{each.first_day} to {each.last_day}: {each.to}")
            for each in person.delegations
        )
        forms["delegation-end"] = FormView(
            "Take your approvals back",
            "",
            "Take them back",
            (FieldView("first_day", "Which days", "choice", options=options),),
            sentence="From now on you are asked yourself again.",
        )
    return forms


def _standing_form(person: Person) -> FormView:
    steps = sorted(PERSON_MAY_BECOME[person.status])
    choices = tuple(Option(step.value, STANDINGS[step.value]) for step in steps)
    return FormView(
        "Take access away, or give it back",
        "",
        "Do it",
        (
            FieldView("status", "What happens", "choice", options=choices),
            FieldView("why", "Why", "lines"),
        ),
        sentence="It is felt at their very next request, on every device and every link.",
    )


def leavers_form() -> FormView:
    """The leaver file of human resources, pasted as it is."""
    how = (Option("try", "Only tell what would happen"), Option("do", "Take their access away"))
    return FormView(
        "Leavers",
        "/registry/leavers",
        "Read it",
        (
            FieldView(
                "csv", "The file’s lines", "lines", hint="With the columns email and last_day."
            ),
            FieldView("how", "What to do", "choice", ("try",), options=how),
        ),
        back=Way("/registry/people", "Back to the people"),
    )


def _held(person: Person) -> dict[str, tuple[str, ...]]:
    found = {name: getattr(person, name) for name in KEPT} | {
        "role": person.role.value,
        "senior": "yes" if person.senior else None,
    }
    return {name: () if value is None else (str(value),) for name, value in found.items()}
