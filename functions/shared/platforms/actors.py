"""Somebody with a voice on a platform, as readers and moderators tell of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """Somebody with a voice on the platform, as they present themselves: `handle` without @,
    `about` in their own words; `url` is empty where there is no address that can be followed.
    """

    platform_id: str
    handle: str
    name: str
    url: str = ""
    about: str = ""
