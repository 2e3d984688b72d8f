"""From what is known of an account's month to its report."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from shared.accounts.registry import Account
from shared.accounts.rhythm import rhythm
from shared.mentions.mention import MentionState
from shared.reports.cost import cost_of
from shared.reports.facts import Decided, Facts, Sent
from shared.reports.report import Counts, Part, Report

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON: Mapping[str, timedelta] = {
    "hour": HOUR,
    "four_hours": 4 * HOUR,
    "day": DAY,
    "three_days": 3 * DAY,
}
"""How soon people were answered, by the longest time that still counts as such (D07, D08)."""

AT_ONCE: Mapping[str, timedelta] = {"quarter": HOUR / 4, **SOON}
"""How soon an approver decided."""

LATER = "later"
CALLS = "calls"
NOT_READ = "not_read"
WITHOUT, URGENT = "without", "urgent"
TOO_LONG, CLOSING = "too_long", "closing_proposed"


@dataclass(frozen=True)
class Span:
    """The month as it is called, and its first moment and the first that is not in it any more."""

    month: str
    begins: datetime
    ends: datetime

    def has(self, at: datetime) -> bool:
        """Whether it was then."""
        return self.begins <= at < self.ends


def count(account: Account, facts: Facts, span: Span, now: datetime) -> Report:
    """The report of an account; what was not in the month is left out."""
    sent = tuple(sorted((s for s in facts.sent if span.has(s.at)), key=lambda each: each.at))
    out = tuple(each for each in sent if each.where)
    decided = tuple(each for each in facts.decided if span.has(each.at))
    here = Facts(
        sent, decided, tuple(m for m in facts.mentions if span.has(m.said_at)), facts.lists
    )
    parts: dict[Part, Counts] = {
        Part.ANSWERS: _answers(here),
        Part.SPEED: _by_time(_answered(here), SOON),
        Part.CONTENT: _tally(each.content.value for each in out),
        Part.PLATFORMS: _tally(platform for each in out for platform in each.where),
        Part.DECISIONS: _decisions(decided, out),
        Part.WAITED: _by_time((d.at - d.asked_at for d in decided), AT_ONCE),
        Part.RIGHTED: _righted(sent),
        Part.SILENCE: _silence(account, out, span),
        Part.COST: cost_of(account, here),
        Part.FOLLOWERS: _lists(here),
    }
    return Report(span.month, account.account_id, now, 1, parts)


def _tally(names: Iterable[str]) -> Counts:
    return dict(sorted(Counter(names).items()))


def _answers(facts: Facts) -> Counts:
    states = _tally(each.state.value for each in facts.mentions)
    calls = sum(each.calls for each in facts.mentions)
    return {**states, CALLS: calls} if calls else states


def _answered(facts: Facts) -> Iterator[timedelta]:
    """How long people waited for an answer; it may be that somebody was quicker than the clock."""
    for each in facts.mentions:
        if each.settled and each.state is MentionState.ANSWERED:
            yield max(timedelta(0), each.settled.at - each.said_at)


def _by_time(times: Iterable[timedelta], steps: Mapping[str, timedelta]) -> Counts:
    """How often something was as soon as each step, each time counted once."""

    def step(time: timedelta) -> str:
        return next((name for name, longest in steps.items() if time <= longest), LATER)

    return _tally(map(step, times))


def _decisions(decided: Iterable[Decided], out: Iterable[Sent]) -> Counts:
    said = Counter(each.said for each in decided)
    said[WITHOUT] = sum(not each.asked and not each.urgent for each in out)
    said[URGENT] = sum(each.urgent for each in out)
    return {name: number for name, number in sorted(said.items()) if number}


def _righted(sent: Iterable[Sent]) -> Counts:
    wanted: Mapping[str, Callable[[Sent], int]] = {
        "corrections": lambda each: each.content.value == "correction" and bool(each.where),
        "taken_away": lambda each: each.taken_away,
        "failed": lambda each: each.failed,
    }
    return {name: sum(map(how, sent)) for name, how in wanted.items()}


def _silence(account: Account, out: Iterable[Sent], span: Span) -> Counts:
    """How often nothing was said for longer than people expect, and whether closing is proposed."""
    spoken = [span.begins, *(each.at for each in out), span.ends]
    longest = rhythm(account)
    return {
        TOO_LONG: sum(after - before > longest for before, after in pairwise(spoken)),
        CLOSING: int(account.closure_proposed is not None),
    }


def _lists(facts: Facts) -> Counts:
    """Who follows and is followed, as read last; a list that could not be read counts as it was."""
    known = {each.place.name: each.count for each in facts.lists if each.count is not None}
    unread = sum(bool(each.fault) for each in facts.lists)
    return (
        {**dict(sorted(known.items())), NOT_READ: unread} if unread else dict(sorted(known.items()))
    )
