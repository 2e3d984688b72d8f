"""A mention, and one outcome of each kind."""

from datetime import date

from shared.mentions.mention import Desk, Mention, MentionState, Outcome
from shared.posts.names import AccountId, LeafId, PlatformName
from tests.builders import NOW

TODAY = date(2026, 11, 20)
MENTION = Mention(
    mention_id="a" * 32,
    account=AccountId("riverside"),
    platform=PlatformName("sandbox"),
    said_at=NOW,
    received_at=NOW,
    leaf=LeafId("01J0000000000000000000000L"),
)
OUTCOMES = {
    each.state: each
    for each in (
        Outcome(MentionState.ANSWERED, answer="https://sandbox.example/posts/9"),
        Outcome(MentionState.NO_ANSWER, why="It only thanks us."),
        Outcome(MentionState.HOLDING, follow_up=TODAY),
        Outcome(MentionState.HANDED_ON, desk=Desk.FOI),
    )
}
