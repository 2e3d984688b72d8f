"""Somebody with a voice on a platform, as readers and moderators tell of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Somebody with a voice on the platform, as they present themselves: `handle` without @,
    `about` in their own words; `url` is empty where there is no address that can be followed. How
    many they follow, follow them, and they posted: None where that is not told along with them.
    """

    platform_id: str
    handle: str
    name: str
    url: str = ""
    about: str = ""
    follows: int | None = None
    followers: int | None = None
    posts: int | None = None
