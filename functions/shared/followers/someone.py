"""Somebody who follows an account or is followed by it, as a platform tells of them."""

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which way it goes: they follow us, or we follow them."""

    FOLLOWER = "follower"
    FOLLOWED = "followed"


@dataclass(frozen=True)
class Someone:
    """A stranger's own words and counts; None is a count that the platform does not tell."""

    platform_id: str
    handle: str
    name: str = ""
    url: str = ""
    about: str = ""
    follows: int | None = None
    followers: int | None = None
    posts: int | None = None
