"""Have somebody else's comment taken down: by whoever posts for the account, on a published rule.

Nobody is asked beforehand (policy C01). The machine keeps the evidence first, and only then asks
the platform (C02, P4). An account whose house rules the public cannot read has nothing to judge by
(C07).
"""

from dataclasses import dataclass
from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.takedown_desk import Desk, begin, new_id
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may, may_for
from shared.posts.comment_address import comment_of
from shared.posts.errors import InvalidTakedownError
from shared.posts.names import AccountId, PlatformName
from shared.posts.takedown import Deed, Takedown, Taken, house_rule
from shared.recordlog.canonical import JSON
from shared.records.takedown_acts import act_on_takedown

NO_HOUSE_RULES = (
    "{0} has no house rules that the public can read, so there is nothing to judge by. Ask the "
    "web team to enter their address, then ask again."
)
NO_VOICE = "{0} has no voice there. Choose where the comment stands."
NO_WHY = "Say what is wrong with it; whoever appeals is answered by your words, and they are kept."


@dataclass(frozen=True)
class Wish:
    """What somebody asks for; `comment` is its address or its number there, as it was pasted, and
    `rule` the name of a rule, as it was given."""

    account: AccountId
    platform: PlatformName
    comment: str
    rule: str
    why: str
    deed: Deed
    block: bool = False


def ask_takedown(
    wish: Wish, by: Person, *, desk: Desk, now: datetime, key: str | None = None
) -> Takedown:
    """The takedown, on record and with its machine; the same key and wish twice are one.
    MayNotActError, InvalidTakedownError, NotFoundError, KeyReusedError."""
    account = desk.snapshots.read(accounts={wish.account}).account(wish.account)
    _check_right(wish, by, account)
    rule = house_rule(wish.rule)
    _check_fields(wish, account)
    takedown = Takedown(
        takedown_id=new_id(desk, now),
        account=wish.account,
        platform=wish.platform,
        comment_id=comment_of(wish.platform, wish.comment.strip()),
        address=wish.comment.strip(),
        rule=rule,
        why=wish.why.strip(),
        deed=wish.deed,
        block=wish.block,
        asked_by=by.person_id,
        asked_at=now,
    )
    payload: dict[str, JSON] = {
        "block": takedown.block,
        "house_rules": account.house_rules,
        "why": takedown.why,
    }
    act = act_on_takedown(takedown, Taken.ASKED, now, payload, actor=by.person_id)
    kept = desk.takedowns.ask(takedown, act, key)
    begin(desk, "takedown", kept.takedown_id)
    return kept


def _check_right(wish: Wish, by: Person, account: Account) -> None:
    able = may_for(by, Right.TAKE_DOWN, account)
    if able.allowed and wish.block:
        able = may(by, Right.BLOCK)
    if not able.allowed:
        raise MayNotActError(able.reason)


def _check_fields(wish: Wish, account: Account) -> None:
    if not account.house_rules:
        raise InvalidTakedownError("account", NO_HOUSE_RULES.format(account.title))
    if account.handle(wish.platform) is None:
        raise InvalidTakedownError("platform", NO_VOICE.format(account.title))
    if not wish.why.strip():
        raise InvalidTakedownError("why", NO_WHY)
