"""How many posts of an account are drawn in a month: numbers that the force sets, with defaults."""

import re
from dataclasses import dataclass, fields

from shared.samples.errors import BadRuleError

_PAIR = re.compile(r"([a-z]+)=(0|[1-9][0-9]{0,3})", re.ASCII)
WHOLE = 100
MOST_DRAWN = 20
"""Of one account and month: more than that nobody looks at with care, and no page holds."""


@dataclass(frozen=True)
class Rule:
    """`share` per cent of what an account published in a month, rounded up; at `least` so many, as
    far as there are, and at `most` so many."""

    share: int = 10
    least: int = 2
    most: int = 10

    def __str__(self) -> str:
        return f"share={self.share},least={self.least},most={self.most}"

    def size(self, published: int) -> int:
        """How many are drawn of so many."""
        part = -(-published * self.share // WHOLE)
        return min(published, self.most, max(self.least, part))


def read_rule(text: str) -> Rule:
    """A rule as it is written, `share=10,most=5`; what is not named is as usual; BadRuleError."""
    known, said = {each.name for each in fields(Rule)}, dict[str, int]()
    for part in filter(None, map(str.strip, text.split(","))):
        match = _PAIR.fullmatch(part)
        if match is None:
            raise BadRuleError(f"“{part[:40]}” is no name with a whole number")
        if match[1] not in known or match[1] in said:
            raise BadRuleError(f"“{match[1]}” is no name of one, or stands there twice")
        said[match[1]] = int(match[2])
    rule = Rule(**said)
    if rule.share > WHOLE:
        raise BadRuleError(f"{rule.share} per cent is more than all")
    if not rule.least <= rule.most <= MOST_DRAWN:
        raise BadRuleError(f"least is not above most, and most is not above {MOST_DRAWN}")
    return rule
