"""What can be wrong with a post.

PostError
├── InvalidDraftError      the words or fields cannot be a post; names the field
├── InvalidTakedownError   a takedown or a block that cannot be accepted; names the field
├── NoEvidenceError        of a takedown nothing was kept; nothing of it counts as done (P4)
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


class InvalidTakedownError(PostError):
    """A takedown or a block that cannot be accepted; `field` names the culprit."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NoEvidenceError(PostError):
    """Nothing counts as done of what nothing was kept of (promise P4)."""

    def __init__(self, takedown_id: str) -> None:
        super().__init__("First write down what it said, by whom and when: nothing of it was kept.")
        self.takedown_id = takedown_id


class UnlawfulStepError(PostError):
    """A step that the life of a post, or of what is done about one, does not allow."""

    def __init__(self, now: str, wanted: str, noun: str = "A post") -> None:
        super().__init__(f"{noun} that is {now} cannot become {wanted}.")
        self.now = now
        self.wanted = wanted


class ContentChangedError(PostError):
    """The content hash differs from the one that was cleared (promise P1)."""

    def __init__(self, cleared: str, found: str) -> None:
        super().__init__("The post is not the text that was cleared; submit it again.")
        self.cleared = cleared
        self.found = found
