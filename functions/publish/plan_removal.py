"""What has to be taken away, in which order: by reach, and so that no platform is asked too fast.

A lane is one account on one platform: that is what platforms count removals by, so lanes run side
by side, and the targets of one lane one after the other. Lanes of wide reach come first, the
force's own accounts before those of an area and these before a neighbourhood's; within a lane what
is newest, because it is still being read, and of a thread the last part first, so that no part is
left that answers nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from shared.accounts.registry import Account, Level
from shared.posts.deletion import Removal
from shared.posts.life import Post, State
from shared.posts.names import AccountId, PlatformName
from shared.posts.outcomes import MAY_STAND
from shared.records.deletions import Whole
from shared.records.publication import Publication
from shared.records.publications import Publications
from shared.records.snapshot import Snapshots

REACH = {Level.CORPORATE: 0, Level.LPT: 1, Level.NEIGHBOURHOOD: 2}


@dataclass(frozen=True)
class Place:
    """One target, or part of it, that may stand somewhere."""

    post: Post
    publication: Publication

    @property
    def lane(self) -> tuple[AccountId, PlatformName]:
        """Whose removals on which platform it is one of."""
        return self.publication.account, self.publication.platform


@dataclass(frozen=True)
class Plan:
    """Lanes, widest reach first; `settled` is False while a post is still on its way out."""

    lanes: tuple[tuple[Place, ...], ...]
    settled: bool


def plan_removal(whole: Whole, publications: Publications, snapshots: Snapshots) -> Plan:
    """Everything of these posts that may stand anywhere, and that nobody has a checklist for."""
    deletion = whole.deletion
    left = {
        (each.post_id, each.version, each.place)
        for each in whole.targets
        if each.state is not Removal.CAPTURED
    }
    versions = [(each.post_id, each.version) for each in deletion.posts]
    found = snapshots.read(posts=versions, accounts=deletion.accounts)
    posts = [found.post(*version) for version in versions]
    places = [
        Place(post, each)
        for post in posts
        for each in publications.of(post.post_id, post.version)
        if each.state in MAY_STAND and (each.post_id, each.version, each.place) not in left
    ]
    return Plan(
        in_order(places, found.accounts.values()),
        all(post.state is not State.RELEASED for post in posts),
    )


def in_order(places: Iterable[Place], accounts: Iterable[Account]) -> tuple[tuple[Place, ...], ...]:
    """The places as lanes, in the order in which they are taken away."""
    levels = {account.account_id: REACH[account.level] for account in accounts}
    lanes: dict[tuple[AccountId, PlatformName], list[Place]] = {}
    for place in sorted(places, key=_newest, reverse=True):
        lanes.setdefault(place.lane, []).append(place)
    widest = sorted(lanes, key=lambda lane: (levels.get(lane[0], len(REACH)), lane))
    return tuple(tuple(lanes[lane]) for lane in widest)


def _newest(place: Place) -> tuple[datetime, str, int]:
    known = place.publication
    return known.settled_at or known.claimed_at, place.post.post_id, known.part
