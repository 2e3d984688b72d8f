"""Mentions in every state that the description of the API tells of."""

from typing import Any

from local.force import AUDITOR, COMMS, OFFICER
from shared.mentions.acts import Heard
from shared.mentions.mention import Mention, MentionState, Outcome, mention_name, settle
from shared.posts.localtime import local
from shared.posts.names import AccountId, LeafId, PlatformName
from shared.records.mention_entries import act_on_mention
from shared.records.mentions import Mentions, Step
from tests.workflows.force import FREE

MENTIONS, NOWHERE = "/v1/mentions", "0" * 32
NEEDLESS = {"state": "no_answer_needed", "why": "It only thanks us."}
SAID = {"text": "Thank you.", "author": "A lad", "handle": "lad", "url": "https://x.example/1"}
REPLY = {"words": "The bridge opens at noon."}
KEY = {"Idempotency-Key": "replied"}
REPLIES = "/v1/replies"


class Mentioned:
    """A force to which something was said: two wait, another was answered."""

    def __init__(self, force: Any) -> None:
        self._mentions = Mentions(force.stack.tables, force.pen)
        self._now = force.stack.clock.now()
        self.waiting, self.answered, self.alike, self.asked = map(self._said, (1, 2, 3, 4))
        self._answer(self.answered)
        self.reply = {**REPLY, "mention": self.asked}
        assert force.officer.post_json(REPLIES, self.reply, **KEY).status == 202

    def _said(self, number: int) -> str:
        account, platform = AccountId(FREE), PlatformName("sandbox")
        name = mention_name(account, platform, f"described-{number}")
        mention = Mention(name, account, platform, self._now, self._now, LeafId(""))
        sealed = {**SAID, "platform_id": f"described-{number}"}
        act = act_on_mention(mention, Heard.RECEIVED, self._now, personal=sealed)
        assert self._mentions.receive([(mention, act)])
        return name

    def _answer(self, name: str) -> None:
        before = self._mentions.get(name)
        outcome = Outcome(MentionState.ANSWERED, answer="https://x.example/2")
        after = settle(before, outcome, OFFICER.person_id, self._now, local(self._now).date())
        act = act_on_mention(after, Heard.ANSWERED, self._now, actor=OFFICER.person_id)
        self._mentions.settle(Step(before, after, act))


def mention_examples(mentioned: Mentioned, sent: Any, refusals: Any) -> dict[str, dict[int, Any]]:
    """`sent` makes a request, `refusals` what every operation that takes JSON refuses alike."""
    officer, auditor, comms = OFFICER.person_id, AUDITOR.person_id, COMMS.person_id
    one, outcome = f"{MENTIONS}/{mentioned.answered}", f"{MENTIONS}/{mentioned.waiting}/outcome"
    several = f"{MENTIONS}/outcomes"
    checks, nowhere = f"{MENTIONS}/checks", f"{MENTIONS}/{NOWHERE}"
    reply, answer = REPLIES, mentioned.reply
    looked = {"account": FREE}
    return {
        "listMentions": {
            200: sent(MENTIONS, who=auditor),
            401: sent(MENTIONS, who=""),
            403: sent(MENTIONS, who=officer),
            404: sent(MENTIONS, who=officer, query="account=nobodys"),
            422: sent(MENTIONS, who=comms, query="cursor=zzz"),
        },
        "lookThrough": {
            **refusals(checks, officer),
            200: sent(checks, looked, officer),
            403: sent(checks, looked, auditor),
            404: sent(checks, {"account": "nobodys"}, officer),
        },
        "settleMentions": {
            **refusals(several, officer),
            200: sent(several, {**NEEDLESS, "mention_ids": [mentioned.alike, NOWHERE]}, officer),
            403: sent(several, {**NEEDLESS, "mention_ids": [NOWHERE]}, auditor),
        },
        "replyToMention": {
            **refusals(reply, officer),
            202: sent(reply, answer, officer, headers=KEY),
            403: sent(reply, answer, auditor),
            404: sent(reply, {**answer, "mention": NOWHERE}, officer),
            409: sent(reply, {**answer, "words": "Not before noon."}, officer, headers=KEY),
        },
        "getMention": {
            200: sent(one, who=auditor),
            401: sent(one, who=""),
            404: sent(nowhere, who=auditor),
        },
        "settleMention": {
            **refusals(outcome, officer),
            200: sent(outcome, NEEDLESS, officer),
            403: sent(outcome, NEEDLESS, auditor),
            404: sent(f"{nowhere}/outcome", NEEDLESS, officer),
            409: sent(f"{one}/outcome", NEEDLESS, officer),
        },
    }
