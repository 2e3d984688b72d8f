"""While a critical incident lasts, only those speak whom the rule lets; the others are told why."""

from datetime import timedelta

import pytest

from compose.reading import Wanted
from compose.submit import submit
from shared.accounts.incident import Board, Scope
from shared.accounts.registry import Level, Role
from shared.posts.life import State
from tests.builders import NOW, a_draft, a_person, a_post_id, an_account, an_approver, an_incident
from tests.unit.compose.desks import a_desk

AUTHOR, ACCOUNT = a_person(), an_account(members=frozenset({"pc-okafor", "cmdr"}))
EARLIER = NOW - timedelta(hours=1)
WHOLE_FORCE = {"scope": Scope.FORCE, "declared_at": EARLIER}


def send(desk, *incidents, by=AUTHOR, account=ACCOUNT):
    wanted = Wanted(a_draft(account=account.account_id))
    board = Board(1, incidents)
    return submit(wanted, by, account, desk, post_id=a_post_id(), now=NOW, board=board)


def test_a_post_of_an_affected_account_is_blocked_and_says_by_which_incident_and_what_to_do():
    ledger, conductor, desk = a_desk()
    incident = an_incident(**WHOLE_FORCE)

    post = send(desk, incident)

    assert (post.state, post.incident) == (State.BLOCKED, incident.incident_id)
    (finding,) = [each for each in post.findings if each["rule"] == "critical-incident"]
    assert "critical incident" in finding["message"]
    assert "wait until the incident is stood down" in finding["suggestion"]
    assert ledger.happened == ["post.blocked"]
    assert ledger.acts[0].payload["incident"] == incident.incident_id
    assert conductor.started == []


@pytest.mark.parametrize(
    "incident",
    [
        an_incident(**{**WHOLE_FORCE, "exempt": frozenset({ACCOUNT.account_id})}),
        an_incident(scope=Scope.AREA, area="Harbour", declared_at=EARLIER),
        an_incident(**{**WHOLE_FORCE, "stood_down_at": NOW}),
        an_incident(**{**WHOLE_FORCE, "declared_at": NOW + timedelta(seconds=1)}),
    ],
    ids=["exempt", "elsewhere", "over", "not yet"],
)
def test_whoever_an_incident_does_not_reach_goes_on_speaking(incident):
    _, _, desk = a_desk()

    post = send(desk, incident)

    assert (post.state, post.incident) == (State.SUBMITTED, None)


def test_an_incident_of_the_same_area_reaches_it():
    _, _, desk = a_desk()

    incident = an_incident(scope=Scope.AREA, area=" river  side", declared_at=EARLIER)
    area = an_account(area="River Side")

    assert send(desk, incident, account=area).state is State.BLOCKED


def test_a_commander_speaks_during_an_incident():
    _, _, desk = a_desk()

    post = send(desk, an_incident(**WHOLE_FORCE), by=a_person("cmdr", role=Role.LPT_COMMANDER))

    assert (post.state, post.incident) == (State.SUBMITTED, None)


def test_the_force_itself_speaks_during_an_incident():
    _, _, desk = a_desk()
    force = an_account("force", level=Level.CORPORATE)

    post = send(desk, an_incident(**WHOLE_FORCE), by=an_approver(), account=force)

    assert (post.state, post.incident) == (State.SUBMITTED, None)


def test_what_is_blocked_for_its_words_alone_has_no_incident():
    _, _, desk = a_desk()
    wanted = Wanted(a_draft("Open! #a #b #c #d #e #f"))

    post = submit(wanted, AUTHOR, ACCOUNT, desk, post_id=a_post_id(), now=NOW)

    assert (post.state, post.incident) == (State.BLOCKED, None)
