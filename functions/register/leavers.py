"""The leaver file of human resources: who is in it has no access any more (policy.md P11).

A CSV file with the columns `email` and `last_day`, and whatever others; most people in it were
never ours. Every line is read before anything happens, and one that cannot be read stops the whole
file. Then each leaver is one act; a file cut short is finished by sending it again. Whoever's last
day is still to come stays in, and is told of: send the file again then.

LeaverFileError   lines that cannot be read; carries every fault by its line
"""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from register.standing import becomes
from shared.accounts.cover import uncovered
from shared.accounts.emails import email_key
from shared.accounts.registry import Account, Person, PersonStatus
from shared.posts.localtime import local
from shared.posts.names import AccountId, PersonId
from shared.records.accounts import Accounts
from shared.records.people import People

COLUMNS = ("email", "last_day")
WHY = "In the leaver file of human resources."
LONGEST_EMAIL = 254


@dataclass(frozen=True)
class LineFault:
    """What is wrong with one line, and what to do."""

    line: int
    sentence: str


class LeaverFileError(Exception):
    """Lines that cannot be read; `faults` holds every one."""

    def __init__(self, faults: tuple[LineFault, ...]) -> None:
        super().__init__(" ".join(f"Line {fault.line}: {fault.sentence}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True)
class Leaver:
    """One line of the file."""

    line: int
    email: str
    last_day: date


@dataclass(frozen=True)
class Named:
    """A person of the registry, the line that named them, and until which day."""

    line: int
    person_id: PersonId
    last_day: date


@dataclass(frozen=True)
class Outcome:
    """What became, or would become, of each line; `without_cover` are the active accounts that
    nobody is there for because of it.
    """

    left: tuple[Named, ...]
    left_before: tuple[Named, ...]
    not_yet: tuple[Named, ...]
    not_ours: int
    without_cover: tuple[AccountId, ...]


@dataclass(frozen=True)
class Desk:
    """What reading leavers in needs of the records."""

    people: People
    accounts: Accounts


def leave(text: str, by: Person, desk: Desk, now: datetime, *, dry_run: bool) -> Outcome:
    """Take the access of everybody in the file whose last day has come; LeaverFileError."""
    today = local(now).date()
    everybody = {person.person_id: person for person in desk.people.all()}
    found, not_ours = _found(text, everybody.values(), by)
    due = [who for who in found if who.last_day <= today]
    gone = [who for who in due if everybody[who.person_id].status is PersonStatus.LEFT]
    leaving = [who for who in due if who not in gone]
    left = {who.person_id: _left(everybody[who.person_id]) for who in leaving}
    outcome = Outcome(
        tuple(leaving),
        tuple(gone),
        tuple(who for who in found if who not in due),
        not_ours,
        _without_cover(desk.accounts.all(), everybody | left, left.keys(), today),
    )
    for who in () if dry_run else leaving:
        becomes(
            who.person_id,
            PersonStatus.LEFT,
            by=by,
            why=WHY,
            people=desk.people,
            now=now,
            last_day=who.last_day.isoformat(),
        )
    return outcome


def leavers_in(text: str) -> tuple[Leaver, ...]:
    """Every line of the file; LeaverFileError."""
    faults: list[LineFault] = []
    leavers: dict[str, Leaver] = {}
    for line, email, last_day in _lines(text):
        day = _day(last_day)
        key = email_key(email)
        if not 0 < len(key) <= LONGEST_EMAIL or key.count("@") != 1:
            faults.append(LineFault(line, "Write one e-mail address under “email”."))
        elif day is None:
            faults.append(LineFault(line, "Write the day under “last_day” as 2026-11-20."))
        elif key in leavers and leavers[key].last_day != day:
            first = leavers[key].line
            faults.append(LineFault(line, f"Line {first} gives this address another last day."))
        else:
            leavers.setdefault(key, Leaver(line, key, day))
    if faults:
        raise LeaverFileError(tuple(faults))
    return tuple(leavers.values())


def _lines(text: str) -> Iterator[tuple[int, str, str]]:
    """Number, address and day of every line that is not empty."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        missing = [name for name in COLUMNS if head.count(name) != 1]
        if missing:
            names = " and ".join(f"“{name}”" for name in missing)
            sentence = f"The first line must name the column {names} once."
            raise LeaverFileError((LineFault(1, sentence),))
        email, day = (head.index(name) for name in COLUMNS)
        for cells in reader:
            if any(cell.strip() for cell in cells):
                filled = [*cells, *[""] * len(head)]
                yield reader.line_num, filled[email].strip(), filled[day].strip()
    except csv.Error as error:
        sentence = f"This cannot be read as CSV: {error}."
        raise LeaverFileError((LineFault(reader.line_num, sentence),)) from error


def _day(text: str) -> date | None:
    """A day as 2026-11-20, or as human resources write it: 20/11/2026."""
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _found(text: str, everybody: Iterable[Person], by: Person) -> tuple[list[Named], int]:
    """Who of the registry is in the file, and how many in it are not ours."""
    by_email: dict[str, list[Person]] = {}
    for person in everybody:
        by_email.setdefault(email_key(person.email), []).append(person)
    leavers, found, faults = leavers_in(text), [], []
    for leaver in leavers:
        people = by_email.get(leaver.email, [])
        here = [person for person in people if person.status is not PersonStatus.LEFT] or people
        if len(here) > 1:
            sentence = "Several people of the registry have this address; mend the registry first."
            faults.append(LineFault(leaver.line, sentence))
        elif here and here[0].person_id == by.person_id:
            sentence = "This is you; a colleague has to send a file with you in it."
            faults.append(LineFault(leaver.line, sentence))
        elif here:
            found.append(Named(leaver.line, here[0].person_id, leaver.last_day))
    if faults:
        raise LeaverFileError(tuple(faults))
    return found, len(leavers) - len(found)


def _left(person: Person) -> Person:
    return replace(person, status=PersonStatus.LEFT)


def _without_cover(
    accounts: Iterable[Account],
    people: Mapping[PersonId, Person],
    leaving: Collection[PersonId],
    today: date,
) -> tuple[AccountId, ...]:
    theirs = [account for account in accounts if account.team.intersection(leaving)]
    return tuple(account.account_id for account in uncovered(theirs, people, today))
