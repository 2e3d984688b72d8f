"""A thread: several parts, each a post that answers the one before, where a platform has that.

Elsewhere it is one text. What a platform says, in parts, is `parts_on`; each part on each platform
is a place, and `spelled` and `part_of` are the one spelling of places, in rows and in leaves:
`bluesky` is its first part there, or all of it, `bluesky#2` the second.
"""

from collections.abc import Iterable
from dataclasses import replace

from shared.posts.content import Draft, said_on
from shared.posts.life import Outcome
from shared.posts.names import PlatformName

MOST_PARTS = 10
"""With the first. Longer ones are read by nobody, and belong on a page that a post links to."""

SEPARATOR = "#"

CUT = frozenset({Outcome.FAILED, Outcome.WITHDRAWN})
"""Nothing answers a part that was not sent, or was taken away."""


def parts_on(draft: Draft, platform: PlatformName) -> tuple[Draft, ...]:
    """What the platform says, part by part; pictures and card belong to the first."""
    said = said_on(draft, platform)
    first = replace(said, thread=())
    bare = replace(first, media=(), card=None)
    return (first, *(replace(bare, text=text) for text in said.thread))


def places(draft: Draft) -> tuple[tuple[PlatformName, int], ...]:
    """Every part on every platform, in the order in which they are said."""
    return tuple(
        (platform, number)
        for platform in draft.platforms
        for number, _ in enumerate(parts_on(draft, platform), 1)
    )


def spelled(platform: PlatformName, part: int) -> str:
    """How rows and leaves call a place."""
    return platform if part == 1 else f"{platform}{SEPARATOR}{part}"


def part_of(place: str) -> tuple[PlatformName, int]:
    """The platform and the part of a place; ValueError for what is none."""
    platform, _, part = place.partition(SEPARATOR)
    return PlatformName(platform), int(part or 1)


def outcomes_in_order(outcomes: Iterable[Outcome | None]) -> list[Outcome | None]:
    """What became of each part on one platform, None where nobody claimed it: behind a part that
    failed or is gone nothing is ever said, so that is known to be unsent."""
    found: list[Outcome | None] = []
    cut = False
    for outcome in outcomes:
        found.append(Outcome.FAILED if outcome is None and cut else outcome)
        cut = cut or outcome in CUT
    return found
