"""What stands out about somebody: each with a sentence why, and the rule it comes from.

Nothing here decides anything. A flag asks two people to look (F05).
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from shared.followers.likeness import OurNames
from shared.followers.someone import Side, Someone
from shared.followers.spam import signs
from shared.followers.thresholds import Thresholds
from shared.posts.names import PlatformName


class Sign(StrEnum):
    """What stands out."""

    LOOKALIKE = "lookalike"
    SERIAL = "serial"
    SPAM = "spam"
    CELEBRITY = "celebrity"
    POLITICAL = "political"


POLITICAL = re.compile(
    r"\b(?:labour party|conservative party|conservatives|liberal democrats?|lib ?dems?|"
    r"reform uk|green party|plaid cymru|scottish national party|democratic unionist|sinn f[eé]in|"
    r"candidate for|election campaign|councillor for|(?:mp|ms|msp) for)\b",
    re.IGNORECASE,
)
"""Who stands for a party, or for election: police are of none (B22, B28)."""


@dataclass(frozen=True)
class Flag:
    """One thing that stands out, why in a sentence, and whose rule it is."""

    sign: Sign
    reason: str
    source: str


def flags_of(
    someone: Someone, side: Side, platform: PlatformName, ours: OurNames, limits: Thresholds
) -> tuple[Flag, ...]:
    """All that stands out about somebody, the gravest first; mostly nothing."""
    found = [_lookalike(someone, platform, ours)]
    if side is Side.FOLLOWER:
        found += [_spam(someone, limits), _serial(someone, limits)]
    else:
        found += [_political(someone), _celebrity(someone, limits), _spam(someone, limits)]
    return tuple(flag for flag in found if flag)


def _lookalike(someone: Someone, platform: PlatformName, ours: OurNames) -> Flag | None:
    like = ours.alike(platform, someone)
    if like is None:
        return None
    reason = f"It could be taken for {like.title} ({like.name}), and it is not ours."
    return Flag(Sign.LOOKALIKE, reason, "F07")


def _serial(someone: Someone, limits: Thresholds) -> Flag | None:
    follows = someone.follows or 0
    if follows < limits.serial or (someone.followers or 0) * limits.ratio >= follows:
        return None
    told = "" if someone.followers is None else f" and {someone.followers:,} follow it"
    return Flag(Sign.SERIAL, f"It follows {follows:,} others{told}.", "F01")


def _spam(someone: Someone, limits: Thresholds) -> Flag | None:
    seen = tuple(signs(someone))
    if sum(weight for _, weight in seen) < limits.spam:
        return None
    return Flag(Sign.SPAM, f"It {', and it '.join(words for words, _ in seen)}.", "F04")


def _celebrity(someone: Someone, limits: Thresholds) -> Flag | None:
    if (someone.followers or 0) < limits.celebrity:
        return None
    reason = f"{someone.followers:,} follow it; it may be there for its fame. See that it suits."
    return Flag(Sign.CELEBRITY, reason, "N24")


def _political(someone: Someone) -> Flag | None:
    if not POLITICAL.search(f"{someone.name}\n{someone.about}"[:2_000]):
        return None
    reason = "It speaks for a party or stands for election. See that following it is even-handed."
    return Flag(Sign.POLITICAL, reason, "B28")
