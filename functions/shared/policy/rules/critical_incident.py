"""While a critical incident is declared, only its commanders speak."""

from shared.policy.findings import finding
from shared.policy.judged import Findings, Pack, Reading

RULE = "critical-incident"

_SPEAKERS = frozenset({"lpt_commander", "corporate"})
_SILENT = frozenset({"original", "correction"})


def check(reading: Reading, pack: Pack) -> Findings:
    """Local accounts hold their posts and reshare senior accounts only (policy.md I01-I04)."""
    candidate = reading.candidate
    if not candidate.critical_incident or not reading.text:
        return
    own = candidate.kind in _SILENT
    speaks = candidate.account_level == "corporate" or candidate.author_role in _SPEAKERS
    reshared = candidate.kind == "reshare" and not pack.is_senior(candidate.reshare_of)
    if (own and not speaks) or reshared:
        yield finding(
            RULE,
            reading,
            pack,
            span=(0, len(reading.text)),
            message="A critical incident is declared for this area: local accounts hold their "
            "posts."
            if own
            else "A critical incident is declared for this area: only senior accounts may be "
            "reshared.",
            suggestion="Reshare a post of a senior account, or wait until the incident is stood "
            "down.",
        )
