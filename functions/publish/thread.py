"""All that one platform says of a post, part after part; most posts are a single part.

Each part is claimed, sent and read back as any other post is (`once`), and only after the one
before it is on record as sent: nothing ever answers a post that is not there. The first part that
is not sent ends the call; looking settles it, and then goes on with what nobody has claimed yet. An
incident that was declared since stops the rest; what has become too late stays unsaid, and says so.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from publish import once
from publish.target import LATER, SENT, Target, Told, told
from shared.posts.life import Outcome, State
from shared.posts.threads import parts_on
from shared.records.publication import Publication

ENOUGH = timedelta(seconds=20)
"""So long into a call no further part is begun: one may take half a minute, and a function has a
whole one."""


@dataclass(frozen=True)
class Hand:
    """Fresh keys, and the time, which goes on while parts are said."""

    fresh: Callable[[], str]
    clock: Callable[[], datetime]


def publish(target: Target, hand: Hand) -> Told:
    """The first attempt at every part."""
    walk = Walk(target, hand)
    return walk.on_from(once.publish(walk.target, hand.fresh(), walk.began), _as_it_stands)


def look(target: Target, hand: Hand) -> Told:
    """Settle what is unknown, and go on with what nobody has begun."""
    walk = Walk(target, hand)
    return walk.on_from(once.look(walk.target, walk.began), once.look)


class Walk:
    """One call's way along the parts."""

    def __init__(self, target: Target, hand: Hand) -> None:
        self._hand = hand
        self._close = target.close
        self._closed_until = target.closed_until
        self.began = hand.clock()
        self.target = replace(target, open=cache(target.open), close=self._closing)

    def on_from(self, said: Told, claimed: Callable[[Target, datetime], Told]) -> Told:
        """What became of all of it, after what was `said` of the first part; `claimed` tells of a
        part that was claimed before."""
        target, post = self.target, self.target.post
        count = len(parts_on(post.draft, target.name))
        if count == 1 or said.outcome != SENT:
            return said
        found = target.publications.of(post.post_id, post.version)
        known = {each.part for each in found if each.platform == target.name}
        while said.outcome == SENT and target.part < count:
            stands = _on_record(target)
            if stands.state is not Outcome.SENT:
                break  # taken away since, and nothing answers it
            target = replace(target, before=(*target.before, stands))
            now = self._hand.clock()
            said = claimed(target, now) if target.part in known else self._begin(target, now)
        return said

    def _begin(self, target: Target, now: datetime) -> Told:
        """A part that nobody has claimed, unless it has to wait."""
        if target.post.state is not State.RELEASED:
            return Told(SENT)  # judged anew since: the rest stays unsaid
        if self._closed_until and now < self._closed_until:
            return once.later(target, target.before[0], self._closed_until)
        if now > self.began + ENOUGH:
            return Told(LATER, now)
        return once.publish(target, self._hand.fresh(), now)

    def _closing(self, until: datetime) -> None:
        self._closed_until = until
        self._close(until)


def _as_it_stands(target: Target, _: datetime) -> Told:
    """Another worker's part: it says what becomes of it, and looking does."""
    return told(_on_record(target))


def _on_record(target: Target) -> Publication:
    post = target.post
    return target.publications.get(post.post_id, post.version, target.name, target.part)
