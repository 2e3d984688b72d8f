"""What an account signs in with is set and rotated: who and when is on record, never what.

The record comes first: a crash between record and vault shows as a setting that was begun and not
finished, and asks to be done again; nothing is ever set that nobody knows of.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from register.desk import Desk
from register.errors import NoSuchTargetError
from register.vault import Vault
from shared.accounts.acts import Happened, target_subject
from shared.accounts.custody import (
    READ_ONLY,
    ROTATE_AFTER,
    Check,
    Custody,
    Use,
    ends_by_rule,
    weakness,
)
from shared.accounts.registry import AccountStatus, Person
from shared.http.problems import FieldFault, InvalidFieldsError
from shared.posts.localtime import LONDON
from shared.posts.names import AccountId, PlatformName
from shared.recordlog.leaf import Act

LONGEST_IDENTIFIER = 300
LONGEST_LIFE = timedelta(days=3_660)


@dataclass(frozen=True)
class Keys:
    """What was typed; shows nowhere."""

    identifier: str = field(repr=False)
    password: str = field(repr=False)
    client_id: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    token_url: str = field(default="", repr=False)
    """Where the platform signs in an application; a password is then its first refresh token."""


def set_keys(
    account_id: AccountId,
    platform: PlatformName,
    keys: Keys,
    *,
    by: Person,
    desk: Desk,
    vault: Callable[[], Vault],
    now: datetime,
    ends_on: date | None = None,
    use: Use = Use.PUBLISH,
) -> Custody:
    """Keep new keys for a target; NoSuchTargetError, InvalidFieldsError, VaultError. `ends_on` is
    the day on which the platform ends them, if it said so; `vault` is the one of their `use`."""
    account = desk.accounts.get(account_id)
    if account.handle(platform) is None:
        raise NoSuchTargetError(f"{account.title} has no name on {platform}.")
    if account.status is AccountStatus.CLOSED:
        raise NoSuchTargetError(f"{account.title} is closed; its keys are not needed.")
    _check(keys)
    _check_end(ends_on, now)
    _check_use(platform, use)
    before = desk.custodies.find(account_id, platform, use)
    due = (now + ROTATE_AFTER).astimezone(LONDON).date()
    fresh = before or Custody(account_id, platform, frozenset(), by.person_id, due, use=use)
    begun = replace(fresh, known_by=fresh.known_by | {by.person_id}, begun_at=now)
    desk.custodies.change(before, begun, _act(Happened.KEYS_BEGUN, begun, by, now))
    vault().put(account_id, platform, {k: v for k, v in asdict(keys).items() if v})
    done = Custody(
        account_id=account_id,
        platform=platform,
        known_by=frozenset({by.person_id}),
        set_by=by.person_id,
        due=due,
        set_at=now,
        check=Check.UNTRIED,
        use=use,
        ends_at=_end(platform, keys, now, ends_on),
    )
    desk.custodies.change(begun, done, _act(Happened.KEYS_SET, done, by, now))
    return done


def _check(keys: Keys) -> None:
    faults = []
    name = keys.identifier
    if not name.strip() or len(name) > LONGEST_IDENTIFIER or not name.isprintable():
        faults.append(FieldFault("identifier", "Say what the account signs in as."))
    if wrong := weakness(keys.password, name):
        faults.append(FieldFault("password", wrong))
    if not keys.client_id and (keys.client_secret or keys.token_url):
        faults.append(FieldFault("client_id", "Say which application this is of."))
    if keys.token_url and not keys.token_url.startswith("https://"):
        faults.append(FieldFault("token_url", "Give an address that begins with https://."))
    if faults:
        raise InvalidFieldsError(tuple(faults))


def _check_use(platform: PlatformName, use: Use) -> None:
    if use is Use.READ and platform not in READ_ONLY:
        sentence = "It has no keys that only read; leave this, nobody will read with these."
        raise InvalidFieldsError((FieldFault("use", sentence),))


def _check_end(ends_on: date | None, now: datetime) -> None:
    today = now.astimezone(LONDON).date()
    if ends_on and not today < ends_on <= today + LONGEST_LIFE:
        sentence = "Give a day to come, or leave it empty if the platform named none."
        raise InvalidFieldsError((FieldFault("ends_on", sentence),))


def _end(
    platform: PlatformName, keys: Keys, now: datetime, ends_on: date | None
) -> datetime | None:
    """What is known of their end: the day begins, and they may be good no more."""
    if ends_on:
        return datetime.combine(ends_on, time(), LONDON).astimezone(UTC)
    return ends_by_rule(platform, now, is_application=bool(keys.client_id))


def _act(happened: Happened, custody: Custody, by: Person, now: datetime) -> Act:
    return Act(
        type=happened.value,
        account=custody.account_id,
        subject=target_subject(custody.account_id, custody.place),
        at=now,
        actor=by.person_id,
        approver=None,
        reason=None,
        payload={
            "due": custody.due.isoformat(),
            **({"ends_at": custody.ends_at.isoformat()} if custody.ends_at else {}),
        },
    )
