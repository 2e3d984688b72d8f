"""Chooses posts of the labelled corpus whose fate today's rules decide, and says what it is.

Only posts are taken whose labels name nothing but rules that the check has: of the others one
could not say what should become of them. A text that was too long for another platform is taken
only if Bluesky counts it as too long as well.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.tools import ROOT
from shared.policy.pack import Pack
from shared.posts.counting import length
from shared.posts.names import PlatformName

CORPUS = ROOT / "tests" / "assets" / "corpus" / "posts.jsonl"
BLUESKY = PlatformName("bluesky")

KNOWN = frozenset({"too-many-hashtags", "too-long", "protective-marking", "external-link"})
ALWAYS_BLOCKED = frozenset({"too-many-hashtags", "too-long"})
WRITERS = ("officer", "pcso")


@dataclass(frozen=True)
class Sample:
    """A post of the corpus, and the rules that its labels say it breaks."""

    sample_id: str
    text: str
    role: str
    breaks: frozenset[str]

    @property
    def must_block(self) -> bool:
        """Whether a rule it breaks leaves no room for a second opinion."""
        return bool(self.breaks & ALWAYS_BLOCKED)


def choose(count: int, pack: Pack, path: Path = CORPUS) -> tuple[Sample, ...]:
    """`count` posts: every violating one there is, up to half, and clean ones for the rest."""
    samples = list(_usable(path, pack))
    violating = [sample for sample in samples if sample.breaks][: count // 2]
    clean = [sample for sample in samples if not sample.breaks][: count - len(violating)]
    return tuple(sorted([*violating, *clean], key=lambda sample: sample.sample_id))


def _usable(path: Path, pack: Pack) -> Iterator[Sample]:
    for line in path.read_text(encoding="utf-8").splitlines():
        post = json.loads(line)
        expected = set(post["expect"])
        limit = pack.limits[BLUESKY]
        over = limit is not None and length(post["text"], limit) > limit.maximum
        if post["kind"] != "original" or post["author_role"] not in WRITERS:
            continue
        if not expected <= KNOWN or over != ("too-long" in expected):
            continue
        yield Sample(post["id"], post["text"], post["author_role"], frozenset(expected))
