"""The names of what can happen to the registry, in past tense, as they stand in the record log."""

from enum import StrEnum

from shared.accounts.registry import AccountStatus, PersonStatus
from shared.accounts.silence import Step


class Happened(StrEnum):
    """Types of leaves that speak of accounts, people and critical incidents."""

    PERSON_ENTERED = "person.entered"
    SIGNED_IN = "person.signed_in"
    SIGNED_OUT = "person.signed_out"
    REVERIFIED = "person.reverified"
    PERSON_CHANGED = "person.changed"
    TRAINED = "person.trained"
    TRAINING_DUE_TOLD = "person.training_due_told"
    POLICY_ACCEPTED = "person.policy_accepted"
    LEAVE_PLANNED = "person.leave_planned"
    DELEGATED = "person.delegated"
    DELEGATION_ENDED = "person.delegation_ended"
    AWAY = "person.away"
    SUSPENDED = "person.suspended"
    LEFT = "person.left"
    BACK = "person.back"
    ACCOUNT_ENTERED = "account.entered"
    ACCOUNT_REQUESTED = "account.requested"
    ACCOUNT_APPROVED = "account.approved"
    ACCOUNT_ACTIVATED = "account.activated"
    ACCOUNT_SUSPENDED = "account.suspended"
    ACCOUNT_CLOSED = "account.closed"
    ACCOUNT_CHANGED = "account.changed"
    HANDED_OVER = "account.handed_over"
    TWO_STEP_SEEN = "account.two_step_seen"
    ACCOUNT_REVIEWED = "account.reviewed"
    TWO_STEP_DUE_TOLD = "account.two_step_due_told"
    REVIEW_DUE_TOLD = "account.review_due_told"
    MAILBOX_ALLOTTED = "account.mailbox_allotted"
    SILENCE_NOTICED = "inactivity.noticed"
    SILENT_OWNER_TOLD = "inactivity.owner_told"
    SILENT_ABOVE_TOLD = "inactivity.above_told"
    SILENT_CENTRE_TOLD = "inactivity.centre_told"
    CLOSURE_PROPOSED = "inactivity.closure_proposed"
    SPOKE_AGAIN = "inactivity.spoke_again"
    KEPT_OPEN = "inactivity.kept_open"
    MORNING_TOLD = "morning.told"
    WITHOUT_COVER = "account.without_cover"
    KEYS_BEGUN = "credential.setting_begun"
    KEYS_SET = "credential.set"
    ROTATION_FORCED = "credential.rotation_forced"
    KEYS_CHECKED = "credential.checked"
    KEYS_END_TOLD = "credential.end_told"
    KEYS_POST_TOLD = "credential.post_at_risk_told"
    LIMITS_TOLD = "server.limits_told"
    LIMITS_UNTOLD = "server.limits_not_told"
    IMPORT_BEGUN = "accounts.import_begun"
    ACCOUNT_IMPORTED = "account.imported"
    IMPORT_FINISHED = "accounts.import_finished"
    INCIDENT_DECLARED = "incident.declared"
    INCIDENT_EXEMPTED = "incident.exempted"
    INCIDENT_STOOD_DOWN = "incident.stood_down"
    INCIDENT_TOLD = "incident.told"


BECAME: dict[PersonStatus, Happened] = {
    PersonStatus.ACTIVE: Happened.BACK,
    PersonStatus.AWAY: Happened.AWAY,
    PersonStatus.SUSPENDED: Happened.SUSPENDED,
    PersonStatus.LEFT: Happened.LEFT,
}
"""What it is called when somebody becomes this."""


ACCOUNT_BECAME: dict[AccountStatus, Happened] = {
    AccountStatus.APPROVED: Happened.ACCOUNT_APPROVED,
    AccountStatus.ACTIVE: Happened.ACCOUNT_ACTIVATED,
    AccountStatus.SUSPENDED: Happened.ACCOUNT_SUSPENDED,
    AccountStatus.CLOSED: Happened.ACCOUNT_CLOSED,
}
"""What it is called when an account becomes this."""


SILENT_TOLD: dict[Step, Happened] = {
    Step.OWNER: Happened.SILENT_OWNER_TOLD,
    Step.ABOVE: Happened.SILENT_ABOVE_TOLD,
    Step.CENTRE: Happened.SILENT_CENTRE_TOLD,
    Step.CLOSURE: Happened.CLOSURE_PROPOSED,
}
"""What each step of the ladder is called in the record."""


def account_subject(account_id: str) -> str:
    """How leaves name an account."""
    return f"account:{account_id}"


def person_subject(person_id: str) -> str:
    """How leaves name a person: by id, never by name."""
    return f"person:{person_id}"


def target_subject(account_id: str, platform: str) -> str:
    """How leaves name an account on one platform."""
    return f"{account_subject(account_id)}/{platform}"


def server_subject(name: str) -> str:
    """How leaves name a server of a platform."""
    return f"server:{name}"


def incident_subject(incident_id: str) -> str:
    """How leaves name a critical incident."""
    return f"incident:{incident_id}"
