"""A job that dies, or is overtaken by another run of itself, just before each thing it does.

What it does are its writes to the database and its letters. A process that dies while it only reads
has done the same as one that died before its next write.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from botocore.client import BaseClient

from shared.records.errors import RecordsError
from tests.records.calls import written_to

MOST_TRIES = 5
"""Of a run that says somebody else was a moment before it; whoever fires it fires it again."""


class KilledError(BaseException):
    """The process died here; nothing of ours may stop it."""


@dataclass
class Deeds:
    """Counts what is done; just before the deed with the number `at` something else happens."""

    at: int | None = None
    happens: Callable[[], None] = lambda: None
    count: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    now: datetime | None = None

    def before_one(self) -> None:
        """Something is about to be done."""
        number, self.count = self.count, self.count + 1
        if number == self.at:
            self.happens()

    def send(self, letter: EmailMessage) -> str:
        """A letter leaves."""
        self.before_one()
        self.letters.append(letter)
        return f"letter-{len(self.letters)}"

    @property
    def told(self) -> Counter[tuple[str, str]]:
        """Whom of what: how often. A letter has a line for each thing; the hour it was found is
        another where a run died.
        """
        return Counter(
            (str(letter["To"]), line.partition(", seen ")[0])
            for letter in self.letters
            for line in _lines(letter)
        )


def _lines(letter: EmailMessage) -> list[str]:
    body = letter.get_body(("plain",))
    assert isinstance(body, EmailMessage)
    found = [line for line in str(body.get_content()).splitlines() if line.startswith("- ")]
    assert found, "a letter without a line tells nobody of anything"
    return found


@contextmanager
def noting(deeds: Deeds) -> Iterator[None]:
    """Every write of this process is a deed, from now on."""
    before = BaseClient._make_api_call

    def noted(client: BaseClient, operation: str, asked: Any) -> Any:
        if written_to(operation, asked):
            deeds.before_one()
        return before(client, operation, asked)

    BaseClient._make_api_call = noted
    try:
        yield
    finally:
        BaseClient._make_api_call = before


Run = Callable[[Deeds, datetime], None]
"""One run of a job at a moment."""


def lived(run: Run, times: Iterable[datetime], deeds: Deeds) -> None:
    """Every run of a life; one that dies is dead, and the next is fired all the same."""
    with noting(deeds):
        for now in times:
            deeds.now = now
            try:
                again(run, deeds, now)
            except KilledError:
                continue


def again(run: Run, deeds: Deeds, now: datetime) -> None:
    """One run, fired again where it was overtaken."""
    for _ in range(MOST_TRIES):
        try:
            run(deeds, now)
        except RecordsError:
            continue
        return
    raise AssertionError("It is overtaken again and again.")


def killed(at: int) -> Deeds:
    """The job dies just before that deed."""

    def die() -> None:
        raise KilledError

    return Deeds(at, die)


def overtaken(at: int, run: Run) -> Deeds:
    """Just before that deed another run of the same moment does all there is to do."""
    deeds = Deeds(at)

    def another() -> None:
        assert deeds.now is not None
        again(run, deeds, deeds.now)

    deeds.happens = another
    return deeds
