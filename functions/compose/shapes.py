"""The author's own JSON shapes, as `openapi.json` describes them."""

from collections.abc import Iterable
from typing import Any

from shared.http.shapes import post_shape, verdict_shape
from shared.pages.views import CountView
from shared.policy.everyday import Everyday
from shared.policy.verdict import Verdict
from shared.posts.life import Post
from shared.records.publication import Publication


def checked_shape(
    verdict: Verdict, counts: Iterable[CountView], everyday: Everyday | None = None
) -> dict[str, Any]:
    """What the policy says, how long the words are as each platform counts them, and what kind of
    everyday post it is."""
    lengths = [
        {"platform": one.platform, "length": one.length, "limit": one.limit} for one in counts
    ]
    return {**verdict_shape(verdict), "counts": lengths, "everyday": everyday}


def life_shape(versions: Iterable[Post], targets: Iterable[Publication]) -> dict[str, Any]:
    """Every version, newest last, and what became of the newest on each platform."""
    return {
        "versions": [post_shape(post) for post in versions],
        "targets": [
            {
                "platform": target.platform,
                "part": target.part,
                "outcome": target.state.value,
                "url": target.receipt.url if target.receipt else None,
                "reason": target.reason,
            }
            for target in targets
        ],
    }
