"""In the morning: whose account nobody looked through the day before (policy D01)."""

from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import SHUT_OUT
from shared.mail.everybody import Send, send_to_all
from shared.mail.letters import Event
from shared.mail.mention_letters import ChecksMissed
from shared.mentions.acts import Heard, subject_of_check
from shared.mentions.checks import Missed, Whom, days_asked, missed
from shared.posts.acts import SYSTEM
from shared.posts.localtime import local
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.checks import Checks
from shared.records.notices import Notices
from shared.records.people import People

UNTIL = 10
"""O'clock in London: by then the runs of the morning have told it."""


@dataclass(frozen=True)
class Desk:
    """Records, and how letters leave."""

    checks: Checks
    notices: Notices
    accounts: Accounts
    people: People
    base_url: str
    sender: str
    send: Send


def tell_checks(desk: Desk, now: datetime) -> int:
    """Tell what nobody was told; of how many accounts. A MailError if it could not be."""
    days = days_asked(now)
    if not days or local(now).hour >= UNTIL:
        return 0
    accounts = {each.account_id: each for each in desk.accounts.all()}
    done = desk.checks.several((account, day) for account in accounts for day in days)
    people = {each.person_id: each for each in desk.people.all()}
    found = [
        each
        for each in missed(accounts, {(check.account, check.day) for check in done}, days)
        if each.person in people and people[each.person].status not in SHUT_OUT
    ]
    ours = [each for each in found if desk.notices.begin(_notice(each), _act(each, now))]
    letters = {}
    for whom in Whom:
        told = [each for each in ours if each.whom is whom]
        for person in dict.fromkeys(people[each.person] for each in told):
            titles = tuple(m.account.title for m in told if m.person == person.person_id)
            link = f"{desk.base_url}/mentions"
            letters[person.email, whom] = ChecksMissed(
                person.name, titles, whom is Whom.SUPERVISOR, link
            )
    for (address, _), letter in letters.items():
        send_to_all(
            Event.CHECKS_MISSED, {address: letter}, sender=desk.sender, send=desk.send, at=now
        )
    desk.notices.told(map(_notice, ours), now)
    return len(ours)


def _notice(of: Missed) -> str:
    return f"check/{of.account.account_id}/{of.day.isoformat()}/{of.whom.value}"


def _act(of: Missed, now: datetime) -> Act:
    account = of.account.account_id
    return Act(
        type=Heard.CHECK_TOLD.value,
        account=account,
        subject=subject_of_check(account, of.day.isoformat()),
        at=now,
        actor=SYSTEM,
        approver=None,
        reason=None,
        payload={"day": of.day.isoformat(), "told": of.whom.value},
    )
