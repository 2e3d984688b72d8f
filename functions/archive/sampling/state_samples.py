"""What a month's samples came to goes on record, once: counts, and nobody's name (G14).

It waits until every post was looked at, and no longer than some three weeks after they were drawn:
what nobody looked at until then is on record as not looked at.
"""

from datetime import datetime, timedelta

from archive.sampling.draw_months import drawn_notice
from shared.months.month import Month
from shared.records.notices import Notices
from shared.records.sample_acts import act_of_statement
from shared.records.samples import Samples
from shared.samples.acts import subject_of_month
from shared.samples.coverage import coverage

LATEST = timedelta(days=19)
"""After they were drawn it is stated, whatever nobody has looked at."""


def stated_notice(month: Month) -> str:
    """How it is known that a month was stated."""
    return f"{subject_of_month(str(month))}/stated"


def state_samples(
    samples: Samples, notices: Notices, sealed: tuple[Month, ...], now: datetime
) -> tuple[Month, ...]:
    """The months that were stated now, of those that were drawn from."""
    names = {month: (drawn_notice(month), stated_notice(month)) for month in sealed}
    found = notices.several([name for both in names.values() for name in both])
    done = {name for name, notice in found.items() if notice.told}
    waiting = (m for m, (drawn, stated) in names.items() if drawn in done and stated not in done)
    return tuple(month for month in sorted(waiting) if _state(samples, notices, month, now))


def _state(samples: Samples, notices: Notices, month: Month, now: datetime) -> bool:
    known = samples.of_month(str(month))
    if any(sample.unseen for sample in known) and now < min(s.drawn_at for s in known) + LATEST:
        return False
    act = act_of_statement(str(month), coverage(known), now)
    if not notices.begin(stated_notice(month), act):
        return False
    notices.told([stated_notice(month)], now)
    return True
