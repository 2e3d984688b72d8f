"""In the morning: whose account nobody looked through the day before (policy D01)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import SHUT_OUT, Person
from shared.mail.everybody import Send, send_each
from shared.mail.letters import Event
from shared.mail.mention_letters import ChecksMissed
from shared.mentions.acts import Heard, subject_of_check
from shared.mentions.checks import Missed, Whom, days_asked, missed
from shared.posts.acts import SYSTEM
from shared.posts.localtime import local
from shared.posts.names import PersonId
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
    """Tell what nobody was told; of how many accounts. The last MailError where a letter did not
    leave, after all the others."""
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
    failed = None
    for whom in Whom:
        mine = [each for each in ours if each.whom is whom]
        letters = dict(_letters(mine, people, f"{desk.base_url}/mentions"))
        posted = send_each(Event.CHECKS_MISSED, letters, sender=desk.sender, send=desk.send, at=now)
        told = [each for each in mine if people[each.person].email in posted.arrived]
        desk.notices.told(map(_notice, told), now)
        failed = posted.failed or failed
    if failed:
        raise failed
    return len(ours)


def _letters(
    missed_by: list[Missed], people: Mapping[PersonId, Person], link: str
) -> Iterator[tuple[str, ChecksMissed]]:
    """Each address and its letter, about all that one person hears of."""
    for person in dict.fromkeys(people[each.person] for each in missed_by):
        mine = [each for each in missed_by if each.person == person.person_id]
        is_above = mine[0].whom is Whom.SUPERVISOR
        titles = tuple(each.account.title for each in mine)
        yield person.email, ChecksMissed(person.name, titles, is_above, link)


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
