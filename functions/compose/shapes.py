"""The author's own JSON shapes, as `openapi.json` describes them."""

from collections.abc import Iterable
from typing import Any

from shared.http.shapes import post_shape
from shared.posts.life import Post
from shared.records.publication import Publication


def life_shape(versions: Iterable[Post], targets: Iterable[Publication]) -> dict[str, Any]:
    """Every version, newest last, and what became of the newest on each platform."""
    return {
        "versions": [post_shape(post) for post in versions],
        "targets": [
            {
                "platform": target.platform,
                "outcome": target.state.value,
                "url": target.receipt.url if target.receipt else None,
                "reason": target.reason,
            }
            for target in targets
        ],
    }
