"""Consents: recorded without a name, countersigned by somebody else, taken back once."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from compose.keep_consent import Form, agree, countersign, record, withdraw
from compose.picture_errors import ConsentError, InvalidOriginError, NotTheirsError
from shared.posts.consents import ConsentState
from shared.posts.names import ConsentId
from shared.records.errors import AlreadyExistsError
from tests.builders import a_person

NOW = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
TODAY = NOW.date()
PC = a_person("pc-okafor", rank="PC")
INSPECTOR = a_person("insp-lea", rank="Det Insp")
FORM = Form(" CF/2026/17 ", " The fair ", TODAY)
C1 = ConsentId("c1")


class Consents:
    """Consents by id, and the acts on them, in order."""

    def __init__(self):
        self.rows, self.acts = {}, []

    def get(self, consent_id):
        return self.rows[consent_id]

    def record(self, consent, act):
        before = self.rows.get(consent.consent_id)
        if before and not before.withdrawal:
            raise AlreadyExistsError("consent", consent.consent_id)
        self._put(consent, act)

    def countersign(self, before, after, act):
        assert self.rows[before.consent_id] == before
        self._put(after, act)

    withdraw = countersign

    def _put(self, consent, act):
        self.rows[consent.consent_id] = consent
        self.acts.append(act)


@pytest.fixture
def consents():
    return Consents()


def recorded(consents, form=FORM, by=PC):
    return record(form, by, consents, consent_id=C1, now=NOW)


def test_a_form_is_recorded_by_where_it_lies(consents):
    consent = recorded(consents)

    assert (consent.reference, consent.purpose) == ("CF/2026/17", "The fair")
    assert consent.state(TODAY) is ConsentState.WAITING
    [act] = consents.acts
    assert (act.type, act.subject, act.actor) == ("consent.recorded", "consent:c1", "pc-okafor")
    assert act.payload["disposed_on"] == "2029-11-20"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reference": " "}, "reference"),
        ({"purpose": ""}, "purpose"),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"given_on": TODAY - timedelta(days=366)}, "given_on"),
    ],
)
def test_what_is_missing_is_told_by_field(consents, changes, field):
    with pytest.raises(InvalidOriginError) as refused:
        recorded(consents, replace(FORM, **changes))

    assert [name for name, _ in refused.value.faults] == [field]
    assert consents.acts == []


def test_an_inspector_countersigns_and_stands_in_the_leaf_as_the_second_person(consents):
    recorded(consents)

    signed = countersign(C1, INSPECTOR, consents, NOW)

    assert signed.state(TODAY) is ConsentState.GOOD
    act = consents.acts[-1]
    assert (act.type, act.approver) == ("consent.countersigned", "insp-lea")
    assert act.payload == {"rank": "Det Insp"}


def test_nobody_countersigns_below_the_rank_or_what_they_obtained(consents):
    recorded(consents, by=INSPECTOR)

    for person in (PC, INSPECTOR):
        with pytest.raises(NotTheirsError):
            countersign(C1, person, consents, NOW)
    assert len(consents.acts) == 1


def test_what_does_not_wait_is_not_countersigned(consents):
    recorded(consents)
    countersign(C1, INSPECTOR, consents, NOW)

    with pytest.raises(ConsentError):
        countersign(C1, INSPECTOR, consents, NOW)


def test_a_consent_is_taken_back_once_with_a_reason(consents):
    recorded(consents)

    with pytest.raises(InvalidOriginError):
        withdraw(C1, "  ", PC, consents, NOW)
    back = withdraw(C1, " Rang us. ", PC, consents, NOW)
    with pytest.raises(ConsentError):
        withdraw(C1, "Again.", PC, consents, NOW)

    assert back.state(TODAY) is ConsentState.WITHDRAWN
    assert consents.acts[-1].payload == {"pictures": [], "why": "Rang us."}


def test_a_colleague_agrees_once_and_after_taking_it_back_anew(consents):
    first = agree(PC, consents, NOW)
    again = agree(PC, consents, NOW + timedelta(days=1))
    withdraw(first.consent_id, "Not any more.", PC, consents, NOW)
    anew = agree(PC, consents, NOW + timedelta(days=2))

    assert first == again
    assert first.consent_id == anew.consent_id == "staff-pc-okafor"
    assert anew.state(TODAY) is ConsentState.GOOD
    assert len(consents.acts) == 3
