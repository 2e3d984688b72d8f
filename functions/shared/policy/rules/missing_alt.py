"""Everybody can tell what a picture shows."""

from collections.abc import Iterator

from shared.policy.findings import finding, listed
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "missing-alt"


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """A picture without words for those who cannot see it (policy.md B19)."""
    alts = reading.candidate.alts
    missing = [str(number) for number, alt in enumerate(alts, start=1) if not alt.strip()]
    if not missing or not reading.text:
        return
    which = "The picture" if len(alts) == 1 else f"Picture {listed(missing)}"
    yield finding(
        RULE,
        reading,
        pack,
        span=(0, len(reading.text)),
        message=f"{which} has no description for people who cannot see it.",
        suggestion="Describe in a sentence what the picture shows, any words in it included.",
    )
