"""Keys that the platform ends within two weeks, told of once to the web team. Setting new keys is
the answer, and makes room for the next notice.

A post that is due within a day where the keys are not good cannot wait for a morning
(`watch.warn_of_keys`).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from shared.accounts.acts import Happened, target_subject
from shared.accounts.custody import REMIND_BEFORE, Custody
from shared.accounts.registry import AccountStatus
from shared.mail.digest import Matter
from shared.posts.localtime import day_text
from shared.recordlog.canonical import JSON
from watch.morning.due import Due, act_of
from watch.morning.who import Who

ABOUT = "Set new keys before the platform ends these"


def find_ending_keys(custodies: Iterable[Custody], who: Who, now: datetime) -> Iterator[Due]:
    """Each end that is known and near, of an account that is not closed."""
    for custody in custodies:
        account = who.accounts.get(custody.account_id)
        ends_at, set_at = custody.ends_at, custody.set_at
        if account is None or account.status is AccountStatus.CLOSED:
            continue
        if ends_at is None or set_at is None or custody.begun_at or now < ends_at - REMIND_BEFORE:
            continue
        ended = "ended on" if now >= ends_at else "end on"
        line = f"{account.title} on {custody.told}: they {ended} {day_text(ends_at)}"
        subject = target_subject(custody.account_id, custody.place)
        said: dict[str, JSON] = {"ends_at": ends_at.isoformat()}
        act = act_of(Happened.KEYS_END_TOLD, subject, now, custody.account_id, said)
        # New keys are another notice; a platform that tells another minute is not.
        named = f"keys-end/{custody.target}/{set_at.isoformat()}"
        yield Due(named, Matter(ABOUT, line, who.registrars, "/registry/credentials"), act)
