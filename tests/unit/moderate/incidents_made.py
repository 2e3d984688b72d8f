"""A force with an area, ready for incidents."""

from dataclasses import replace
from datetime import timedelta
from itertools import count

from moderate.command import Command
from moderate.sitrep import Judge
from shared.accounts.incident import Scope
from shared.accounts.registry import Level, Role
from shared.policy.check import check
from shared.policy.pack import bundled
from shared.posts.names import AccountId, PersonId
from shared.records.pen import Pen
from tests.builders import NOW, a_person, an_account, an_approver
from tests.unit.fakes import Conductor, Ledger

OFFICER = a_person("pc-okafor")
SERGEANT = a_person("sgt-lind")
COMMANDER = a_person("cmdr-okoro", role=Role.LPT_COMMANDER)
COMMS = an_approver("comms-ray")
OTHER_COMMS = an_approver("comms-sol")
PEOPLE = (OFFICER, SERGEANT, COMMANDER, COMMS, OTHER_COMMS)

LPT = an_account(
    "city-cmdr",
    title="City Commander",
    level=Level.LPT,
    area="City",
    owner=COMMANDER.person_id,
    members=frozenset(),
)
TEAM = an_account("riverside", parent=AccountId("city-cmdr"))
ELSEWHERE = an_account("moors", area="Moors", members=frozenset({PersonId("pc-else")}))
AREA = {"scope": Scope.AREA, "area": "City", "lpt": LPT.account_id}


class Watch:
    """A clock that a step turns on by a second each time it is looked at."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        self.at += timedelta(seconds=1)
        return self.at


def a_command(*entries, conductor=None, clock=None):
    """A ledger with the force and these entries, and the deeds' collaborators."""
    ledger = Ledger().keep(LPT, TEAM, ELSEWHERE, *PEOPLE, *entries)
    serial = count(1)
    command = Command(
        ledger.incidents,
        ledger.accounts,
        ledger.stopped,
        conductor or Conductor(),
        Pen(lambda length: next(serial).to_bytes(length, "big")),
        clock or Watch(),
    )
    return ledger, command


def a_judge(ledger):
    """Judges by the policy that ships."""
    return Judge(ledger.snapshots, lambda candidate, at: check(candidate, bundled(at.date())))


def declared(ledger, incident):
    """The same incident, on record and on the board."""
    ledger.keep(incident)
    board = ledger.incidents.on_board
    ledger.incidents.on_board = board.with_incident(incident, incident.declared_at)
    return incident


def over(incident, hours=1):
    """Stood down some time after its declaration."""
    at = incident.declared_at + timedelta(hours=hours)
    by = PersonId("comms-ray")
    return replace(incident, stood_down_by=by, stood_down_at=at, stood_down_why="Quiet.")
