"""What of the registers is due, and who sees to it (policy.md F10, B20, A24, G05, M04).

Keys, cover, appeals and blocks are found beside; what nobody else looks for is here.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from shared.accounts.acts import Happened, account_subject, person_subject, target_subject
from shared.accounts.registers import reviews_due, training_due, two_step_due
from shared.mail.digest import Matter
from shared.policy.kept_up import KeptUp
from shared.policy.proposal import Happened as PolicyHappened
from shared.policy.proposal import subject as policy_subject
from shared.posts.consents import Consent, consent_subject
from shared.posts.localtime import local
from shared.posts.pictures import PictureHappened
from watch.morning.due import Due, act_of
from watch.morning.who import Who


def find_due(who: Who, policy: KeptUp, consents: Iterable[Consent], now: datetime) -> Iterator[Due]:
    """Everything of the registers that is due by now."""
    today = local(now).date()
    yield from _training(who, today, now)
    yield from _reviews(who, today, now)
    yield from _two_step(who, today, now)
    if policy.is_due(today):
        yield _policy(who, policy, now)
    for consent in consents:
        yield _consent(who, consent, now)


def _training(who: Who, today: date, now: datetime) -> Iterator[Due]:
    for each in training_due(who.people.values(), today):
        person, topics = each.person, ", ".join(each.topics).replace("_", " ")
        when = f"last taught on {each.taught_on}" if each.taught_on else "never taught"
        subject, told = person_subject(person.person_id), Happened.TRAINING_DUE_TOLD
        act = act_of(told, subject, now, None, {"topics": list(each.topics)})
        named = f"training/{person.person_id}/{each.taught_on}/{'+'.join(each.topics)}"
        to = (person, *(one for one in who.registrars if one != person))
        yield Due(named, Matter("Training is due", f"{person.name}, {topics}: {when}", to), act)


def _reviews(who: Who, today: date, now: datetime) -> Iterator[Due]:
    for account in reviews_due(who.accounts.values(), today):
        again = str(account.review_date)
        subject, told = account_subject(account.account_id), Happened.REVIEW_DUE_TOLD
        act = act_of(told, subject, now, account.account_id, {"again": again})
        to = (*who.registrars, *who.owners(account, today))
        matter = Matter("An account is to be looked at again", f"{account.title}, by {again}", to)
        yield Due(f"review/{account.account_id}/{again}", matter, act)


def _two_step(who: Who, today: date, now: datetime) -> Iterator[Due]:
    for each in two_step_due(who.accounts.values(), today):
        account, seen = each.account, str(each.seen_on) if each.seen_on else "never"
        subject = target_subject(account.account_id, each.platform)
        told = Happened.TWO_STEP_DUE_TOLD
        act = act_of(told, subject, now, account.account_id, {"seen_on": seen})
        line = f"{account.title} on {each.platform}, seen switched on: {seen}"
        matter = Matter("Look whether two-step verification is on", line, who.registrars)
        yield Due(f"two-step/{account.account_id}/{each.platform}/{seen}", matter, act)


def _policy(who: Who, policy: KeptUp, now: datetime) -> Due:
    by, ends = policy.review_by.isoformat(), policy.expires.isoformat()
    act = act_of(PolicyHappened.REVIEW_TOLD, policy_subject(policy.version), now, None, {"by": by})
    line = f"version {policy.version}, by {by}; it ends on {ends}, and nothing is published then"
    named = f"policy-review/{policy.version}/{by}"
    return Due(named, Matter("The policy is to be reviewed", line, who.on_duty), act)


def _consent(who: Who, consent: Consent, now: datetime) -> Due:
    on = consent.disposed_on.isoformat()
    subject = consent_subject(consent.consent_id)
    act = act_of(PictureHappened.DISPOSAL_TOLD, subject, now, None, {"on": on})
    keeper = who.able(consent.obtained_by)
    where = f", the form lies under {consent.reference}" if consent.reference else ""
    line = (
        f"{consent.consent_id}, on {on}{where}; destroy the form, and look where its pictures are"
    )
    matter = Matter("A consent ends after three years", line, (*keeper, *who.on_duty))
    return Due(f"consent/{consent.consent_id}/{on}", matter, act)
