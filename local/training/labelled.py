"""Labelled posts: which of them a reader may learn from, and which it must never see.

Posts stand under tests/assets/corpus: the labelled corpus (`posts*.jsonl`), posts of our own
(`own/`), and posts held out of every tuning (`held_out/`). Neighbours by number are often twins,
a violating post and its innocent look-alike, so they are kept together in one fold.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.tools import ROOT
from shared.policy.verdict import Candidate

CORPUS = ROOT / "tests" / "assets" / "corpus"
FOLDS = 5
KEPT_APART = 0
"""The fold of the corpus that the second reader is never taught; its mark is set by it."""

MECHANICAL = frozenset({"too-long", "too-many-hashtags", "external-link", "critical-incident"})
"""Rules that are counted or looked up; nothing about them is learnt."""

_NUMBER = re.compile(r"(\d+)\D*\Z")


@dataclass(frozen=True)
class Labelled:
    """A post, what must be found in it (`expect`), and what would be a false alarm."""

    post_id: str
    candidate: Candidate
    expect: frozenset[str]
    must_not: frozenset[str]

    @property
    def is_clean(self) -> bool:
        """True if nothing is to be found in it."""
        return not self.expect

    @property
    def fold(self) -> int:
        """Which fold it is read in; twins share theirs."""
        number = _NUMBER.search(self.post_id)
        pair = (int(number.group(1)) - 1) // 2 if number else self.post_id
        name = f"{self.post_id[: number.start() if number else None]}{pair}"
        return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS


def corpus() -> tuple[Labelled, ...]:
    """The labelled corpus."""
    return _read(sorted(CORPUS.glob("posts*.jsonl")))


def own() -> tuple[Labelled, ...]:
    """Posts of our own to learn from."""
    return _read(sorted((CORPUS / "own").glob("*.jsonl")))


def held_out() -> tuple[Labelled, ...]:
    """Posts that no reader learns from and no mark is set by."""
    return _read(sorted((CORPUS / "held_out").glob("*.jsonl")))


def rules_of(posts: Iterable[Labelled]) -> tuple[str, ...]:
    """The rules that are learnt, by name."""
    named = {rule for post in posts for rule in post.expect}
    return tuple(sorted(named - MECHANICAL))


def _read(paths: Sequence[Path]) -> tuple[Labelled, ...]:
    return tuple(
        _labelled(json.loads(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
    )


def _labelled(post: dict[str, Any]) -> Labelled:
    return Labelled(
        post_id=post["id"],
        candidate=Candidate(
            text=post["text"],
            platforms=(post["platform"],),
            author_role=post["author_role"],
            account_level=post["account_level"],
            critical_incident=post["critical_incident"],
            kind=post["kind"],
            reshare_of=post["reshare_of"],
        ),
        expect=frozenset(post["expect"]),
        must_not=frozenset(post["must_not"]),
    )
