"""Calls for help are answered by 101 and 999, never by a reply."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "call-for-help"
SAY = Sentences(
    "{words} takes a call for help on social media.",
    "Send them to 101, 999 or the website instead of {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Taking a report, promising to come, keeping somebody on social media (policy.md N26)."""
    if reading.candidate.kind != "reply":
        return
    yield from judged(RULE, reading, pack, SAY)
