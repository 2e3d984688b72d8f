"""When a pack has to be looked at again, read off it without making a policy of it (G02, G05)."""

import json
from dataclasses import dataclass
from datetime import date, timedelta

AHEAD = timedelta(days=14)
"""So long before its day its review is due."""


@dataclass(frozen=True)
class KeptUp:
    """Which pack, who answers for it, by when it is to be reviewed, and when it ends."""

    version: str
    owner: str
    review_by: date
    expires: date

    def is_due(self, today: date) -> bool:
        """Whether somebody has to review it by now, or soon."""
        return self.review_by - AHEAD <= today


def kept_up(content: str | bytes) -> KeptUp:
    """What a pack says of itself; it was read whole, and found right, before it was in use."""
    said = json.loads(content)
    review_by, expires = (date.fromisoformat(said[name]) for name in ("review_by", "expires"))
    return KeptUp(said["version"], said["owner"], review_by, expires)
