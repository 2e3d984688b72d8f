"""What somebody would call an account who wants to be taken for ours: the likeliest first.

Where a platform can be asked for names only, these are asked for; where it can be searched by
words, our own names and titles are.
"""

import re
from collections.abc import Iterable, Iterator

from shared.followers.likeness import core

MOST = 100
"""Of one name of ours; one question to X takes as many."""

SHORTEST_WORD = 4
"""Shorter words find everybody."""

BEHIND = ("_", "1", "uk", "_uk", "official", "_official", "help", "_help", "news", "real", "live")
BEFORE = ("_", "the", "real", "official", "uk", "my")
SWAPS = (
    *(("o", "0"), ("l", "1"), ("i", "1"), ("i", "l"), ("l", "i"), ("e", "3"), ("s", "5")),
    *(("m", "rn"), ("w", "vv"), ("a", "4"), ("b", "8"), ("t", "7")),
)
_NAME = re.compile(r"[a-z0-9_]+", re.ASCII)


def variants(handle: str, title: str, longest: int) -> tuple[str, ...]:
    """Names like this one, and like the title, of up to `longest` letters, digits and _; the name
    itself is none of them."""
    own = core(handle).casefold()
    found = dict.fromkeys(
        name
        for name in _likely(own, title)
        if name != own and len(name) <= longest and _NAME.fullmatch(name)
    )
    return tuple(found)[:MOST]


def words_of(handle: str, title: str) -> tuple[str, ...]:
    """What is searched for where words can be: our name, and our title."""
    wanted = (core(handle).casefold(), " ".join(title.casefold().split()))
    return tuple(dict.fromkeys(each for each in wanted if len(each) >= SHORTEST_WORD))


def _likely(own: str, title: str) -> Iterator[str]:
    words = re.findall(r"[a-z0-9]+", title.casefold())
    yield from ("".join(words), "_".join(words))
    yield from _once(own, SWAPS)
    yield from (own + end for end in BEHIND)
    yield from (start + own for start in BEFORE)
    yield own.replace("_", "")
    yield from (own[:at] + own[at + 1 :] for at in range(1, len(own)))
    yield from (own[:at] + own[at] + own[at:] for at in range(len(own)))
    yield from (f"{own[:at]}_{own[at:]}" for at in range(1, len(own)))
    yield from (own[:at] + own[at + 1] + own[at] + own[at + 2 :] for at in range(len(own) - 1))


def _once(own: str, swaps: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The name with one of these letters another, at each place, and at all of them."""
    for letter, instead in swaps:
        places = [at for at in range(len(own)) if own.startswith(letter, at)]
        for at in places:
            yield own[:at] + instead + own[at + len(letter) :]
        if len(places) > 1:
            yield own.replace(letter, instead)
