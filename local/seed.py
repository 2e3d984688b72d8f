"""Fills a fresh stack with the invented force: people, accounts, and the accounts' secrets."""

import json
import secrets
from dataclasses import replace

from local.force import PEOPLE, REGISTRAR, accounts
from local.stack import Stack
from shared.accounts.acts import Happened, account_subject, person_subject, target_subject
from shared.accounts.custody import ROTATE_AFTER, Custody
from shared.accounts.registry import Account, Handle, TwoStep
from shared.platforms.base import Credentials
from shared.posts.names import AccountId, PlatformName
from shared.recordlog.leaf import Act
from shared.records.accounts import Accounts
from shared.records.custodies import Custodies
from shared.records.pen import Pen
from shared.records.people import People

SANDBOX, BLUESKY = PlatformName("sandbox"), PlatformName("bluesky")
FEED = PlatformName("feed")
WITH_FEED = AccountId("force")
"""One account is enough to see a feed; there are no keys to it."""


def seed(stack: Stack) -> None:
    """Enter everybody and everything through the registry, as acts of their own."""
    pen = Pen(secrets.token_bytes)
    people, registry = People(stack.tables, pen), Accounts(stack.tables, pen)
    custodies = Custodies(stack.tables, pen)
    for person in PEOPLE:
        people.enter(
            person,
            entering(stack, Happened.PERSON_ENTERED, person_subject(person.person_id)),
        )
    for account in accounts(_services(stack)):
        for handle in account.handles:
            keep_secret(stack, account, handle)
            subject = target_subject(account.account_id, handle.platform)
            kept = _custody(stack, account, handle)
            custodies.change(None, kept, entering(stack, Happened.KEYS_SET, subject))
        subject = account_subject(account.account_id)
        registry.enter(
            _with_feed(stack, account), entering(stack, Happened.ACCOUNT_ENTERED, subject)
        )


def _with_feed(stack: Stack, account: Account) -> Account:
    if account.account_id != WITH_FEED:
        return account
    feed = Handle(FEED, account.account_id, f"{stack.url}/local/feeds")
    seen = (*account.two_step, TwoStep(FEED, account.two_step[0].on)) if account.two_step else ()
    return replace(account, handles=(*account.handles, feed), two_step=seen)


def _services(stack: Stack) -> dict[PlatformName, str]:
    services = {SANDBOX: stack.sandbox.url}
    if stack.pds:
        services[BLUESKY] = stack.pds.url
    return services


def keep_secret(stack: Stack, account: Account, handle: Handle) -> None:
    """Open the account there, and keep its keys where functions look for them."""
    held = _open(stack, handle)
    # The sandbox has no keys that only read; its own stand in, so that followers and mentions are
    # read here too.
    rooms = ("platforms", "reading") if handle.platform == SANDBOX else ("platforms",)
    for room in rooms:
        stack.aws.client("secretsmanager").create_secret(
            Name=f"bluelamp-local/{room}/{account.account_id}/{handle.platform}",
            SecretString=json.dumps({"identifier": held.identifier, "password": held.password}),
        )


def _custody(stack: Stack, account: Account, handle: Handle) -> Custody:
    now, by = stack.clock.now(), REGISTRAR.person_id
    due = (now + ROTATE_AFTER).date()
    return Custody(account.account_id, handle.platform, frozenset({by}), by, due, set_at=now)


def _open(stack: Stack, handle: Handle) -> Credentials:
    if handle.platform == BLUESKY and stack.pds:
        return stack.pds.create_account(handle.name)
    return stack.sandbox.create_account(handle.name)


def entering(stack: Stack, happened: Happened, subject: str) -> Act:
    """The web team entered something, now."""
    return Act(
        type=happened.value,
        account=None,
        subject=subject,
        at=stack.clock.now(),
        actor=REGISTRAR.person_id,
        approver=None,
        reason=None,
        payload={},
    )
