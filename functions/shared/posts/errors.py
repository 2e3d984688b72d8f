"""What can be wrong with a post.

PostError
├── InvalidDraftError      the words or fields cannot be a post; names the field
├── UnlawfulStepError      this state may not follow that one
└── ContentChangedError    the bytes are not the bytes that were cleared
"""


class PostError(Exception):
    """Root of everything a post can refuse."""


class InvalidDraftError(PostError):
    """A draft that cannot be accepted; `field` names the culprit, `str()` tells a person why."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class UnlawfulStepError(PostError):
    """A step that the life of a post does not allow."""

    def __init__(self, now: str, wanted: str) -> None:
        super().__init__(f"A post that is {now} cannot become {wanted}.")
        self.now = now
        self.wanted = wanted


class ContentChangedError(PostError):
    """The content hash differs from the one that was cleared (promise P1)."""

    def __init__(self, cleared: str, found: str) -> None:
        super().__init__("The post is not the text that was cleared; submit it again.")
        self.cleared = cleared
        self.found = found
