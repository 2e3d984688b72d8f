"""Legal holds that have lasted long are told of to whoever asked for and approved them.

A hold has no end of its own: nobody forgets it by accident, and it keeps people's data from being
disposed of. So it is named when it is as old as the force says, and every ninety days after that,
each time once; where neither of the two has access any more, to whoever is on duty.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from shared.mail.digest import Matter
from shared.months.legal_hold import LegalHold
from shared.posts.localtime import day_text
from shared.recordlog.acts import Happened
from watch.morning.due import Due, act_of
from watch.morning.who import Who

AGAIN = timedelta(days=90)
ABOUT = "A legal hold has lasted long; is it still needed?"


def find_holds(
    who: Who, holds: Iterable[LegalHold], now: datetime, after: timedelta
) -> Iterator[Due]:
    """Each hold in force that is older than `after`, once in a period of ninety days."""
    for hold in holds:
        if hold.in_force and hold.decided and now - hold.decided.at >= after:
            yield _due(who, hold, hold.decided.at + after, now)


def _due(who: Who, hold: LegalHold, first: datetime, now: datetime) -> Due:
    period, since = (now - first) // AGAIN, (hold.decided or hold.asked).at
    people = {word.by for word in (hold.asked, hold.decided) if word}
    told = tuple(person for each in sorted(people) for person in who.able(each)) or who.on_duty
    subject, days = f"hold:{hold.hold_id}", (now - since).days
    act = act_of(Happened.HOLD_REMINDED, subject, now, None, {"days": days})
    line = f"{hold.reference}, in force since {day_text(since)}; end it as soon as nobody needs it"
    matter = Matter(ABOUT, line, told, f"/holds/{hold.hold_id}")
    return Due(f"hold/{hold.hold_id}/long/{period}", matter, act)
