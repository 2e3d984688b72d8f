"""The machine waits for the centre to decide about a deletion, and tells whoever has to know.

It waits a quarter of an hour at a time, and after two hours an hour, so that a decision it did not
hear of is found at the next turn. Letters leave in the first turn, after one hour, after two, and
then every four hours; after three days nobody will decide, and whoever asked is told so.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.message import EmailMessage

from moderate.decide_deletion import wake
from shared.accounts.registry import Person, PersonStatus
from shared.accounts.rights import Right, may
from shared.conductor.executions import Executions
from shared.mail.deletion_letters import DeletionTold, DeletionWanted
from shared.mail.errors import MailError
from shared.mail.everybody import send_to_all
from shared.mail.letters import Event
from shared.posts.deletion import Deleted, Deletion, DeletionState, step
from shared.records.deletion_acts import act_on_deletion
from shared.records.deletions import Deletions
from shared.records.errors import ChangedError
from shared.records.people import People
from shared.records.snapshot import Snapshots

log = logging.getLogger(__name__)

REMINDED = frozenset({0, 4, *range(8, 78, 4)})
"""Turns in which letters leave: of a quarter of an hour up to the eighth, then of an hour."""

OUTCOMES = {
    DeletionState.ASKED: "It waits for a decision.",
    DeletionState.APPROVED: "It is under way.",
    DeletionState.REFUSED: "It was refused, and nothing was removed; the page says why.",
    DeletionState.EXPIRED: "Nobody decided in time, and nothing was removed. Ask again.",
    DeletionState.REMOVED: "It is gone from everywhere, and was looked for again.",
    DeletionState.PARTLY_REMOVED: "Some of it may still stand: somebody has to delete it by hand, "
    "and the page says how.",
}

NOBODY = "Nobody decided within three days. Ask again, or ring the duty officer."


@dataclass(frozen=True)
class Office:
    """What waiting and telling need."""

    deletions: Deletions
    people: People
    snapshots: Snapshots
    executions: Executions
    send: Callable[[EmailMessage], str] = field(repr=False)
    sender: str
    base_url: str


def wait(deletion_id: str, turn: int, token: str, office: Office, now: datetime) -> None:
    """Wait for the decision with this token, or deliver the one there is."""
    deletion = office.deletions.wait(deletion_id, token)
    if deletion.state is not DeletionState.ASKED:
        wake(token, deletion.state, office.executions)
        return
    if turn in REMINDED:
        _ask(deletion, office, now)


def expire(deletion_id: str, office: Office, now: datetime) -> DeletionState:
    """Nobody decided, unless somebody did in the last moment."""
    deletion = office.deletions.get(deletion_id)
    if deletion.state is not DeletionState.ASKED:
        return deletion.state
    over = replace(
        deletion,
        state=step(deletion.state, DeletionState.EXPIRED),
        ended_at=now,
        reason=NOBODY,
    )
    try:
        office.deletions.change(
            deletion, over, act_on_deletion(over, Deleted.EXPIRED, now, {"reason": NOBODY})
        )
    except ChangedError:
        return office.deletions.get(deletion_id).state
    return over.state


def tell(deletion_id: str, office: Office, now: datetime) -> DeletionState:
    """Whoever asked, and who wrote what was asked about, learns how it ended; where it was begun
    at once, or something is left to a person, the centre too. A letter that cannot leave undoes
    nothing: it stands on the deletion's page."""
    deletion = office.deletions.get(deletion_id)
    versions = [(each.post_id, each.version) for each in deletion.posts]
    posts = office.snapshots.read(posts=versions).posts.values()
    concerned = {deletion.asked.by, *(post.author for post in posts)}
    people = {
        person.person_id: person
        for person in office.snapshots.read(people=concerned).people.values()
    }
    if deletion.waits_for_review or deletion.state is DeletionState.PARTLY_REMOVED:
        people |= {person.person_id: person for person in office.people.on_duty()}
    letters = {
        person.email: DeletionTold(
            person.name,
            _titles(deletion, office),
            OUTCOMES[deletion.state],
            _link(deletion, office),
            deletion.waits_for_review,
        )
        for person in people.values()
        if person.status is not PersonStatus.LEFT
    }
    _send(Event.DELETION_TOLD, letters, office, now)
    return deletion.state


def _ask(deletion: Deletion, office: Office, now: datetime) -> None:
    letters = {
        person.email: DeletionWanted(
            person.name,
            _titles(deletion, office),
            deletion.asked.ground.value,
            _link(deletion, office),
        )
        for person in _deciders(deletion, office)
    }
    _send(Event.DELETION_ASKED, letters, office, now)


def _deciders(deletion: Deletion, office: Office) -> Iterable[Person]:
    """Those on duty; whoever else may, where nobody is."""

    def able(people: Iterable[Person]) -> list[Person]:
        return [
            person
            for person in people
            if may(person, Right.DECIDE_DELETION).allowed and person.person_id != deletion.asked.by
        ]

    return able(office.people.on_duty()) or able(office.people.all())


def _titles(deletion: Deletion, office: Office) -> tuple[str, ...]:
    found = office.snapshots.read(accounts=deletion.accounts).accounts
    return tuple(found[each].title if each in found else str(each) for each in deletion.accounts)


def _link(deletion: Deletion, office: Office) -> str:
    return f"{office.base_url}/deletions/{deletion.deletion_id}"


def _send(
    event: Event,
    letters: dict[str, DeletionTold] | dict[str, DeletionWanted],
    office: Office,
    now: datetime,
) -> None:
    try:
        send_to_all(event, letters, sender=office.sender, send=office.send, at=now)
    except MailError as error:  # all of it stands on the page; asking is repeated
        told = {"letter": event.value, "why": type(error).__name__}
        log.warning("Nobody could be told of a deletion by letter: %s", told)
