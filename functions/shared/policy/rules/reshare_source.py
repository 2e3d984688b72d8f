"""Mainly the force's own accounts are reshared."""

from collections.abc import Iterator

from shared.policy.findings import finding
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "reshare-source"


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """A reshare of an account that is neither the force's nor a partner's (policy.md N22)."""
    candidate = reading.candidate
    source = candidate.reshare_of
    if candidate.kind != "reshare" or pack.is_senior(source):
        return
    if source is None or pack.is_partner(source) or not reading.text:
        return
    yield finding(
        RULE,
        reading,
        pack,
        span=(0, len(reading.text)),
        message=f"{source} is neither an account of the force nor one of a partner.",
        suggestion="Reshare a post of the force or of a partner; keep this only if it is a "
        "positive comment from the community.",
    )
