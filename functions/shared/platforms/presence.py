"""What an account shows of itself: its profile, and what stands on its own timeline.

The third contract that reads, beside `reading`'s, and like it without a write. `profile` is told by
kind, and leaves out what the platform does not tell. `posts` are the account's own since a moment,
newest first, a page at a time: whoever made them, from here or by hand. Reshares are left out.

A look that fails says why in exactly one PlatformError, as `reading` does, and tells nothing.
Everything in here may have been written by a thief: `strangers` has made it safe to keep.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.drift.profile import Profile
from shared.platforms.reading import Page
from shared.posts.names import PlatformName

LONGEST_ABOUT = 5_000
"""Characters that are kept of what an account says about itself."""


@dataclass(frozen=True)
class Stands:
    """A post on the account's own timeline; `at` (aware) is when it says that it was made."""

    platform_id: str
    url: str
    text: str
    at: datetime


class Presence(Protocol):
    """One account on one platform, looked at as anybody, or with keys that only read."""

    name: PlatformName

    def profile(self) -> Profile:
        """What it shows of itself."""

    def posts(self, since: datetime, cursor: str | None = None) -> Page[Stands]:
        """What stands on its timeline since then, newest first, a page at a time."""
