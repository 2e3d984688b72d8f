"""Nothing that is not confirmed."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "rumour"
SAY = Sentences(
    "{words} sounds unconfirmed.",
    "Say only what is confirmed: leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Unconfirmed claims, guesses, insinuation (policy.md N05)."""
    yield from judged(RULE, reading, pack, SAY)
