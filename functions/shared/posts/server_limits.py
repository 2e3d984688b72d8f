"""What a server tells of its own limits, and what follows for the policy's.

A force's own Mastodon server may take 500 characters or 5,000, and count an address as 23 or 25:
who runs it decides, so it is asked. `limited` puts its numbers in the place of the policy's; what
it does not tell stays as the policy has it.
"""

from dataclasses import dataclass, replace

from shared.posts.limits import Limit


@dataclass(frozen=True)
class ServerLimits:
    """As one server tells them; None is what it does not tell.

    `characters` and `url_length` in its own counting, `pictures` a post, `alt_characters` a
    picture, `picture_bytes` and `video_bytes` a file, `picture_pixels` width times height.
    """

    characters: int | None = None
    url_length: int | None = None
    pictures: int | None = None
    alt_characters: int | None = None
    picture_bytes: int | None = None
    picture_pixels: int | None = None
    video_bytes: int | None = None
    types: tuple[str, ...] = ()


def limited(limit: Limit, told: ServerLimits) -> Limit:
    """The policy's limit, with the numbers of the server that will judge the post."""
    return replace(
        limit,
        maximum=limit.maximum if told.characters is None else told.characters,
        url_length=limit.url_length if told.url_length is None else told.url_length,
    )
