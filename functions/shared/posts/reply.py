"""A reply: a post of ours that stands under what somebody said to an account of ours.

What was said, and by whom, is sealed in the record of the mention, and not here. `about` of a
reply's draft is the mention's name, which is a hash of what it stands on: whoever approves the
words approves what they answer (`shared.mentions.replies`).
"""

from dataclasses import dataclass
from datetime import date

from shared.posts.names import PlatformName


@dataclass(frozen=True)
class Reply:
    """What is answered: the mention, where it stands, what the platform calls it, and the day on
    which somebody comes back to it, where this is a holding reply. An adapter is handed it as what
    a post comes after (`shared.platforms.base.Said`)."""

    mention_id: str
    platform: PlatformName
    platform_id: str
    follow_up: date | None = None

    @property
    def proof(self) -> str:
        """Nothing of somebody else's words is bound to ours."""
        return ""
