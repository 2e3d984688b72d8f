"""People as X's answers tell of them."""

from collections.abc import Mapping
from typing import Any

from shared.platforms.actors import Actor
from shared.platforms.looking import name_of
from shared.platforms.strangers import address, line, words


def actor_of(user: Mapping[str, Any]) -> Actor:
    """Whoever these fields tell of."""
    handle = line(user["username"])
    return Actor(
        platform_id=name_of(user["id"]),
        handle=handle,
        name=line(user["name"]),
        url=address(f"https://x.com/{handle}"),
        about=words(user.get("description")),
    )
