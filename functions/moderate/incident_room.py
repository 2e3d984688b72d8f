"""The collaborators of the pages and the API of incidents and held posts."""

import os
from functools import cache

from moderate.command import Command
from moderate.room import now, room
from moderate.settings import IncidentSettings
from moderate.sitrep import Judge
from shared.conductor.executions import Executions, step_functions
from shared.http.application import Answer
from shared.identity.visitor import Visitor
from shared.pages.render import render
from shared.pages.viewer import viewer_of
from shared.pages.views import View
from shared.posts.names import PersonId
from shared.records.holds import Holds
from shared.records.incidents import Incidents
from shared.records.stopped import Stopped
from shared.settings.reading import read

FORM = "incidents"


@cache
def command() -> Command:
    """What declaring, standing down and the sitrep need."""
    machine = Executions(step_functions, read(IncidentSettings, os.environ).incident_arn)
    kept, pen = room().kept, room().pen
    return Command(Incidents(kept, pen), room().accounts, Stopped(kept), machine, pen, now)


@cache
def judge() -> Judge:
    """Who says whose words an incident keeps quiet."""
    return Judge(room().snapshots, room().bench.verdict)


@cache
def holds() -> Holds:
    """Where held posts are kept."""
    return Holds(room().kept, room().pen)


def names_of(*people: PersonId | None) -> dict[PersonId, str]:
    """What these people are called."""
    wanted = [person for person in people if person]
    found = room().snapshots.read(people=wanted).people
    return {person_id: person.name for person_id, person in found.items()}


def page(name: str, view: View, guest: Visitor, status: int = 200) -> Answer:
    """A page for somebody who is signed in."""
    seen_by = viewer_of(guest.person, guest.leave_token())
    return Answer(render(name, view, csrf=guest.form_token(FORM), viewer=seen_by), status)
