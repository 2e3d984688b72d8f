"""Consents are recorded, countersigned by a second person, and taken back; each is on record.

Nothing here says who is shown: a form is named by where it lies, a member of staff by their id.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from compose.picture_errors import ConsentError, InvalidOriginError, NotTheirsError
from shared.accounts.registry import Person
from shared.posts.consents import (
    Consent,
    ConsentKind,
    ConsentState,
    Withdrawal,
    consent_subject,
    is_inspector_or_above,
    staff_consent_id,
)
from shared.posts.localtime import LONDON
from shared.posts.names import ConsentId
from shared.posts.pictures import PictureHappened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.consents import Consents
from shared.records.errors import AlreadyExistsError

OLDEST = timedelta(days=365)
STAFF_PURPOSE = "To be shown as a member of the force."


@dataclass(frozen=True)
class Form:
    """A signed form as it is told: where it lies, when it was signed, and what for."""

    reference: str
    purpose: str
    given_on: date
    guardian: bool = False


def record(
    form: Form, person: Person, consents: Consents, *, consent_id: ConsentId, now: datetime
) -> Consent:
    """Somebody from the public agreed, and signed a form; InvalidOriginError."""
    today, faults = now.astimezone(LONDON).date(), []
    if not form.reference.strip():
        faults.append(("reference", "Say where the signed form lies, such as its number."))
    if not form.purpose.strip():
        faults.append(("purpose", "Say what they agreed to; name nobody."))
    if not today - OLDEST <= form.given_on <= today:
        faults.append(("given_on", "Give the day on the form; it is no more than a year ago."))
    if faults:
        raise InvalidOriginError(*faults)
    consent = Consent(
        consent_id,
        ConsentKind.FORM,
        form.purpose.strip(),
        form.given_on,
        person.person_id,
        now,
        reference=form.reference.strip(),
        guardian=form.guardian,
    )
    consents.record(consent, _recorded(consent))
    return consent


def agree(person: Person, consents: Consents, now: datetime) -> Consent:
    """A member of staff agrees to be shown themselves; who has already, still does."""
    consent = Consent(
        staff_consent_id(person.person_id),
        ConsentKind.STAFF,
        STAFF_PURPOSE,
        now.astimezone(LONDON).date(),
        person.person_id,
        now,
    )
    try:
        consents.record(consent, _recorded(consent))
    except AlreadyExistsError:
        return consents.get(consent.consent_id)
    return consent


def countersign(
    consent_id: ConsentId, person: Person, consents: Consents, now: datetime
) -> Consent:
    """An inspector or above has looked at the form, and did not obtain it themselves."""
    before = consents.get(consent_id)
    if not is_inspector_or_above(person.rank):
        raise NotTheirsError("An inspector or above countersigns a consent. Ask one.")
    if before.obtained_by == person.person_id:
        raise NotTheirsError("Somebody else countersigns what you obtained. Ask an inspector.")
    if before.state(now.date()) is not ConsentState.WAITING:
        raise ConsentError("This consent does not wait for a countersignature.")
    after = replace(before, countersigned_by=person.person_id, countersigned_at=now)
    act = _act(PictureHappened.COUNTERSIGNED, after, person, now, rank=person.rank)
    consents.countersign(before, after, act)
    return after


def withdraw(
    consent_id: ConsentId, why: str, person: Person, consents: Consents, now: datetime
) -> Consent:
    """They took it back: from now on nothing with those pictures is sent. Anybody who writes may
    note it, at once; a member of staff's own also themselves."""
    before = consents.get(consent_id)
    if before.withdrawal:
        raise ConsentError("This consent was taken back already.")
    if not why.strip():
        raise InvalidOriginError(("why", "Say how they told you; name nobody."))
    withdrawal = Withdrawal(person.person_id, now, why.strip())
    after = replace(before, withdrawal=withdrawal)
    act = _act(
        PictureHappened.WITHDRAWN,
        after,
        person,
        now,
        pictures=sorted(before.pictures),
        why=withdrawal.why,
    )
    consents.withdraw(before, after, act)
    return after


def _recorded(consent: Consent) -> Act:
    return Act(
        type=PictureHappened.CONSENTED.value,
        account=None,
        subject=consent_subject(consent.consent_id),
        at=consent.recorded_at,
        actor=consent.obtained_by,
        approver=None,
        reason=None,
        payload={
            "disposed_on": consent.disposed_on.isoformat(),
            "given_on": consent.given_on.isoformat(),
            "guardian": consent.guardian,
            "kind": consent.kind.value,
            "purpose": consent.purpose,
            "reference": consent.reference,
        },
    )


def _act(
    happened: PictureHappened, consent: Consent, person: Person, now: datetime, **payload: JSON
) -> Act:
    signed = happened is PictureHappened.COUNTERSIGNED
    return Act(
        type=happened.value,
        account=None,
        subject=consent_subject(consent.consent_id),
        at=now,
        actor=person.person_id,
        approver=person.person_id if signed else None,
        reason=None,
        payload=payload,
    )
