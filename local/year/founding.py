"""The force of a year, entered into a fresh stack as the registry would have it."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from local.force import DOMAIN, PEOPLE, REGISTRAR
from local.seed import SANDBOX, entering, keep_secret
from local.stack import Stack
from local.year.names import account_of, email_of, handle_of, owner_name, owner_of, title_of
from local.year.story import DAY, Size, Story, Voice
from shared.accounts.acts import Happened, account_subject, person_subject, target_subject
from shared.accounts.checklist import Item
from shared.accounts.custody import Custody
from shared.accounts.registry import (
    Acceptance,
    Account,
    AccountStatus,
    Handle,
    Level,
    Person,
    Role,
    StatusChange,
    TwoStep,
)
from shared.accounts.training import Topic, Training
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies
from shared.records.pen import Pen
from shared.records.people import People

LONG_AFTER = timedelta(days=800)
"""When keys are to be changed, and accounts of the centre to be looked at: behind the year."""


def found(stack: Stack, story: Story) -> None:
    """Everybody and every voice, each entry an act of its own."""
    pen = Pen(secrets.token_bytes)
    people, accounts = People(stack.tables, pen), Accounts(stack.tables, pen)
    custodies = Custodies(stack.tables, pen)
    for person in everybody(story):
        people.enter(
            person,
            entering(stack, Happened.PERSON_ENTERED, person_subject(person.person_id)),
        )
    for voice in story.voices:
        account = the_account(stack.sandbox.url, story.size, voice)
        keep_secret(stack, account, account.handles[0])
        kept = _custody(account, story)
        target = target_subject(account.account_id, SANDBOX)
        custodies.change(None, kept, entering(stack, Happened.KEYS_SET, target))
        entered = entering(stack, Happened.ACCOUNT_ENTERED, account_subject(account.account_id))
        accounts.enter(account, entered)


def everybody(story: Story) -> Iterator[Person]:
    """The centre, taught lately, and an owner for each voice, taught when the story says."""
    lately = story.size.first_day - 30 * DAY
    taught = tuple(Training(topic, lately) for topic in Topic)
    for person in PEOPLE:
        yield replace(person, training=taught, acceptance=Acceptance("2026-09", lately))
    for voice in story.voices:
        yield Person(
            owner_of(voice.number),
            owner_name(voice.number),
            email_of(voice.number),
            f"+4477009{voice.number:05}",
            Role.OFFICER,
            training=tuple(Training(topic, voice.taught) for topic in Topic),
            acceptance=Acceptance("2026-09", voice.taught),
        )


def the_account(service: str, size: Size, voice: Voice) -> Account:
    """A voice as the registry has it; the first stands above all others."""
    opened = datetime.combine(size.first_day - 60 * DAY, time(9), UTC)
    page = f"https://www.{DOMAIN}/{account_of(voice.number)}"
    return Account(
        account_of(voice.number),
        title_of(voice.number),
        Level.NEIGHBOURHOOD,
        f"Neighbourhood {voice.number:03}",
        f"{account_of(voice.number)}@{DOMAIN}",
        (Handle(SANDBOX, handle_of(voice.number), service),),
        owner_of(voice.number),
        parent=account_of(0) if voice.number else None,
        purpose="What happens in the neighbourhood, and what we do about it.",
        audience="Whoever lives and works there.",
        force_page=page,
        house_rules=f"{page}/rules",
        checklist=frozenset(Item),
        rhythm_hours=int(voice.rhythm.total_seconds()) // 3600,
        two_step=(TwoStep(SANDBOX, voice.two_step),),
        review_date=voice.looked_at_again,
        history=(StatusChange(AccountStatus.ACTIVE, opened, REGISTRAR.person_id, "Checked."),),
    )


def _custody(account: Account, story: Story) -> Custody:
    by, due = REGISTRAR.person_id, story.size.first_day + LONG_AFTER
    return Custody(account.account_id, SANDBOX, frozenset({by}), by, due, set_at=story.begins)
