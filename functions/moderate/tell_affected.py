"""Tell everybody whom an incident concerns, in batches, each once; whoever could not be reached is
tried again, and named in the end.

Who is told is worked out afresh for every batch and gone through in the order of ids. How far it
has come is kept after each letter, so that a crash repeats one letter at most, and two workers
never write to the same person: the slower one stops.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from email.message import EmailMessage
from typing import Any

from moderate.command import Command, on_incident
from moderate.scene import note_scene
from shared.accounts.acts import Happened
from shared.accounts.incident import Event, Incident, Telling
from shared.accounts.registry import SHUT_OUT, AccountStatus, Person
from shared.mail import letters
from shared.mail.errors import MailError, UnsentMailError
from shared.mail.send import compose_mail
from shared.posts.names import IncidentId, PersonId
from shared.records.errors import ChangedError
from shared.records.people import People
from shared.records.snapshot import Snapshots
from shared.records.spelling import as_json, from_json, moment, written

MORE, AGAIN, TOLD, PARTLY = "more", "again", "told", "partly"

BATCH = 20
ROUNDS = 3
"""How often somebody is tried whom the mail service did not take a letter for."""

LETTERS = {
    Event.DECLARED: letters.Event.INCIDENT_DECLARED,
    Event.STOOD_DOWN: letters.Event.INCIDENT_STOOD_DOWN,
}


@dataclass(frozen=True)
class Office:
    """What telling needs besides: people, the post, and where the pages are."""

    command: Command
    people: People
    snapshots: Snapshots
    send: Callable[[EmailMessage], str]
    sender: str
    base_url: str


@dataclass(frozen=True)
class Progress:
    """How far it has come: everybody up to `cursor` was written to in the first round; `waiting`
    are tried once more in this round, `failed` in the next; the mail service refused `refused`."""

    round: int = 1
    cursor: str = ""
    letters: int = 0
    waiting: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    first_at: str | None = None
    last_at: str | None = None


def tell_affected(incident_id: IncidentId, event: Event, office: Office) -> str:
    """One batch: `more` are to be written to, some have to be tried `again` after a while, all are
    `told`, or all but those who could not be reached (`partly`)."""
    command = office.command
    incident = command.incidents.get(incident_id)
    if told := incident.telling(event):
        return PARTLY if told.undelivered else TOLD
    text = command.incidents.progress(_key(incident, event))
    if text is None:
        note_scene(incident, command, effective_at=command.clock())
    progress = Progress(**_tuples(from_json(text))) if text else Progress()
    if event is Event.DECLARED and not incident.active:
        return _recorded(incident, event, progress, office)  # news that is over misleads
    concerned = _concerned(incident, command, office.people)
    if not _due(progress, concerned) and progress.failed and progress.round < ROUNDS:
        progress = replace(progress, round=progress.round + 1, waiting=progress.failed, failed=())
    try:
        progress = _batch(incident, event, progress, text=text, concerned=concerned, office=office)
    except ChangedError:
        return MORE  # another worker is at it; look again how far it has come
    if _due(progress, concerned):
        return MORE
    if progress.failed and progress.round < ROUNDS:
        return AGAIN
    return _recorded(incident, event, progress, office)


def _concerned(
    incident: Incident, command: Command, people: People
) -> dict[PersonId, tuple[str, ...]]:
    """Whoever has to know, in the order of ids, each with the titles of their accounts: the teams
    it reaches, the approvers on duty, the authors of what is queued or was stopped."""
    found: dict[PersonId, list[str]] = {}
    reached = {
        account.account_id: account
        for account in command.reached_by(incident)
        if account.status is not AccountStatus.CLOSED
    }
    for account in reached.values():
        for person_id in account.team:
            found.setdefault(person_id, []).append(account.title)
    for person in people.on_duty():
        found.setdefault(person.person_id, [])
    stopped = [stop.post for stop in command.stopped.by(incident.incident_id)]
    for post in (*stopped, *command.stopped.under_way(), *command.stopped.on_hold()):
        if post.draft.account in reached:
            found.setdefault(post.author, [])
    return {person_id: tuple(sorted(found[person_id])) for person_id in sorted(found)}


def _due(progress: Progress, concerned: Iterable[PersonId]) -> list[PersonId]:
    """Who is to be written to in this round, in order."""
    if progress.round == 1:
        return [person_id for person_id in concerned if person_id > progress.cursor]
    return [PersonId(person_id) for person_id in progress.waiting]


def _batch(
    incident: Incident,
    event: Event,
    progress: Progress,
    *,
    text: str | None,
    concerned: Mapping[PersonId, tuple[str, ...]],
    office: Office,
) -> Progress:
    due = _due(progress, concerned)[:BATCH]
    known = office.snapshots.read(people=due).people
    for person_id in due:
        person = known.get(person_id)
        went = progress
        if person is not None and person.status not in SHUT_OUT:
            letter = _letter(person, incident, concerned.get(person_id, ()), office)
            went = _sent(LETTERS[event], person, letter, progress, office)
        progress = _passed(went, person_id)
        after = as_json(_lists(asdict(progress)))
        office.command.incidents.go_on(_key(incident, event), text, after)
        text = after
    return progress


def _sent(
    event: letters.Event,
    person: Person,
    letter: letters.IncidentTold,
    progress: Progress,
    office: Office,
) -> Progress:
    """The progress with this letter, or with somebody who could not be reached."""
    now = office.command.clock()
    try:
        office.send(compose_mail(event, person.email, letter, sender=office.sender, at=now))
    except UnsentMailError:
        return replace(progress, failed=(*progress.failed, person.person_id))
    except MailError:
        return replace(progress, refused=(*progress.refused, person.person_id))
    at = written(office.command.clock())
    first = progress.first_at or at
    return replace(progress, letters=progress.letters + 1, first_at=first, last_at=at)


def _passed(progress: Progress, person_id: PersonId) -> Progress:
    """The progress once this one of its round is behind it."""
    if progress.round == 1:
        return replace(progress, cursor=person_id)
    return replace(progress, waiting=progress.waiting[1:])


def _letter(
    person: Person, incident: Incident, titles: tuple[str, ...], office: Office
) -> letters.IncidentTold:
    return letters.IncidentTold(
        addressee=person.name,
        drill=incident.drill,
        accounts=titles,
        link=f"{office.base_url}/incidents/{incident.incident_id}",
    )


def _recorded(incident: Incident, event: Event, progress: Progress, office: Office) -> str:
    """Who was told, on the incident and in the log; nothing more is sent."""
    now = office.command.clock()
    missed = tuple(PersonId(person_id) for person_id in (*progress.refused, *progress.failed))
    telling = Telling(
        event,
        moment(progress.first_at) if progress.first_at else None,
        moment(progress.last_at) if progress.last_at else None,
        now,
        progress.letters,
        missed,
    )
    act = on_incident(
        Happened.INCIDENT_TOLD,
        incident,
        None,
        now,
        event=event.value,
        letters=telling.letters,
        undelivered=list(missed),
    )
    try:
        office.command.incidents.told(incident, telling, act)
    except ChangedError:
        return MORE  # the other event was recorded meanwhile, or this one: look again
    return PARTLY if missed else TOLD


def _key(incident: Incident, event: Event) -> str:
    return f"telling#{incident.incident_id}#{event.value}"


def _lists(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in fields.items()}


def _tuples(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(v) if isinstance(v, list) else v for name, v in fields.items()}
