"""No advertising for anybody's business."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "third-party-promotion"
SAY = Sentences(
    "{words} reads like an advertisement.",
    "Leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Praise, discount, advert or fundraising for a business (policy.md X18, B28)."""
    yield from judged(RULE, reading, pack, SAY)
