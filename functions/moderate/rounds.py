"""How long each round of asking lasts: approvers on duty, reminder, deputy, duty officer.

A post without a time is asked about for two and a half hours in all. A post with a time is asked
about until shortly before it is due, and the last three rounds keep their length as long as there
is room for them; with too little room all rounds shrink alike, and with none nobody is asked.
"""

from datetime import datetime, timedelta

STANDARD = (3600, 1800, 1800, 1800)
"""Seconds: approvers on duty, the same again as a reminder, their deputies, everybody."""

MARGIN = timedelta(minutes=5)
"""A decision has to come this long before the post is due."""

SHORTEST = 60
"""Seconds. A shorter round asks nobody anything."""


def rounds(now: datetime, due: datetime | None) -> tuple[int, ...]:
    """Seconds per round, ended by a 0 that tells the state machine to stop asking."""
    if due is None:
        return (*STANDARD, 0)
    room = int((due - MARGIN - now).total_seconds())
    later = sum(STANDARD[1:])
    if room >= sum(STANDARD):
        return (room - later, *STANDARD[1:], 0)
    shrunk = tuple(seconds * max(room, 0) // sum(STANDARD) for seconds in STANDARD)
    return (*(seconds for seconds in shrunk if seconds >= SHORTEST), 0)
