"""The words of a reminder, filled anew for each date: {date} {day} {time} {place}.

What stands between braces is a placeholder and nothing else, so that a misspelt one is found
before the public reads it. Filling looks at the words once: a place with braces fills nothing.
"""

import re
from datetime import datetime, time

from shared.posts.localtime import HALF_DAY, local
from shared.posts.reminders import Occurrence

PLACE = "place"
PLACEHOLDERS = ("date", "day", "time", PLACE)

_BRACED = re.compile(r"\{([^{}\n]*)\}")


def placeholders_in(text: str) -> tuple[str, ...]:
    """Everything that stands between braces, each once, known or not."""
    return tuple(dict.fromkeys(_BRACED.findall(text)))


def wrong_placeholder(text: str) -> str | None:
    """A sentence about the first placeholder that nobody can fill, None if all can be."""
    for name in placeholders_in(text):
        if name not in PLACEHOLDERS:
            known = "{date}, {day}, {time} or {place}"
            return f"“{{{name[:40]}}}” cannot be filled. Write {known}, or take the braces away."
    return None


def filled(text: str, occurrence: Occurrence, place: str) -> str:
    """The words for one date; KeyError for a placeholder that `wrong_placeholder` tells of."""
    here = local(occurrence.starts_at)
    values = {
        "date": f"{here.day} {here:%B}",
        "day": f"{here:%A}",
        "time": _time_words(occurrence),
        PLACE: place,
    }
    return _BRACED.sub(lambda found: values[found[1]], text)


def clock_words(clock: time) -> str:
    """A time as it is said: 6pm, 5:30pm, midday, midnight."""
    if clock.minute == 0 and clock.hour in (0, HALF_DAY):
        return "midday" if clock.hour else "midnight"
    hour = clock.hour % HALF_DAY or HALF_DAY
    minutes = f":{clock.minute:02d}" if clock.minute else ""
    return f"{hour}{minutes}{'pm' if clock.hour >= HALF_DAY else 'am'}"


def _time_words(occurrence: Occurrence) -> str:
    starts = _words(occurrence.starts_at)
    return f"{starts} to {_words(occurrence.ends_at)}" if occurrence.ends_at else starts


def _words(at: datetime) -> str:
    return clock_words(local(at).time())
