"""People as the sandbox's answers tell of them."""

from collections.abc import Mapping
from typing import Any

from shared.platforms.actors import Actor
from shared.platforms.looking import count_of, name_of
from shared.platforms.strangers import address, line, words


def actor_of(fields: Mapping[str, Any]) -> Actor:
    """Whoever these fields tell of."""
    return Actor(
        platform_id=name_of(fields["id"]),
        handle=line(fields["handle"]),
        name=line(fields.get("name")),
        url=address(fields.get("url")),
        about=words(fields.get("about")),
        follows=count_of(fields.get("following")),
        followers=count_of(fields.get("followers")),
        posts=count_of(fields.get("posts")),
    )
