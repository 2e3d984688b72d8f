"""Whose account nobody looked through the day before (policy D01): its owner hears of it, and on
the second day whoever is above."""

from collections.abc import Iterator
from datetime import datetime

from shared.mail.digest import Matter
from shared.mentions.acts import Heard, subject_of_check
from shared.mentions.checks import Missed, Whom, days_asked, missed
from shared.posts.localtime import local
from shared.recordlog.canonical import JSON
from shared.records.checks import Checks
from watch.morning.due import Due, act_of
from watch.morning.who import Who

ABOUT = {
    Whom.OWNER: "Nobody looked through what the public said to this account yesterday",
    Whom.SUPERVISOR: "For the second day nobody looked through what the public said here",
}


def find_unchecked(checks: Checks, who: Who, now: datetime) -> Iterator[Due]:
    """Each account that was missed, once a day."""
    days = days_asked(now)
    done = checks.several((account, day) for account in who.accounts for day in days)
    for each in missed(who.accounts.values(), {(check.account, check.day) for check in done}, days):
        yield _due(each, who, now)


def _due(of: Missed, who: Who, now: datetime) -> Due:
    account, day = of.account, of.day.isoformat()
    above = of.whom is Whom.SUPERVISOR
    to = who.above(account) if above else who.owners(account, local(now).date())
    subject = subject_of_check(account.account_id, day)
    said: dict[str, JSON] = {"day": day, "told": of.whom.value}
    act = act_of(Heard.CHECK_TOLD, subject, now, account.account_id, said)
    named = f"check/{account.account_id}/{day}/{of.whom.value}"
    return Due(named, Matter(ABOUT[of.whom], account.title, to, "/mentions"), act, may_wait=False)
