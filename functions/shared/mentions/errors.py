"""What can be wrong with what somebody says became of a mention.

MentionError
└── InvalidMentionError    it cannot be accepted; names the field
"""


class MentionError(Exception):
    """Root of everything a mention can refuse."""


class InvalidMentionError(MentionError):
    """It cannot be accepted; `field` names the culprit, `str()` tells a person why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
