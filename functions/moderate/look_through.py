"""Somebody says that they looked through what was said to an account today (policy D01)."""

from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.mention_room import Desk
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may_for
from shared.mentions.checks import Check
from shared.posts.localtime import local


def look_through(account: Account, by: Person, *, desk: Desk, now: datetime) -> Check:
    """The check of this day: theirs, or that of whoever was first. MayNotActError."""
    able = may_for(by, Right.ANSWER, account)
    if not able.allowed:
        raise MayNotActError(able.reason)
    check = Check(account.account_id, local(now).date(), by.person_id, now)
    if desk.checks.record(check):
        return check
    first = desk.checks.several([(check.account, check.day)])
    return first[0] if first else check
