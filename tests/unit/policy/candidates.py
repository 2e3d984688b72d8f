"""Candidates and a pack, ready made: name what matters to the test, leave the rest."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from shared.policy.check import check
from shared.policy.pack import Pack, bundled, load
from shared.policy.verdict import Candidate, Finding

TODAY = date(2026, 11, 20)
PACK = bundled(TODAY)
CORPUS = Path(__file__).parents[2] / "assets" / "corpus"


def a_candidate(text: str, *platforms: str, **changes: Any) -> Candidate:
    """A neighbourhood officer's original post on Facebook, where nearly any length is fine."""
    usual = {"author_role": "officer", "account_level": "neighbourhood"}
    return Candidate(text=text, platforms=platforms or ("facebook",), **{**usual, **changes})


def found(candidate: Candidate, rule: str, pack: Pack = PACK) -> list[Finding]:
    """What one rule finds."""
    return [one for one in check(candidate, pack).findings if one.rule == rule]


def words_found(candidate: Candidate, rule: str) -> list[str]:
    """The words that one rule points at, as typed."""
    return [candidate.text[one.start : one.end] for one in found(candidate, rule)]


def pack_content() -> dict[str, Any]:
    """The bundled pack as JSON, for tests that change it."""
    path = Path(__file__).parents[3] / "functions/shared/policy/pack.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def a_pack(**changes: Any) -> Pack:
    """The bundled pack with some fields changed."""
    return load(json.dumps({**pack_content(), **changes}).encode(), TODAY)


def corpus_posts() -> list[dict[str, Any]]:
    """Every labelled post, with the name of its file."""
    return [
        {**json.loads(line), "file": path.name}
        for path in sorted(CORPUS.glob("posts*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]


def candidate_from(post: dict[str, Any]) -> Candidate:
    """A labelled post as the check reads it."""
    return Candidate(
        text=post["text"],
        platforms=(post["platform"],),
        author_role=post["author_role"],
        account_level=post["account_level"],
        critical_incident=post["critical_incident"],
        kind=post["kind"],
        reshare_of=post["reshare_of"],
    )
