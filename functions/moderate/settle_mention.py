"""Somebody of the account's team, or of the centre, says what became of a mention (policy D07)."""

from datetime import datetime

from moderate.incident_errors import MayNotActError
from moderate.mention_room import Desk
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Right, may_for
from shared.mentions.mention import HAPPENED, Mention, Outcome, settle
from shared.posts.localtime import local
from shared.records.mention_entries import act_on_mention, outcome_said
from shared.records.mentions import Step


def settle_mention(
    mention: Mention,
    outcome: Outcome,
    by: Person,
    *,
    account: Account,
    desk: Desk,
    now: datetime,
) -> Mention:
    """The mention as it then stands, with its leaf. MayNotActError, InvalidMentionError,
    UnlawfulStepError, ChangedError."""
    step = step_of(mention, outcome, by, account=account, now=now)
    desk.mentions.settle(step)
    return step.after


def step_of(
    mention: Mention, outcome: Outcome, by: Person, *, account: Account, now: datetime
) -> Step:
    """What becomes of it, before it is on record. MayNotActError, InvalidMentionError,
    UnlawfulStepError."""
    able = may_for(by, Right.ANSWER, account)
    if not able.allowed:
        raise MayNotActError(able.reason)
    after = settle(mention, outcome, by.person_id, now, local(now).date())
    said = outcome_said(after.settled.outcome) if after.settled else {}
    act = act_on_mention(after, HAPPENED[after.state], now, said, actor=by.person_id)
    return Step(mention, after, act)
