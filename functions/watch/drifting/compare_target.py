"""One account on one platform, compared with what we know: its profile, and its own timeline.

What it shows at the first look is taken for right, until the web team confirms or corrects it. From
then on each difference is a drift, found once while it stands; where somebody closed it as ours, or
as the platform's doing, what stands there counts as right. A post is ours if its address is on
record, whether it went out from here or was entered afterwards. What is younger than some minutes
may still be on its way onto the record, and what says the same as a post of which we do not know
whether it stands is not doubled: somebody settles that one.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.drift.acts import Drifted
from shared.drift.drift import Cause, Drift, Finding, Kind, close, drift_name, end, mark_of
from shared.drift.profile import Profile, as_words, differences, learnt, tells_nothing
from shared.platforms.base import UnreachableError
from shared.platforms.likeness import as_compared
from shared.platforms.presence import Presence, Stands
from shared.platforms.strangers import words
from shared.posts.acts import SYSTEM
from shared.posts.names import LeafId
from shared.posts.threads import parts_on
from shared.recordlog.canonical import JSON
from shared.records.beats import Beat
from shared.records.drift_entries import act_of_closing, act_on_drift
from shared.records.drifts import Drifts
from shared.records.publication_entries import place_of
from shared.records.uncertain import Uncertain
from watch.drifting.timeline import timeline

SETTLING = timedelta(minutes=10)
"""So long a post may stand there before it is on record; no attempt of ours lasts as long."""

OVERLAP = timedelta(hours=1)
"""Platforms show some posts later than they were made."""

MOST_DRIFTS = 50
"""Of a target at once; each takes a letter's line and somebody's time."""

LONGEST_TEXT = 20_000
"""Characters that are kept of one post."""

EMPTY = "An answer told nothing of what the account showed before; it is looked at again."
TOO_MANY = (
    f"{MOST_DRIFTS} things there are not ours. Take the account out of use and look at it itself; "
    "others are found when these are closed."
)
ENTERED = "It was entered as a post of ours afterwards."


@dataclass(frozen=True)
class Library:
    """Where drifts are kept, and the posts of which nobody knows whether they stand."""

    drifts: Drifts
    uncertain: Uncertain


class Comparing:
    """One target while it is compared; `beat` is how far it is, also where a look failed, and
    `on_record` has the drifts that it names, as they were read."""

    def __init__(
        self,
        library: Library,
        account: Account,
        before: Beat,
        presence: Presence,
        now: datetime,
        *,
        on_record: Mapping[str, Drift],
    ) -> None:
        self._library = library
        self._account = account
        self._presence = presence
        self._now = now
        self._on_record = on_record
        self.kept = before
        self.beat = before
        self.found = 0

    def compare(self, in_time: Callable[[], bool]) -> None:
        """The profile, then the timeline since it was read last."""
        shown = self._presence.profile()
        if tells_nothing(self.beat.known, shown):
            raise UnreachableError(EMPTY)
        if self.beat.began_at is None:
            self._first_look(shown)
            return
        self.beat = replace(self.beat, known=learnt(self.beat.known, shown))
        self._profile(shown)
        self._posts(in_time)

    def _first_look(self, shown: Profile) -> None:
        self.beat = replace(self.beat, began_at=self._now, read_to=self._now, known=shown)
        personal = {"before": None, "after": as_words(shown)}
        self._find(Kind.FIRST, mark_of(Kind.FIRST, as_words(shown)), personal)

    def _profile(self, shown: Profile) -> None:
        standing = {mark_of(d.kind, d.after): d for d in differences(self.beat.known, shown)}
        for mark in [mark for mark in self.beat.drifts if mark not in standing]:
            self._stands_no_more(mark)
        for mark, difference in standing.items():
            known = self._of_mark(mark)
            if known is not None and known.is_open:
                continue
            if known is not None and known.is_accepted:
                self._accept(known, difference.after)
                continue
            # Closed as somebody else's doing, and it stands there all the same.
            personal = {"before": difference.before, "after": difference.after}
            self._find(difference.kind, mark, personal)

    def _stands_no_more(self, mark: str) -> None:
        """What is not among the differences any more; posts are not told by their absence."""
        drift = self._of_mark(mark)
        if drift is None:
            self._forget(mark)
        elif drift.kind is Kind.POST:
            self._entered_or_past(drift)
        elif drift.kind is Kind.FIRST:
            if not drift.is_open:
                self._forget(mark)
        else:
            if drift.is_open and drift.ended_at is None:
                ended = end(drift, self._now)
                act = act_on_drift(ended, Drifted.ENDED, self._now)
                self._library.drifts.change(drift, ended, act)
            self._forget(mark)

    def _entered_or_past(self, drift: Drift) -> None:
        if drift.is_open and drift.place and self._library.drifts.ours([drift.place]):
            closed = close(drift, Finding(Cause.OURS, ENTERED, SYSTEM), SYSTEM, self._now)
            self._library.drifts.change(drift, closed, act_of_closing(closed))
        elif not drift.is_open and (drift.said_at or drift.found_at) < self._since():
            self._forget(drift.mark)  # nobody reads it anew

    def _posts(self, in_time: Callable[[], bool]) -> None:
        """What stands on the timeline and is not on record."""
        told = timeline(self._presence, self._since(), in_time)
        if told is None:
            return
        strange = self._not_ours(one for one in told if self._is_settled(one))
        for mark, (one, place) in strange.items():
            personal: dict[str, JSON] = {
                "before": None,
                "after": words(one.text, LONGEST_TEXT),
                "url": one.url,
                "platform_id": one.platform_id,
            }
            self._find(Kind.POST, mark, personal, said_at=one.at, place=place)
        self.beat = replace(self.beat, read_to=self._now)

    def _since(self) -> datetime:
        """From where on the timeline is read in this run."""
        began_at, read_to = self.beat.began_at or self._now, self.beat.read_to or self._now
        return max(began_at, read_to - OVERLAP)

    def _is_settled(self, one: Stands) -> bool:
        """Whether it would be on record if it were ours; a post may lie about when it was made."""
        return abs(self._now - one.at) >= SETTLING

    def _not_ours(self, told: Iterable[Stands]) -> Mapping[str, tuple[Stands, str]]:
        """By mark, what is neither on record nor found before; with what it is looked up by."""
        platform = self.beat.platform
        named = {mark_of(Kind.POST, one.platform_id): one for one in told}
        places = {
            mark: place_of(platform, one.url) if one.url else ""
            for mark, one in named.items()
            if mark not in self.beat.drifts
        }
        ours = self._library.drifts.ours(filter(None, places.values()))
        strange = {mark: (named[mark], at) for mark, at in places.items() if at not in ours}
        unsettled = self._unsettled() if strange else frozenset()
        return {
            mark: found
            for mark, found in strange.items()
            if as_compared(found[0].text) not in unsettled
        }

    def _unsettled(self) -> frozenset[str]:
        """The words of posts of this account of which nobody knows whether they stand."""
        waiting, cursor = set[str](), None
        while True:
            part = self._library.uncertain.queue(cursor)
            drafts = (each.post.draft for each in part.entries)
            ours = (draft for draft in drafts if draft.account == self.beat.account)
            for draft in ours:
                waiting |= {as_compared(p.text) for p in parts_on(draft, self.beat.platform)}
            if part.cursor is None:
                return frozenset(waiting)
            cursor = part.cursor

    def _find(
        self,
        kind: Kind,
        mark: str,
        personal: Mapping[str, JSON],
        *,
        said_at: datetime | None = None,
        place: str = "",
    ) -> None:
        if len(self.beat.drifts) >= MOST_DRIFTS and mark not in self.beat.drifts:
            raise UnreachableError(TOO_MANY)
        name = drift_name(self.beat.account, self.beat.platform, mark, self._now)
        drift = Drift(
            drift_id=name,
            account=self.beat.account,
            platform=self.beat.platform,
            kind=kind,
            mark=mark,
            leaf=LeafId(""),
            found_at=self._now,
            said_at=said_at,
            place=place,
        )
        act = act_on_drift(
            drift, Drifted.FOUND, self._now, {"mark": mark}, reason=kind.value, personal=personal
        )
        after = replace(self.beat, drifts={**self.beat.drifts, mark: name})
        self._library.drifts.find(drift, act, self.kept, after)
        self.kept = self.beat = after
        self.found += drift.is_alarm

    def _accept(self, drift: Drift, value: str) -> None:
        """Somebody said that it is right; from now on it is what the account is known by."""
        known = {**self.beat.known, drift.kind: value}
        left = {mark: name for mark, name in self.beat.drifts.items() if mark != drift.mark}
        after = replace(self.beat, known=known, drifts=left)
        act = act_on_drift(drift, Drifted.ACCEPTED, self._now)
        self._library.drifts.accept(act, self.kept, after)
        self.kept = self.beat = after

    def _of_mark(self, mark: str) -> Drift | None:
        return self._on_record.get(self.beat.drifts.get(mark, ""))

    def _forget(self, mark: str) -> None:
        left = {each: name for each, name in self.beat.drifts.items() if each != mark}
        self.beat = replace(self.beat, drifts=left)
