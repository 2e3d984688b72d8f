"""What a post answers, beside it in its row."""

from datetime import date
from typing import TYPE_CHECKING

from shared.posts.names import PlatformName
from shared.records.spelling import as_json, from_json

if TYPE_CHECKING:
    from shared.posts.reply import Reply


def reply_text(reply: "Reply") -> str:
    """As it lies in the post's row."""
    return as_json(
        {
            "mention_id": reply.mention_id,
            "platform": reply.platform,
            "platform_id": reply.platform_id,
            "follow_up": reply.follow_up.isoformat() if reply.follow_up else None,
        }
    )


def reply_of(text: str) -> "Reply":
    """What a row tells."""
    from shared.posts.reply import Reply  # few posts answer anybody

    held = from_json(text)
    day = held["follow_up"]
    return Reply(
        held["mention_id"],
        PlatformName(held["platform"]),
        held["platform_id"],
        date.fromisoformat(day) if day else None,
    )
