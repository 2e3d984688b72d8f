"""Several posts of an account in one answer, where a platform has such a list.

A list only ever proves what it shows. Whatever it leaves out (gone, older than the list reaches, or
shown in a way that cannot be held against what was typed) is asked for by itself, so that nothing
is called gone on less proof than a single look demands. A platform that refuses to tell several
together is asked one by one; an answer that fails in any other way tells nothing about any of them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from shared.platforms.base import RefusedError
from shared.platforms.reading import Sent, Shown

One = Callable[[str, str], Shown | None]
"""One post as it stands, None where it is gone; by its id and what was sent."""

Told = Callable[[Sequence[Sent]], Mapping[str, Shown]]
"""Those of several that one answer shows as they stand, by id."""


def one_by_one(posts: Sequence[Sent], one: One) -> Iterator[Shown | None]:
    """Each asked for when it is its turn."""
    return (one(*each) for each in posts)


def together(posts: Sequence[Sent], one: One, told: Told, at_once: int) -> Iterator[Shown | None]:
    """Each in its turn, from an answer about `at_once` of them wherever that shows it."""
    left = iter(posts)
    while chosen := tuple(islice(left, at_once)):
        shown = _shown(chosen, told) if len(chosen) > 1 else {}
        for each in chosen:
            yield shown.get(each[0]) or one(*each)


def _shown(chosen: Sequence[Sent], told: Told) -> Mapping[str, Shown]:
    try:
        return told(chosen)
    except RefusedError:
        return {}  # an older server, or one name among them that it does not know
