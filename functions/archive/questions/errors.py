"""What can keep a question from being answered.

QuestionError
├── NotDerivedError     the copy would not be what was sealed; says where
├── NoSuchViewError     a question that names no view of ours
└── TooLongError        it took longer than it may; carries the seconds
"""


class QuestionError(Exception):
    """Root of what can keep a question from being answered."""


class NotDerivedError(QuestionError):
    """The copy would not be what was sealed."""


class NoSuchViewError(QuestionError):
    """A question that names no view of ours."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no view “{name[:40]}”.")


class TooLongError(QuestionError):
    """It took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"This took more than {seconds:g} seconds and was stopped. "
            "Ask about fewer months, or about one account."
        )
        self.seconds = seconds
