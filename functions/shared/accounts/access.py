"""Whether what somebody was given is still good: they have access, and did not lose it since."""

from datetime import datetime

from shared.accounts.registry import SHUT_OUT, Person


def is_in(person: Person, since: datetime | None) -> bool:
    """Whether what somebody was given at this moment (a session, a link) is still good: they have
    access, and did not lose it since, though they may have it back. None: nobody knows when.
    """
    if person.status in SHUT_OUT:
        return False
    good_from = _back_at(person)
    return good_from is None or (since is not None and since > good_from)


def _back_at(person: Person) -> datetime | None:
    """When somebody who had lost access got it back, None if they never lost it."""
    moment, out = None, False
    for change in person.history:
        if change.status in SHUT_OUT or out:
            moment, out = change.at, change.status in SHUT_OUT
    return moment
