"""How fast, how carefully and by whom is decided: who takes no time has not read.

Time to decide runs from the first letter to the ruling; time to read from the moment the page was
served, where there was a page. All in seconds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import ceil

from shared.posts.names import PersonId
from shared.records.approval import Approval, Ruling

QUICK = timedelta(seconds=5)
"""A ruling sooner than this after the page was served has hardly been read for."""


@dataclass(frozen=True)
class Load:
    """One approver's share: how many, how long the middle one took, how many were quick."""

    person: PersonId
    decisions: int
    median_seconds: float
    quick: int


@dataclass(frozen=True)
class Tally:
    """What was decided in a stretch of days; the times are None where nothing was."""

    decisions: int
    by_decision: dict[str, int]
    by_way: dict[str, int]
    median_seconds: float | None
    slowest_tenth_seconds: float | None
    quick: int
    approvers: tuple[Load, ...]


def tally(approvals: Iterable[Approval]) -> Tally:
    """The figures of these; what has no ruling does not count."""
    ruled = [(approval, approval.ruling) for approval in approvals if approval.ruling]
    seconds = [_seconds(approval, ruling) for approval, ruling in ruled]
    own: dict[PersonId, list[tuple[Approval, Ruling]]] = defaultdict(list)
    for approval, ruling in ruled:
        own[ruling.by].append((approval, ruling))
    loads = [_load(person, share) for person, share in own.items()]
    return Tally(
        decisions=len(ruled),
        by_decision=dict(Counter(ruling.decision.value for _, ruling in ruled)),
        by_way=dict(Counter(ruling.way.value for _, ruling in ruled)),
        median_seconds=_part(seconds, 0.5),
        slowest_tenth_seconds=_part(seconds, 0.9),
        quick=sum(is_quick(ruling) for _, ruling in ruled),
        approvers=tuple(sorted(loads, key=lambda load: (-load.decisions, load.person))),
    )


def is_quick(ruling: Ruling) -> bool:
    """Whether the page was before the approver's eyes for less than five seconds."""
    return ruling.shown_at is not None and ruling.at - ruling.shown_at < QUICK


def _load(person: PersonId, share: Sequence[tuple[Approval, Ruling]]) -> Load:
    seconds = [_seconds(approval, ruling) for approval, ruling in share]
    median = _part(seconds, 0.5) or 0.0
    return Load(person, len(share), median, sum(is_quick(ruling) for _, ruling in share))


def _seconds(approval: Approval, ruling: Ruling) -> float:
    return max((ruling.at - approval.opened_at).total_seconds(), 0.0)


def _part(seconds: list[float], share: float) -> float | None:
    """The value that this share of all does not exceed (nearest rank)."""
    ordered = sorted(seconds)
    return ordered[max(ceil(share * len(ordered)), 1) - 1] if ordered else None
