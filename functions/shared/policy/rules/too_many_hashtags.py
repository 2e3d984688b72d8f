"""Never more than the number of hashtags the force allows."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter

from shared.policy.findings import finding, listed
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "too-many-hashtags"

_TAG = re.compile(r"(?<![\w&])#(?=\w*?[^\W\d_])(\w+)")
_JOINT = re.compile(r"_+|(?<=[a-z])(?=[A-Z0-9])|(?<=[A-Z])(?=[A-Z][a-z])|(?<=\d)(?=[A-Z][a-z])")
_MOST_NAMED = 5


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Hashtags beyond the number allowed (policy.md N19)."""
    if reading.candidate.joined or reading.plain.count("#") <= pack.most_hashtags:
        return
    tags = [tag for tag in _TAG.finditer(reading.plain) if not _within_link(tag.start(), reading)]
    surplus = tags[pack.most_hashtags :]
    if not surplus:
        return
    words = [f"“{as_words(tag[1])}”" for tag in surplus[:_MOST_NAMED]]
    if len(surplus) > _MOST_NAMED:
        words.append("the rest")
    yield finding(
        RULE,
        reading,
        pack,
        span=reading.typed(surplus[0].start(), surplus[-1].end()),
        message=f"This post has {len(tags)} hashtags; the most allowed is {pack.most_hashtags}.",
        suggestion=f"Write {listed(words)} as plain words, or leave them out.",
    )


def as_words(tag: str) -> str:
    """A tag without its #, as the words it was made of."""
    return " ".join(part for part in _JOINT.split(tag) if part)


def _within_link(offset: int, reading: Reading) -> bool:
    """True for a # that belongs to an address, which is no tag."""
    before = bisect_right(reading.links, offset, key=attrgetter("start"))
    return before > 0 and offset < reading.links[before - 1].end
