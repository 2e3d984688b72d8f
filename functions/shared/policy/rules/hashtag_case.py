"""A hashtag of several words shows where each begins, so that a screen reader can say it."""

import re
from collections.abc import Iterator
from functools import lru_cache

from shared.policy.findings import finding, listed
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "hashtag-case"

_TAG = re.compile(r"(?<![\w&/])#([a-z]{5,40}+|[A-Z]{5,40}+)(?!\w)")
_MOST_READ = 10
"""Tags looked at; many more are a finding of their own."""


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Tags of several words in one case (policy.md B19)."""
    if "#" not in reading.plain or reading.plain.count("#") > _MOST_READ:
        return
    words = pack.term_list("hashtag-words").listed
    found = [(tag, _words_of(tag[1].lower(), words)) for tag in _TAG.finditer(reading.plain)]
    run_together = [(tag, parts) for tag, parts in found if len(parts) > 1]
    if not run_together:
        return
    better = ["#" + "".join(part.capitalize() for part in parts) for _, parts in run_together]
    yield finding(
        RULE,
        reading,
        pack,
        span=reading.typed(run_together[0][0].start(), run_together[-1][0].end()),
        message="Screen readers cannot say hashtags whose words run together.",
        suggestion=f"Begin each word with a capital: {listed(better)}.",
    )


@lru_cache(maxsize=256)
def _words_of(tag: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The fewest words of the list that make up a tag; none if it is not made of them."""
    known = frozenset(words)
    best: list[tuple[str, ...] | None] = [()]
    for end in range(1, len(tag) + 1):
        ways = [
            (*before, tag[start:end])
            for start, before in enumerate(best)
            if before is not None and tag[start:end] in known
        ]
        best.append(min(ways, key=len, default=None))
    return best[-1] or ()
