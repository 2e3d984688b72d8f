"""People as X's answers tell of them."""

from collections.abc import Mapping
from typing import Any

from shared.platforms.actors import Actor
from shared.platforms.looking import count_of, name_of
from shared.platforms.strangers import address, line, words


def actor_of(user: Mapping[str, Any]) -> Actor:
    """Whoever these fields tell of."""
    handle, counts = line(user["username"]), user.get("public_metrics") or {}
    return Actor(
        platform_id=name_of(user["id"]),
        handle=handle,
        name=line(user["name"]),
        url=address(f"https://x.com/{handle}"),
        about=words(user.get("description")),
        follows=count_of(counts.get("following_count")),
        followers=count_of(counts.get("followers_count")),
        posts=count_of(counts.get("tweet_count")),
    )
