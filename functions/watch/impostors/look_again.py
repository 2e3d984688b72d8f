"""Every day: does an impostor still stand? What is gone is believed at the second look.

A look that failed tells nothing: the case stays as it is, and says why nobody could look. What was
erased, and what stands where we have no voice, nobody but a person looks at.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.impostors.case import Case, looked
from shared.impostors.evidence import Evidence
from shared.platforms.base import PlatformError
from shared.platforms.searching import Searcher
from shared.records.errors import ChangedError
from shared.records.impostor_entries import act_of_step
from shared.records.targets import Target
from watch.impostors.look_for import (
    LONGEST_FAULT,
    LONGEST_RUN,
    Desk,
    closed_windows,
    is_closed,
    targets_of,
)

EVERY = timedelta(hours=20)
"""Between two looks at one of them: each has its turn every day."""

AT_ONCE = 50
"""Cases of which is read at once what was seen."""


@dataclass(frozen=True)
class Seen:
    """How many impostors were looked at, and how many of them are gone by now."""

    looked: int
    gone: int


def look_again(desk: Desk, now: datetime) -> Seen:
    """Look at every impostor whose turn it is."""
    looks, gone = 0, 0
    for case, evidence, open_it in _due(desk, now):
        if desk.clock() >= now + LONGEST_RUN:
            break
        after = _looked(case, evidence, open_it, now)
        acts = [act_of_step(case, after)] if after.state is not case.state else []
        with suppress(ChangedError):  # somebody works on it just now; tomorrow is soon enough
            desk.impostors.advance(case, after, acts)
            gone += bool(acts)
        looks += 1
    return Seen(looks, gone)


def _due(desk: Desk, now: datetime) -> Iterator[tuple[Case, Evidence, Callable[[], Searcher]]]:
    cases = [case for case in desk.impostors.open() if case.stands and _has_its_turn(case, now)]
    if not cases:
        return
    here = targets_of(desk.accounts.all())
    mine = [case for case in cases if _target(case) in here]
    closed = closed_windows(desk.snapshots, list({_target(case): None for case in mine}))
    open_ = [case for case in mine if not is_closed(closed, _target(case), now)]
    for start in range(0, len(open_), AT_ONCE):
        part = open_[start : start + AT_ONCE]
        seen = desk.impostors.evidence(part)
        for case in part:
            if case.case_id in seen:
                account, platform = here[_target(case)], case.platform
                yield case, seen[case.case_id], lambda a=account, p=platform: desk.open(a, p)  # type: ignore[misc]  # bound now


def _target(case: Case) -> Target:
    return case.account, case.platform


def _has_its_turn(case: Case, now: datetime) -> bool:
    return case.looked_at is None or now >= case.looked_at + EVERY


def _looked(case: Case, evidence: Evidence, open_it: Callable[[], Searcher], now: datetime) -> Case:
    try:
        stands = open_it().there(evidence.platform_id, evidence.handle)
    except PlatformError as error:
        return replace(case, looked_at=now, fault=str(error)[:LONGEST_FAULT])
    return looked(case, stands is not None, now)
