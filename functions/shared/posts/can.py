"""What a platform may be asked to do, and each as a page says it."""

from enum import StrEnum


class Can(StrEnum):
    """What a platform may be asked to do."""

    PICTURES = "pictures"
    ALT_TEXT = "alt-text"
    VIDEO = "video"
    THREAD = "thread"
    LINK_CARD = "link-card"
    LANGUAGE = "language"
    RESHARE = "reshare"
    REPLY = "reply"
    EDIT = "edit"
    DELETE = "delete"
    FOLLOWERS = "followers"
    FOLLOWING = "following"
    MENTIONS = "mentions"
    PROFILE = "profile"
    READ_POST = "read-post"
    LIMITS = "limits"
    HIDE_COMMENT = "hide-comment"
    DELETE_COMMENT = "delete-comment"
    REPORT_COMMENT = "report-comment"
    BLOCK = "block"


DEED = {
    Can.PICTURES: "Carry pictures",
    Can.ALT_TEXT: "Keep alt texts",
    Can.VIDEO: "Carry videos",
    Can.THREAD: "Publish threads",
    Can.LINK_CARD: "Show the card you write for a link",
    Can.LANGUAGE: "Be told the language",
    Can.RESHARE: "Reshare",
    Can.REPLY: "Reply",
    Can.EDIT: "Change words in place",
    Can.DELETE: "Take a post away",
    Can.FOLLOWERS: "Name its followers",
    Can.FOLLOWING: "Name whom the account follows",
    Can.MENTIONS: "Give mentions and replies",
    Can.PROFILE: "Show the account as the public sees it",
    Can.READ_POST: "Show whether a post still stands, and its words",
    Can.LIMITS: "Tell its limits itself",
    Can.HIDE_COMMENT: "Hide what others say under a post",
    Can.DELETE_COMMENT: "Delete what others say under a post",
    Can.REPORT_COMMENT: "Take a report of what others say",
    Can.BLOCK: "Block somebody",
}
"""Each as a page says it."""
