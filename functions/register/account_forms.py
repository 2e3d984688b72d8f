"""The forms of an account: what is asked, and what of it stands in the registry already."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from register.entries import CHANGING, LISTS, OPENING, PARTS
from shared.accounts.cells import cells_of
from shared.accounts.checklist import ASKS
from shared.accounts.custody import READ_ONLY, Use
from shared.accounts.life import ACCOUNT_MAY_BECOME
from shared.accounts.registry import Account, AccountKind, ApprovalMode, Level
from shared.pages.registry_views import FieldView, FormView, Option, Way
from shared.posts.names import PlatformName

Sent = Mapping[str, Sequence[str]]

LABELS: dict[str, tuple[str, str, str]] = {
    # name: label, kind, hint
    "account_id": ("Short name", "line", "Lower-case letters, digits and hyphens; for ever."),
    "title": ("Title", "line", ""),
    "level": ("Level", "choice", ""),
    "kind": ("Who speaks", "choice", ""),
    "area": ("Area", "line", ""),
    "purpose": ("Purpose", "lines", ""),
    "audience": ("Audience", "lines", ""),
    "email": ("Mailbox of the team", "line", "The one allocated to them, never a personal one."),
    "handles": ("Names on platforms", "lines", "One a line: platform, name, address of service."),
    "owner": ("Owner", "line", "The short name of a person, such as p-officer."),
    "deputies": ("Deputies", "lines", "One a line."),
    "members": ("Members", "lines", "One a line."),
    "communications_manager": ("Communications manager", "line", "Every policing team has one."),
    "parent": ("Account above it", "line", "The short name of the level above."),
    "senior": ("Senior account", "checks", ""),
    "approval_mode": ("Approval", "choice", ""),
    "force_page": ("Page on the force website", "line", ""),
    "house_rules": ("Published house rules", "line", ""),
    "checklist": ("Seen on its page", "checks", ""),
    "reserved_names": ("Reserved names", "lines", "One a line: platform and name."),
    "rhythm_hours": ("Longest silence, in hours", "line", ""),
    "review_date": ("Looked at again on", "day", ""),
}
OPTIONS: dict[str, tuple[Option, ...]] = {
    "level": tuple(Option(each.value, each.value.capitalize()) for each in Level),
    "kind": tuple(
        Option(each.value, each.value.replace("_", " ").capitalize()) for each in AccountKind
    ),
    "approval_mode": tuple(Option(each.value, each.value.capitalize()) for each in ApprovalMode),
    "senior": (Option("yes", "Yes: it may speak first when something serious happens"),),
    "checklist": tuple(Option(item.value, words) for item, words in ASKS.items()),
}
STEPS = {"approved": "Approve", "active": "Activate", "suspended": "Suspend", "closed": "Close"}


def entry_form(account: Account | None, sent: Sent | None = None) -> FormView:
    """The whole entry: to ask for an account, or to change one."""
    names = CHANGING if account else OPENING
    held = _held(account) if account else {}
    values = {
        name: tuple(sent.get(name, ())) if sent is not None else held.get(name, ())
        for name in names
    }
    fields = tuple(_field(name, values[name]) for name in names)
    if account is None:
        back = Way("/registry", "Back to the accounts")
        return FormView(
            "Ask for an account", "/registry/accounts/new", "Ask for it", fields, back=back
        )
    address = f"/registry/accounts/{account.account_id}"
    back = Way(address, "Back to the account")
    title = f"Change {account.title}"
    return FormView(title, f"{address}/change", "Save", fields, back=back)


def entry_body(sent: Sent, account: Account | None) -> dict[str, Any]:
    """What the form holds, in the fields of the API."""
    return {name: _value(name, sent.get(name, ())) for name in (CHANGING if account else OPENING)}


def act_forms(account: Account) -> dict[str, FormView]:
    """What may be done with an account as it stands, by the act's name."""
    why = FieldView("why", "Why", "lines")
    steps = sorted(ACCOUNT_MAY_BECOME[account.status])
    choices = tuple(Option(step.value, STEPS[step.value]) for step in steps)
    platforms = tuple(Option(each.platform, each.platform) for each in account.handles)
    owner = FieldView("owner", "New owner", hint="The short name of a person, such as p-officer.")
    note = FieldView("note", "What you saw", "lines")
    forms = {
        "handover": FormView("Hand it over", "", "Hand it over", (owner, why)),
        "review": FormView(
            "Record that you looked at it",
            "",
            "Record it",
            (FieldView("again", "Look again on", "day", hint="Such as 2026-11-20."), note),
        ),
    }
    if choices:
        status = FieldView("status", "What happens", "choice", options=choices)
        forms["status"] = FormView("Approve, suspend, close", "", "Do it", (status, why))
    if platforms:
        seen = FieldView("on", "Seen on", "day", hint="Such as 2026-11-20.")
        where = FieldView("platform", "Where", "choice", options=platforms)
        forms["two-step"] = FormView("Record two-step verification", "", "Record it", (where, seen))
    address = f"/registry/accounts/{account.account_id}"
    back = Way(address, "Back to the account")
    return {
        name: replace(form, act=name, address=address, back=back)
        for name, form in sorted(forms.items())
    }


def keep_open_form(account: Account) -> FormView:
    """Why an account that is silent is kept open."""
    address = f"/registry/accounts/{account.account_id}"
    return FormView(
        f"Keep {account.title} open",
        f"{address}/keep-open",
        "Keep it open",
        (FieldView("why", "Why", "lines"),),
        sentence="Its silence is counted anew from now on.",
        back=Way(address, "Back to the account"),
    )


USES = (
    Option(Use.PUBLISH.value, "Publish"),
    Option(Use.READ.value, "Read only: made on the platform without any right to write"),
)


def _keys_fields(platform: PlatformName) -> tuple[FieldView, ...]:
    """Secrets stand side by side, or a browser takes the form for two."""
    use = FieldView("use", "What they are for", "choice", (USES[0].value,), options=USES)
    return (
        *([use] if platform in READ_ONLY else []),
        FieldView("identifier", "Signs in as"),
        FieldView(
            "client_id",
            "Application, if one signs in",
            hint="Its client ID, where a platform wants one: X, LinkedIn, Viva Engage.",
        ),
        FieldView(
            "token_url",
            "Where its tokens are renewed",
            hint="Viva Engage only: the https address of the force’s Entra ID.",
        ),
        FieldView(
            "ends_on",
            "Ends on, if the platform says",
            "day",
            hint="Such as 2027-11-20; empty if it named no day.",
        ),
        FieldView("password", "Password or token", "secret", hint="12 characters at least."),
        FieldView("client_secret", "Application’s secret", "secret"),
    )


def keys_form(account: Account, platform: PlatformName) -> FormView:
    """What an account signs in with: goes in, and never comes out. Nothing typed is shown again."""
    address = f"/registry/accounts/{account.account_id}"
    return FormView(
        f"Keys of {account.title} on {platform}",
        f"{address}/credentials/{platform}",
        "Keep them",
        _keys_fields(platform),
        sentence="Change them on the platform first, then here. Nobody can read them back, not "
        "even you: only publishing uses them, and of those that only read, watching.",
        back=Way(address, "Back to the account"),
    )


def filled(form: FormView, sent: Sent) -> FormView:
    """A form with what was typed into it, but for secrets."""
    fields = tuple(
        field if field.kind == "secret" else replace(field, values=tuple(sent.get(field.name, ())))
        for field in form.fields
    )
    return replace(form, fields=fields)


def _held(account: Account) -> dict[str, tuple[str, ...]]:
    several = LISTS | PARTS.keys()
    return {
        name: tuple(cell.split("; ")) if name in several and cell else (cell,) if cell else ()
        for name, cell in cells_of(account).items()
    }


def _field(name: str, values: tuple[str, ...]) -> FieldView:
    label, kind, hint = LABELS[name]
    return FieldView(name, label, kind, values, hint, OPTIONS.get(name, ()))


def _value(name: str, values: Sequence[str]) -> Any:
    if name == "senior":
        return "yes" in values
    if name == "checklist":
        return list(values)
    text = values[0] if values else ""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if name in PARTS:
        return [_parts(PARTS[name], line.split()) for line in lines]
    return lines if name in LISTS else " ".join(lines)


def _parts(names: tuple[str, ...], words: list[str]) -> dict[str, str]:
    return dict(zip(names, words, strict=True)) if len(names) == len(words) else {}
