"""An incident that nobody was told of is told of by the next sweep."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.accounts.incident import Event, Telling
from shared.conductor.executions import ExecutionOverError, NoAnswerError
from shared.posts.names import PersonId
from tests.builders import NOW, an_incident
from tests.unit.fakes import Conductor, Ledger
from watch.untold import PATIENCE, RECENT, UntoldError, start_untold

SECOND = timedelta(seconds=1)
TOLD = Telling(Event.DECLARED, NOW, NOW, NOW, 3)


def declared(**changes):
    incident = an_incident(**changes)
    ledger = Ledger().keep(incident)
    ledger.incidents.on_board = ledger.incidents.board().with_incident(incident, NOW)
    return ledger.incidents


def over(at=NOW + timedelta(hours=1)):
    return {"stood_down_at": at, "stood_down_by": PersonId("comms-ray")}


AGES = [
    (PATIENCE - SECOND, False, "it may merely be slow"),
    (PATIENCE + SECOND, True, "we died in between"),
    (RECENT - SECOND, True, "it is a day old"),
    (RECENT + SECOND, False, "it is no news any more"),
]


@pytest.mark.parametrize(("age", "tells", "why"), AGES)
def test_what_is_recent_and_not_told_of_is_told(age, tells, why):
    conductor = Conductor()

    found = start_untold(declared(), conductor, NOW + age)

    assert conductor.telling == [("01INCIDENT", "declared")] * tells, why
    assert found.started == tells


def test_what_was_told_is_left_alone():
    conductor = Conductor()

    start_untold(declared(tellings=(TOLD,)), conductor, NOW + timedelta(minutes=1))

    assert conductor.telling == []


def test_each_event_is_told_for_itself():
    conductor = Conductor()
    incidents = declared(tellings=(TOLD,), **over())

    start_untold(incidents, conductor, NOW + timedelta(hours=1, minutes=1))

    assert conductor.telling == [("01INCIDENT", "stood_down")]


def test_a_machine_that_does_not_answer_is_asked_by_the_next_sweep():
    deaf = Conductor(fault=NoAnswerError("No answer."))

    found = start_untold(declared(), deaf, NOW + timedelta(minutes=1))

    assert (found.started, found.over) == (0, ())
    found.ring()


def test_telling_that_ended_without_a_record_rings_the_alarm():
    ended = Conductor(fault=ExecutionOverError("Over."))

    found = start_untold(declared(), ended, NOW + timedelta(minutes=1))

    with pytest.raises(UntoldError, match="01INCIDENT declared"):
        found.ring()


def test_but_not_where_it_was_recorded_meanwhile():
    incidents = declared()

    class Finishing(Conductor):
        def tell(self, incident_id, event):
            before = incidents.get(incident_id)
            incidents.ledger.keep(replace(before, tellings=(TOLD,)))
            raise ExecutionOverError("Over.")

    start_untold(incidents, Finishing(), NOW + timedelta(minutes=1)).ring()


def test_a_quiet_force_is_asked_nothing_more():
    conductor = Conductor()

    assert start_untold(Ledger().incidents, conductor, NOW).started == 0
