"""No names of suspects or offenders."""

from shared.policy.judged import Findings, Pack, Reading, Sentences, judged

RULE = "offender-name"
SAY = Sentences(
    "{words} seems to name a suspect or offender.",
    "Say “a man” or “a woman” with age and town; leave out {words}.",
)


def check(reading: Reading, pack: Pack) -> Findings:
    """Whoever is suspected, charged or sentenced, by name (policy.md N01, X05, B06)."""
    yield from judged(RULE, reading, pack, SAY)
