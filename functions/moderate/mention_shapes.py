"""Mentions and daily checks in JSON, as `openapi.json` describes them."""

from collections.abc import Mapping
from typing import Any

from moderate.mention_case import MentionCase
from moderate.settle_many import MOST, Settling
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.mentions.checks import Check
from shared.mentions.deadlines import due_at
from shared.mentions.mention import Desk, Mention, MentionState, Outcome
from shared.mentions.set_answers import set_answers

LONGEST_WHY, LONGEST_ADDRESS, LONGEST_NAME = 2_000, 1_000, 200
OUTCOMES = tuple(state.value for state in MentionState if state is not MentionState.WAITING)
DESKS = tuple(desk.value for desk in Desk)
SEALED = ("text", "author", "handle", "url")


def outcome_in(body: Mapping[str, Any]) -> Outcome:
    """Reads what became of a mention; InvalidFieldsError names every fault."""
    fields = Fields(body)
    return _outcome(fields, body)


def outcomes_in(body: Mapping[str, Any]) -> tuple[tuple[str, ...], Outcome]:
    """Reads which mentions, and what became of all of them; InvalidFieldsError."""
    fields = Fields(body)
    mention_ids = fields.words("mention_ids", most=MOST)
    return mention_ids, _outcome(fields, body)


def _outcome(fields: Fields, body: Mapping[str, Any]) -> Outcome:
    state = fields.one_of("state", OUTCOMES)
    why = fields.maybe_text("why", longest=LONGEST_WHY)
    answer = fields.maybe_text("answer", longest=LONGEST_ADDRESS)
    follow_up = fields.maybe_day("follow_up")
    handed = body.get("desk") is not None
    desk = fields.one_of("desk", DESKS) if handed else fields.maybe_text("desk")
    fields.done()
    whom = Desk(desk) if desk else None
    return Outcome(MentionState(state), why or "", answer or "", follow_up, whom)


def account_in(body: Mapping[str, Any]) -> str:
    """Reads which account somebody looked through."""
    fields = Fields(body)
    account = fields.text("account", longest=LONGEST_NAME)
    fields.done()
    return account


def mention_shape(mention: Mention) -> dict[str, Any]:
    """One mention, without a word of what was said."""
    settled = mention.settled
    outcome = settled.outcome if settled else None
    return {
        "mention_id": mention.mention_id,
        "account": mention.account,
        "platform": mention.platform,
        "said_at": stamp(mention.said_at),
        "received_at": stamp(mention.received_at),
        "due_at": stamp(due_at(mention)),
        "calls_for_help": mention.calls,
        "private": mention.private,
        "state": mention.state.value,
        "leaf": mention.leaf,
        "by": settled.by if settled else None,
        "at": stamp(settled.at) if settled else None,
        "why": outcome.why if outcome else "",
        "answer": outcome.answer if outcome else "",
        "follow_up": outcome.follow_up.isoformat() if outcome and outcome.follow_up else None,
        "desk": outcome.desk.value if outcome and outcome.desk else None,
        "answering": mention.answering,
    }


def whole_shape(case: MentionCase) -> dict[str, Any]:
    """One mention with what was said, null where it was erased, and words to copy."""
    said = {name: case.said(name) for name in SEALED} if case.words is not None else None
    answers = list(set_answers(case.mention, case.account))
    return {**mention_shape(case.mention), "said": said, "set_answers": answers}


def settling_shape(settling: Settling) -> dict[str, Any]:
    """What became of one of several: the mention as it stands then, or why it is as it was."""
    after = settling.after
    return {
        "mention_id": settling.mention_id,
        "mention": mention_shape(after) if after else None,
        "sentence": settling.sentence,
    }


def check_shape(check: Check) -> dict[str, Any]:
    """That somebody looked through an account on a day."""
    return {
        "account": check.account,
        "day": check.day.isoformat(),
        "by": check.by,
        "at": stamp(check.at),
    }
