"""What was found is kept once: a new case with what was seen, or one that came back.

Whoever is on record is left as it is, false alarms too. What was gone is back only if the platform
itself shows the account, for lists of what can be searched may be days behind.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from shared.followers.someone import Someone
from shared.http.shapes import stamp
from shared.impostors.alike import Alike
from shared.impostors.case import Case, CaseState, Source, seen_again
from shared.impostors.evidence import LONGEST_ABOUT, Evidence, case_name
from shared.platforms.strangers import words
from shared.posts.names import LeafId, PlatformName
from shared.records.errors import ChangedError
from shared.records.impostor_entries import act_of_finding, act_of_step
from shared.records.impostors import Impostors


@dataclass(frozen=True)
class Sighting:
    """Somebody who could be taken for ours: where, for whom, by which way; `picture` is its
    address, `digest` fetches it, `stands` looks whether the account is there."""

    platform: PlatformName
    someone: Someone
    alike: Alike
    source: Source
    picture: str = ""
    digest: Callable[[], str] = field(default=str)
    stands: Callable[[], bool] = field(default=bool)

    @property
    def case_id(self) -> str:
        """What its case is called."""
        return case_name(self.platform, self.someone.handle)


def keep_found(sightings: Iterable[Sighting], impostors: Impostors, now: datetime) -> int:
    """How many cases are new or open again by these."""
    named = {each.case_id: each for each in sightings}
    known = {case.case_id: case for case in impostors.several(list(named))}
    kept = 0
    for name, sighting in named.items():
        if (case := known.get(name)) is None:
            kept += _new(sighting, impostors, now)
        else:
            kept += _back(case, sighting, impostors, now)
    return kept


def _new(sighting: Sighting, impostors: Impostors, now: datetime) -> bool:
    case = Case(
        sighting.case_id,
        sighting.alike.account,
        sighting.platform,
        sighting.source,
        now,
        sighting.alike.reason,
        LeafId(""),
    )
    return impostors.find(case, act_of_finding(case, _evidence(sighting, now)))


def _evidence(sighting: Sighting, now: datetime) -> Evidence:
    someone = sighting.someone
    return Evidence(
        handle=someone.handle,
        seen_at=stamp(now) or "",
        platform_id=someone.platform_id,
        name=someone.name,
        url=someone.url,
        about=words(someone.about, LONGEST_ABOUT),
        picture=sighting.picture,
        picture_sha256=sighting.digest(),
    )


def _back(case: Case, sighting: Sighting, impostors: Impostors, now: datetime) -> bool:
    if case.state is not CaseState.REMOVED or not sighting.stands():
        return False
    after = seen_again(case, now)
    with suppress(ChangedError):  # somebody works on it just now; the next search is soon enough
        impostors.advance(case, after, [act_of_step(case, after)])
        return True
    return False
