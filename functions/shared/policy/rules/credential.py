"""No passwords, codes, keys or hints."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "credential"
SAY = Sentences(
    "{words} looks like a password, code or hint.",
    "Leave out {words}, and have it changed if it is a real one.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """A usable secret in the text (policy.md P01)."""
    yield from judged(RULE, reading, pack, SAY)
