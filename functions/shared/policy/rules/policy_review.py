"""Whoever operates the policy is told when nobody has looked at it in time."""

from collections.abc import Iterator

from shared.policy.findings import finding
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "policy-review"

_TOLD = frozenset({"comms", "corporate"})


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """A policy whose review is overdue, told to the centre only (policy.md G02, G05)."""
    overdue = pack.day > pack.review_by
    if not overdue or reading.candidate.author_role not in _TOLD or not reading.text:
        return
    yield finding(
        RULE,
        reading,
        pack,
        span=(0, len(reading.text)),
        message=f"The policy {pack.version} was to be reviewed by {pack.review_by:%d %B %Y}.",
        suggestion=f"Nothing is wrong with this post; ask {pack.owner} to review the policy, "
        f"which ends on {pack.expires:%d %B %Y}.",
    )
