"""People as the view of the network tells of them."""

from collections.abc import Mapping
from typing import Any

from shared.platforms.actors import Actor
from shared.platforms.looking import name_of
from shared.platforms.strangers import address, line, words

PUBLIC = "https://bsky.app/profile"


def actor_of(profile: Mapping[str, Any]) -> Actor:
    """Whoever these fields tell of."""
    did = name_of(profile["did"])
    return Actor(
        platform_id=did,
        handle=line(profile["handle"]),
        name=line(profile.get("displayName")),
        url=address(f"{PUBLIC}/{did}"),
        about=words(profile.get("description")),
    )
