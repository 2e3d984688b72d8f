"""Takedowns and blocks in JSON, as `openapi.json` describes them."""

from collections.abc import Mapping
from typing import Any

from moderate import keep_block
from moderate.ask_takedown import Wish
from moderate.decide_appeal import Choice, Heard
from moderate.takedown_by_hand import Deeds
from moderate.takedown_case import Case
from moderate.takedown_checklists import checklist
from shared.http.fields import Fields
from shared.http.shapes import stamp
from shared.posts.block import Block
from shared.posts.names import AccountId, PlatformName
from shared.posts.takedown import Appeal, Deed, Takedown, TakedownState

LONGEST_WHY, LONGEST_ADDRESS, LONGEST_NAME, LONGEST_WORDS = 2_000, 1_000, 200, 20_000
DEEDS = tuple(deed.value for deed in Deed)
DECISIONS = ("uphold", "turn-down")


def wish_in(body: Mapping[str, Any]) -> Wish:
    """Reads `POST /v1/takedowns`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    account = fields.text("account", longest=LONGEST_NAME)
    platform = fields.text("platform", longest=LONGEST_NAME)
    comment = fields.text("comment", longest=LONGEST_ADDRESS)
    rule = fields.text("rule", longest=LONGEST_NAME)
    why = fields.text("why", longest=LONGEST_WHY)
    deed = fields.one_of("deed", DEEDS)
    block = fields.flag("block")
    fields.done()
    return Wish(AccountId(account), PlatformName(platform), comment, rule, why, Deed(deed), block)


def heard_in(body: Mapping[str, Any]) -> Heard:
    """Reads an appeal."""
    fields = Fields(body)
    who = fields.text("who", longest=LONGEST_NAME)
    words = fields.text("words", longest=LONGEST_WORDS)
    fields.done()
    return Heard(who, words)


def choice_in(body: Mapping[str, Any]) -> Choice:
    """Reads what was decided about an appeal."""
    fields = Fields(body)
    decision = fields.one_of("decision", DECISIONS)
    why = fields.text("why", longest=LONGEST_WHY)
    fields.done()
    return Choice(decision == DECISIONS[0], why)


def deeds_in(body: Mapping[str, Any]) -> Deeds:
    """Reads what was done by hand."""
    fields = Fields(body)
    why = fields.text("why", longest=LONGEST_WHY)
    text = fields.maybe_text("text", longest=LONGEST_WORDS)
    author = fields.maybe_text("author", longest=LONGEST_NAME)
    written = fields.maybe_text("written", longest=LONGEST_NAME)
    fields.done()
    return Deeds(why, text or "", author or "", written or "")


def block_in(body: Mapping[str, Any]) -> keep_block.Wish:
    """Reads `POST /v1/blocks`; InvalidFieldsError names every fault."""
    fields = Fields(body)
    account = fields.text("account", longest=LONGEST_NAME)
    platform = fields.text("platform", longest=LONGEST_NAME)
    author_id = fields.text("author_id", longest=LONGEST_ADDRESS)
    handle = fields.maybe_text("handle", longest=LONGEST_NAME)
    why = fields.text("why", longest=LONGEST_WHY)
    review_on = fields.maybe_day("review_on")
    fields.done()
    where = (AccountId(account), PlatformName(platform))
    return keep_block.Wish(*where, author_id, handle or "", why, review_on)


def takedown_shape(takedown: Takedown) -> dict[str, Any]:
    """One takedown, without a word of what was kept."""
    return {
        "takedown_id": takedown.takedown_id,
        "account": takedown.account,
        "platform": takedown.platform,
        "comment_id": takedown.comment_id,
        "address": takedown.address,
        "rule": takedown.rule.value,
        "why": takedown.why,
        "deed": takedown.deed.value,
        "block": takedown.block,
        "asked_by": takedown.asked_by,
        "asked_at": stamp(takedown.asked_at),
        "state": takedown.state.value,
        "evidence_leaf": takedown.evidence_leaf,
        "told": takedown.told,
        "appeal": _appeal(takedown.appeal),
        "ended_at": stamp(takedown.ended_at),
    }


def whole_shape(case: Case) -> dict[str, Any]:
    """One takedown with what was kept of the comment, and of the appeal."""
    left = case.takedown.state is TakedownState.LEFT
    return {
        **takedown_shape(case.takedown),
        "evidence": None if case.evidence is None else dict(case.evidence),
        "appealed": None if case.appealed is None else dict(case.appealed),
        "checklist": list(checklist(case.takedown)) if left else [],
    }


def _appeal(appeal: Appeal | None) -> dict[str, Any] | None:
    if appeal is None:
        return None
    return {
        "received_at": stamp(appeal.received_at),
        "entered_by": appeal.entered_by,
        "leaf": appeal.leaf,
        "upheld": appeal.upheld,
        "decided_by": appeal.decided_by,
        "decided_at": stamp(appeal.decided_at),
        "why": appeal.why,
    }


def block_shape(block: Block) -> dict[str, Any]:
    """One block."""
    return {
        "block_id": block.block_id,
        "account": block.account,
        "platform": block.platform,
        "author_id": block.author_id,
        "handle": block.handle,
        "why": block.why,
        "by": block.by,
        "at": stamp(block.at),
        "review_on": block.review_on.isoformat(),
        "takedown_id": block.takedown_id,
        "state": block.state.value,
        "lifted_by": block.lifted_by,
        "lifted_at": stamp(block.lifted_at),
        "lifted_why": block.lifted_why,
        "told": block.told,
    }
