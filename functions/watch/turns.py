"""What the turns of several targets go through, read for all of them together.

A turn has some recent posts of an account, newest first; behind the last of them it has a few of
the older ones, which take turns themselves. What is read here may be minutes old when its target is
looked at: nothing is believed at the first look, and at the second only what is on record then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.posts.names import PlatformName, PostId
from shared.posts.threads import spelled
from shared.records.deletion_entries import item_of
from shared.records.placed_posts import Placed, PlacedPage, PlacedPosts, Start
from shared.records.publication import Publication
from shared.records.rounds import Round
from shared.records.snapshot import Snapshots
from shared.records.targets import Target

PAGE = 25
"""Recent posts of a target in one run; the next run goes on behind them."""

OLDER = 10
"""Older posts of a target in one round; the next round goes on behind them."""

LONGEST_WAY = timedelta(days=14)
"""From sending a post in to its publication; what took longer takes its turn with the older."""

Place = tuple[PostId, int, str]
"""A post, its version, and a place as `shared.posts.threads` spells it."""


@dataclass(frozen=True)
class Turn:
    """One target's: its `recent` posts, and behind them the `older`; None where the next turn has
    more recent ones."""

    recent: tuple[Placed, ...]
    older: PlacedPage | None


@dataclass(frozen=True)
class Known:
    """What was read: turns by their targets, and what became of places that are looked at."""

    turns: Mapping[Target, Turn]
    publications: Mapping[Place, Publication]


def read_turns(
    posts: PlacedPosts,
    snapshots: Snapshots,
    rounds: Sequence[Round],
    doubted: Sequence[str],
    since: datetime,
) -> Known:
    """Of these rounds, whose turn it is, and besides of what is `doubted`; `since` is the oldest
    that counts as recent."""
    turns = _turns(posts, rounds, since - LONGEST_WAY)
    wanted = [place_of(name) for name in doubted]
    for target, turn in turns.items():
        for post in (*turn.recent, *(turn.older.posts if turn.older else ())):
            wanted += places_of(post, target[1]).values()
    return Known(turns, snapshots.read(publications=wanted).publications if wanted else {})


def places_of(post: Placed, platform: PlatformName) -> dict[str, Place]:
    """Each part of a post there, by its name among doubts."""
    here = (each for each in post.places if each[0] == platform)
    spelled_out = ((post.post_id, post.version, spelled(*each)) for each in here)
    return {item_of(*place): place for place in spelled_out}


def place_of(name: str) -> Place:
    """The place that is called so among doubts."""
    key, _, place = name.partition("/")
    post_id, _, version = key.partition("#")
    return PostId(post_id), int(version), place


def _turns(posts: PlacedPosts, rounds: Sequence[Round], oldest: datetime) -> dict[Target, Turn]:
    pages = posts.by_accounts([(each.account, each.recent) for each in rounds], PAGE)
    turns, starts = dict[Target, Turn](), dict[Target, Start]()
    for each in rounds:
        target, page = (each.account, each.platform), pages[each.account, each.recent]
        recent = tuple(post for post in page.posts if post.submitted_at >= oldest)
        if len(recent) == len(page.posts) and page.cursor:
            turns[target] = Turn(recent, None)
            continue
        last = recent[-1].cursor if recent else each.recent
        start = each.account, each.older or last
        turns[target] = Turn(recent, older := _behind(page, each.recent, start[1]))
        if older is None:
            starts[target] = start
    read = posts.by_accounts(starts.values(), OLDER)
    return turns | {t: Turn(turns[t].recent, read[start]) for t, start in starts.items()}


def _behind(page: PlacedPage, begins: str | None, start: str | None) -> PlacedPage | None:
    """The posts behind `start`, where a page that `begins` there has enough of them."""
    behind = [begins, *(each.cursor for each in page.posts)]
    rest = page.posts[behind.index(start) :] if start in behind else ()
    if len(rest) < OLDER and (page.cursor or start not in behind):
        return None
    is_more = len(rest) > OLDER or page.cursor
    return PlacedPage(rest[:OLDER], rest[:OLDER][-1].cursor if is_more else None)
