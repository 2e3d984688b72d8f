"""Takedowns and blocks in every state that the description of the API tells of."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER
from shared.posts.block import Block, BlockState
from shared.posts.names import AccountId, PlatformName
from shared.posts.takedown import Appeal, Deed, HouseRule, Takedown, TakedownState, Taken
from shared.records.blocks import Blocks
from shared.records.takedown_acts import act_on_block, act_on_takedown
from shared.records.takedowns import Takedowns
from tests.workflows.force import FREE

TAKEDOWNS, BLOCKS, NOWHERE = "/v1/takedowns", "/v1/blocks", "01J0000000000000000000000A"
WHERE = {"account": FREE, "platform": "sandbox"}
OFFENDS = {
    **WHERE,
    "comment": "c404",
    "rule": "offensive",
    "why": "It insults a boy.",
    "deed": "hide",
}
BOTHERS = {**WHERE, "author_id": "u9", "why": "He goes on and on."}
KEYED = {"Idempotency-Key": "used-before"}
HEARD = {"who": "Mrs Dalby", "words": "It was a joke."}
DONE_BY_HAND = {"why": "I hid it.", "text": "You lot.", "author": "@lad", "written": "today"}


class TakingDown:
    """A force in which comments are left to a person, done and appealed, and people are blocked.
    No machine is at them: they are on record as it leaves them."""

    def __init__(self, force: Any) -> None:
        self._force = force
        self._takedowns = Takedowns(force.stack.tables, force.pen)
        self._blocks = Blocks(force.stack.tables, force.pen)
        self._made = 0
        self.left, self.left_alone = self._taken(), self._taken()
        self.done, self.appealed = self._done(), self._done(appealed=True)
        self.kept = self._kept_and(TakedownState.LEFT, told="Not allowed.")
        self.active, self.renewed, self.lifted, self.unblocked = map(
            self._blocked,
            (BlockState.ACTIVE, BlockState.ACTIVE, BlockState.LIFTED, BlockState.LEFT),
        )
        for path, body in ((TAKEDOWNS, OFFENDS), (BLOCKS, BOTHERS)):
            caller, other = force.caller(COMMS.person_id), {**body, "why": "Something else."}
            assert caller.post_json(path, other, **KEYED).status == 201

    def _taken(self, state: TakedownState = TakedownState.LEFT) -> str:
        at = self._force.stack.clock.now()
        takedown = Takedown(
            self._name(),
            AccountId(FREE),
            PlatformName("sandbox"),
            "c77",
            "c77",
            HouseRule.OFFENSIVE,
            "It insults a boy.",
            Deed.HIDE,
            block=False,
            asked_by=COMMS.person_id,
            asked_at=at,
            state=state,
            ended_at=at,
        )
        self._takedowns.ask(takedown, act_on_takedown(takedown, Taken.ASKED, at, {}))
        return takedown.takedown_id

    def _done(self, *, appealed: bool = False) -> str:
        at = self._force.stack.clock.now()
        appeal = Appeal(at, OFFICER.person_id) if appealed else None
        return self._kept_and(TakedownState.DONE, appeal=appeal)

    def _kept_and(self, state: TakedownState, **more: Any) -> str:
        """One of which what it says was kept, before it came to this."""
        before = self._takedowns.get(self._taken(TakedownState.ASKED))
        at = before.asked_at
        said = {"text": "You lot.", "author": "A lad", "raw": "{}", "at": None}
        act = act_on_takedown(before, Taken.EVIDENCE, at, {}, personal=said)
        captured = replace(before, state=TakedownState.CAPTURED)
        kept = self._takedowns.advance(before, captured, act)
        after = replace(kept, state=state, **more)
        self._takedowns.advance(kept, after, act_on_takedown(after, Taken.DONE, at, {}))
        return before.takedown_id

    def _blocked(self, state: BlockState) -> str:
        at = self._force.stack.clock.now()
        block = Block(
            self._name(),
            AccountId(FREE),
            PlatformName("sandbox"),
            "u9",
            "lad",
            "He goes on and on.",
            COMMS.person_id,
            at,
            at.date() + timedelta(days=90),
            state=state,
        )
        self._blocks.ask(block, act_on_block(block, Taken.BLOCK_ASKED, at, {}))
        return block.block_id

    def _name(self) -> str:
        self._made += 1
        return f"01J0000000000000000TAKEN{self._made:02d}"


def takedown_examples(taking: TakingDown, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    officer, auditor, comms = OFFICER.person_id, AUDITOR.person_id, COMMS.person_id
    one, nowhere = f"{TAKEDOWNS}/{taking.kept}", f"{TAKEDOWNS}/{NOWHERE}"
    appeal, by_hand = f"{TAKEDOWNS}/{taking.done}/appeal", f"{TAKEDOWNS}/{taking.left}/by-hand"
    return {
        "listTakedowns": {
            200: sent(TAKEDOWNS, who=auditor),
            401: sent(TAKEDOWNS, who=""),
            403: sent(TAKEDOWNS, who=officer),
            404: sent(TAKEDOWNS, who=officer, query="account=nobodys"),
            422: sent(TAKEDOWNS, who=comms, query="cursor=zzz"),
        },
        "askTakedown": {
            **refusals(TAKEDOWNS, officer),
            201: sent(TAKEDOWNS, OFFENDS, officer),
            403: sent(TAKEDOWNS, OFFENDS, auditor),
            404: sent(TAKEDOWNS, {**OFFENDS, "account": "nobodys"}, officer),
            409: sent(TAKEDOWNS, OFFENDS, comms, headers=KEYED),
        },
        "getTakedown": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "appealTakedown": {
            **refusals(appeal, officer),
            200: sent(appeal, HEARD, officer),
            403: sent(appeal, HEARD, auditor),
            404: sent(f"{nowhere}/appeal", HEARD, officer),
            409: sent(f"{TAKEDOWNS}/{taking.left_alone}/appeal", HEARD, officer),
        },
        "takenDownByHand": {
            **refusals(by_hand, officer),
            200: sent(by_hand, DONE_BY_HAND, officer),
            403: sent(by_hand, DONE_BY_HAND, auditor),
            404: sent(f"{nowhere}/by-hand", DONE_BY_HAND, officer),
            409: sent(f"{TAKEDOWNS}/{taking.done}/by-hand", DONE_BY_HAND, officer),
        },
        **_decisions(taking, sent, refusals),
        **_blocks(taking, sent, refusals),
    }


def _decisions(taking: TakingDown, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    second, stays = DEPUTY.person_id, {"decision": "turn-down", "why": "It was no joke."}
    decision = f"{TAKEDOWNS}/{taking.appealed}/appeal/decision"
    undecided = f"{TAKEDOWNS}/{taking.left_alone}/appeal/decision"
    return {
        "decideAppeal": {
            **refusals(decision, second),
            200: sent(decision, stays, second),
            403: sent(decision, stays, COMMS.person_id),
            404: sent(f"{TAKEDOWNS}/{NOWHERE}/appeal/decision", stays, second),
            409: sent(undecided, stays, second),
        },
    }


def _blocks(taking: TakingDown, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    officer, auditor, comms = OFFICER.person_id, AUDITOR.person_id, COMMS.person_id
    one, why = f"{BLOCKS}/{taking.active}", {"why": "A year is enough."}
    deeds = {
        "liftBlock": ("lift", taking.active, why),
        "renewBlock": ("renew", taking.renewed, {**why, "review_on": None}),
        "blockedByHand": ("by-hand", taking.unblocked, why),
    }
    return {
        "listBlocks": {
            200: sent(BLOCKS, who=auditor),
            401: sent(BLOCKS, who=""),
            403: sent(BLOCKS, who=officer),
            422: sent(BLOCKS, who=comms, query="cursor=zzz"),
        },
        "askBlock": {
            **refusals(BLOCKS, comms),
            201: sent(BLOCKS, BOTHERS, comms),
            403: sent(BLOCKS, BOTHERS, officer),
            404: sent(BLOCKS, {**BOTHERS, "account": "nobodys"}, comms),
            409: sent(BLOCKS, BOTHERS, comms, headers=KEYED),
        },
        "getBlock": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            403: sent(one, who=officer),
            404: sent(f"{BLOCKS}/{NOWHERE}", who=auditor),
        },
        **{
            name: {
                **refusals(f"{BLOCKS}/{block}/{deed}", comms),
                200: sent(f"{BLOCKS}/{block}/{deed}", body, comms),
                403: sent(f"{BLOCKS}/{block}/{deed}", body, officer),
                404: sent(f"{BLOCKS}/{NOWHERE}/{deed}", body, comms),
                409: sent(f"{BLOCKS}/{taking.lifted}/{deed}", body, comms),
            }
            for name, (deed, block, body) in deeds.items()
        },
    }
