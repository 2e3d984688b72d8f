"""When whoever looks after it hears of a case again: once it is found, then every few days until
it is closed (policy F08)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.impostors.case import Case, CaseState

LONGEST = 90
"""Days between two letters; more would be forgetting it."""

WORDS = {
    CaseState.FOUND: "an account there could be taken for it; look at it and decide",
    CaseState.IMPOSTOR: "an impostor is not reported yet; report it",
    CaseState.REPORTED: "an impostor was reported and still stands; ask the platform again",
    CaseState.REFUSED: "a platform left an impostor standing; appeal, or say that it is accepted",
    CaseState.APPEALED: "an appeal about an impostor is not answered; ask the platform again",
}


@dataclass(frozen=True)
class Chase:
    """Something to be told once: `name` tells it from other times, `words` say what to do."""

    name: str
    words: str


def chase(case: Case, now: datetime, every: timedelta) -> Chase | None:
    """What whoever looks after it has to hear by now; None where it is nothing."""
    if not case.is_open:
        return None
    number = (now - case.since) // every
    is_new = case.state is CaseState.FOUND
    if number < 1 and not is_new:
        return None
    since = case.since.isoformat()
    return Chase(f"{case.state.value}/{since}/{number}", WORDS[case.state])


def read_days(text: str) -> timedelta:
    """How many days lie between two letters, such as 7; ValueError."""
    days = int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000") else 0
    if not 1 <= days <= LONGEST:
        raise ValueError(f"{text[:40]!a} are no days from 1 to {LONGEST}.")
    return timedelta(days=days)
