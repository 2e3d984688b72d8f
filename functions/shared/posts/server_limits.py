"""What a server tells of its own limits, and what follows for the policy's.

A force's own Mastodon server may take 500 characters or 5,000, and count an address as 23 or 25:
who runs it decides, so it is asked. `limited` and `pictures_limited` put its numbers in the place
of the policy's and the platform's; what it does not tell stays as they have it. Numbers that no
server means are not believed (`doubtful`): one zero too many must not stop a force from speaking,
nor let it write what will be refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from shared.posts.capabilities import PictureLimits, VideoLimits
from shared.posts.limits import Limit
from shared.posts.names import PlatformName


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


NOTHING_TOLD = ServerLimits()
NONE_TOLD: Mapping[PlatformName, ServerLimits] = {}
"""Of platforms whose servers nobody asked, or that do not tell."""

PLAUSIBLE: Mapping[str, tuple[int, int]] = {
    "characters": (100, 100_000),
    "url_length": (1, 1_000),
    "pictures": (1, 100),
    "alt_characters": (50, 100_000),
    "picture_bytes": (50_000, 10**12),
    "picture_pixels": (50_000, 10**12),
    "video_bytes": (50_000, 10**15),
}
"""What a server that means it may tell, from the meanest to the most generous there is, and more.
A post of a force has to fit: below a hundred characters it is the answer that is broken."""

MOST_TYPES, LONGEST_TYPE = 200, 100

Servers = tuple[tuple[PlatformName, str], ...]
"""Platforms, and on which server (base URL) of each an account lives."""


@dataclass(frozen=True)
class ServerAnswer:
    """One server, when it was asked last, and the last limits of it that could be believed, with
    when it told them (None: never). `fault` says why it told none when it was asked last."""

    platform: PlatformName
    service: str
    asked_at: datetime
    limits: ServerLimits = NOTHING_TOLD
    told_at: datetime | None = None
    fault: str = ""


def doubtful(told: ServerLimits) -> str | None:
    """What of it cannot be meant, None where all of it can."""
    for name, (least, most) in PLAUSIBLE.items():
        value = getattr(told, name)
        if value is not None and not least <= value <= most:
            return f"{name.replace('_', ' ')} {str(value)[:20]}"
    if len(told.types) > MOST_TYPES or any(len(kind) > LONGEST_TYPE for kind in told.types):
        return "too many types of files"
    return None


def limited(limit: Limit, told: ServerLimits) -> Limit:
    """The policy's limit, with the numbers of the server that will judge the post."""
    return replace(
        limit,
        maximum=limit.maximum if told.characters is None else told.characters,
        url_length=limit.url_length if told.url_length is None else told.url_length,
    )


def videos_limited(here: VideoLimits, told: ServerLimits) -> VideoLimits:
    """The platform's limits of a video, with those of the server."""
    most = here.most_bytes if told.video_bytes is None else told.video_bytes
    return replace(here, most_bytes=most)


def pictures_limited(here: PictureLimits, told: ServerLimits) -> PictureLimits:
    """The platform's limits of pictures, with those of the server. A type we do not make is not
    taken because a server takes it; one it does not name is not sent there."""
    shared = tuple(kind for kind in here.types if kind in told.types)
    return replace(
        here,
        most=here.most if told.pictures is None else told.pictures,
        alt_characters=here.alt_characters if told.alt_characters is None else told.alt_characters,
        most_bytes=here.most_bytes if told.picture_bytes is None else told.picture_bytes,
        types=shared or here.types,
    )
