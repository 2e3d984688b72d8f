"""Who may decide about a post, and who is asked in which round.

`may_rule` is the one question of everybody who lets somebody decide: the page, the queue, the
letters, and the release once more. `asked` says whom a round is addressed to, and why them: the
account's communications manager first, else by the rota (0 approvers, 1 deputies, 2 and up duty
officers); for what a grave rule found seniors only, on duty first and then any. Whoever is on
leave or has handed their approvals over is stood in for; a stand-in gains no right by it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby

from shared.accounts.registry import Account, Level, Person
from shared.accounts.rights import CENTRE, DUTY_OFFICER, YES, Answer, Right, may
from shared.accounts.rota import Place, is_free, places_of
from shared.accounts.same_person import is_same_person
from shared.posts.names import PersonId

Findings = Iterable[Mapping[str, object]]
"""What the policy check found, in the shape of `bluelamp check`, as a post keeps it."""

GRAVE = frozenset(
    {
        "offender-name",
        "court-prejudice",
        "victim-identity",
        "ministerial-movement",
        "operational",
        "protective-marking",
    }
)
"""Rules whose slips cannot be taken back; a senior approver decides what they found."""

OWN_WORDS = "You wrote this post; somebody else has to decide."
OWN_EDIT = "You changed these words last; somebody else has to decide."
SHARED_WITH_AUTHOR = (
    "You share a mobile number or mailbox with its author; somebody else has to decide."
)
SHARED_WITH_EDITOR = (
    "You share a mobile number or mailbox with whoever changed it last; "
    "somebody else has to decide."
)
NOT_SENIOR = "This post needs a senior approver; ask one of them to decide."
NOT_OF_THE_CENTRE = "Only the centre's own people decide what speaks for the force."


def is_grave(findings: Findings) -> bool:
    """Whether a grave rule found something that has to be decided; advice decides nothing."""
    return any(f.get("rule") in GRAVE and f.get("severity") != "advise" for f in findings)


def may_rule(
    person: Person,
    *,
    author: Person,
    editor: Person | None,
    findings: Findings,
    account: Account,
) -> Answer:
    """Whether this person may decide about this post: an approver who neither wrote it nor changed
    it last, under any address (P1), and a senior one where a grave rule found something.
    """
    able = may(person, Right.APPROVE)
    if not able.allowed:
        return able
    if is_same_person(person, author):
        own = person.person_id == author.person_id
        return Answer(False, OWN_WORDS if own else SHARED_WITH_AUTHOR)
    if editor is not None and is_same_person(person, editor):
        own = person.person_id == editor.person_id
        return Answer(False, OWN_EDIT if own else SHARED_WITH_EDITOR)
    if account.level is Level.CORPORATE and person.role not in CENTRE:
        return Answer(False, NOT_OF_THE_CENTRE)
    if is_grave(findings) and not person.senior:
        return Answer(False, NOT_SENIOR)
    return YES


class Step(StrEnum):
    """Whom a round of asking is addressed to."""

    FIRST = "first"
    REMINDER = "reminder"
    DEPUTIES = "deputies"
    LAST = "last"
    NIGHT = "night"
    AT_ONCE = "at_once"
    ANYBODY = "anybody"


class Why(StrEnum):
    """Why somebody is asked, in words for the record."""

    MANAGER = "the account's communications manager, on duty"
    APPROVER = "on duty"
    DEPUTY = "deputy on duty"
    DUTY_OFFICER = "duty officer"
    SENIOR = "senior approver"
    ANYBODY = "nobody on duty may decide"


@dataclass(frozen=True)
class Question:
    """What is asked about: the words' account, author, last editor and findings, and whom the
    account and the team above it name as communications manager; `unreached` are those whom a
    letter about it did not reach.
    """

    account: Account
    author: Person
    editor: Person | None = None
    findings: tuple[Mapping[str, object], ...] = ()
    managers: tuple[PersonId, ...] = ()
    unreached: frozenset[PersonId] = frozenset()

    def may_be_ruled_by(self, person: Person) -> bool:
        """Whether `may_rule` lets this person decide."""
        answer = may_rule(
            person,
            author=self.author,
            editor=self.editor,
            findings=self.findings,
            account=self.account,
        )
        return answer.allowed


@dataclass(frozen=True)
class Asked:
    """One person to ask, why, and whom they stand in for."""

    person: Person
    why: Why
    instead_of: PersonId | None = None

    @property
    def reason(self) -> str:
        """Such as “on duty, standing in for p-comms”."""
        return f"{self.why}, standing in for {self.instead_of}" if self.instead_of else self.why


def managers_of(account: Account, parent: Account | None) -> tuple[PersonId, ...]:
    """The account's communications manager, then that of the team above it."""
    named = (each.communications_manager for each in (account, parent) if each)
    return tuple(dict.fromkeys(manager for manager in named if manager))


def goes_beyond_duty(question: Question, step: Step) -> bool:
    """Whether this step asks people who are not on duty: any senior, or anybody at all."""
    grave = is_grave(question.findings)
    return step is Step.ANYBODY or (grave and step in {Step.DEPUTIES, Step.LAST})


def asked(
    question: Question, step: Step, people: Collection[Person], day: date
) -> tuple[Asked, ...]:
    """Whom to ask, in order, nobody twice; nobody if none of these people may decide.

    `people` are those on duty and who stands in for them, and everybody where the step
    `goes_beyond_duty`.
    """
    able = [
        person
        for person in people
        if question.may_be_ruled_by(person) and person.person_id not in question.unreached
    ]
    if step is Step.ANYBODY:
        there = [person for person in able if is_free(person, day)]
        return _once(Asked(person, Why.ANYBODY) for person in there or able)
    places = list(places_of(people, {person.person_id for person in able}, day))
    chosen = list(_on_duty(question, step, places))
    if goes_beyond_duty(question, step):
        chosen += (Asked(person, Why.SENIOR) for person in able if is_free(person, day))
    return _once(chosen)


def _on_duty(question: Question, step: Step, places: list[Place]) -> Iterator[Asked]:
    managers = [
        _asked(place, Why.MANAGER)
        for manager in question.managers
        for place in places
        if place.owner.person_id == manager
    ][:1]
    ranks = [list(group) for _, group in groupby(places, key=lambda place: place.duty)]
    if not ranks:
        return
    officers = [place for place in places if place.duty >= DUTY_OFFICER]
    match step:
        case Step.FIRST:
            yield from managers or map(_as_ranked, ranks[0])
        case Step.REMINDER:
            yield from managers
            yield from map(_as_ranked, ranks[0])
        case Step.DEPUTIES:
            yield from map(_as_ranked, ranks[min(1, len(ranks) - 1)])
        case Step.NIGHT:
            yield from map(_as_ranked, officers or places)
        case _:
            yield from managers
            yield from map(_as_ranked, places)


def _as_ranked(place: Place) -> Asked:
    whys = (Why.APPROVER, Why.DEPUTY, Why.DUTY_OFFICER)
    return _asked(place, whys[min(place.duty, DUTY_OFFICER)])


def _asked(place: Place, why: Why) -> Asked:
    own = place.taken_by is place.owner
    return Asked(place.taken_by, why, None if own else place.owner.person_id)


def _once(found: Iterable[Asked]) -> tuple[Asked, ...]:
    first: dict[PersonId, Asked] = {}
    for each in found:
        first.setdefault(each.person.person_id, each)
    return tuple(first.values())
