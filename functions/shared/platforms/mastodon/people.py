"""People as a Mastodon server's answers tell of them."""

from collections.abc import Mapping
from typing import Any

from shared.platforms.actors import Actor
from shared.platforms.looking import count_of, name_of
from shared.platforms.mastodon.plain import plain
from shared.platforms.strangers import address, line, words


def actor_of(account: Mapping[str, Any]) -> Actor:
    """Whoever these fields tell of."""
    return Actor(
        platform_id=name_of(account["id"]),
        handle=line(account["acct"]),
        name=line(account.get("display_name")),
        url=address(account.get("url")),
        about=words(plain(account.get("note"))),
        follows=count_of(account.get("following_count")),
        followers=count_of(account.get("followers_count")),
        posts=count_of(account.get("statuses_count")),
    )
