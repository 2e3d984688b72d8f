"""What can keep a question from being answered.

QuestionError
├── NotDerivedError     the copy would not be what was sealed; says where
├── NoSuchViewError     a question that names no view of ours
├── NoSuchQuestionError a name that no fixed question has
├── BadSearchError      a field of a search that cannot be asked so; carries its name
├── TooLongError        it took longer than it may; carries the seconds
├── TooMuchError        it needs more memory than it may
└── TooManyRowsError    its answer has more rows than anybody reads; carries how many it may have
"""


class QuestionError(Exception):
    """Root of what can keep a question from being answered."""


class NotDerivedError(QuestionError):
    """The copy would not be what was sealed."""


class NoSuchViewError(QuestionError):
    """A question that names no view of ours."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no view “{name[:40]}”.")


class NoSuchQuestionError(QuestionError):
    """A name that no fixed question has."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"There is no fixed question “{name[:40]}”. Ask for the list, and choose one of it."
        )


class TooLongError(QuestionError):
    """It took longer than it may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"This took more than {seconds:g} seconds and was stopped. "
            "Ask about fewer months, or about one account."
        )
        self.seconds = seconds


class BadSearchError(QuestionError):
    """A field of a search, or a value given to a question, that cannot be asked so."""

    def __init__(self, field: str, says: str) -> None:
        super().__init__(says)
        self.field = field


class TooMuchError(QuestionError):
    """It needs more memory than it may."""

    def __init__(self) -> None:
        super().__init__(
            "This needs more memory than a question may have. "
            "Ask about fewer months, or about one account."
        )


class TooManyRowsError(QuestionError):
    """Its answer has more rows than anybody reads."""

    def __init__(self, most: int) -> None:
        super().__init__(f"There are more than {most:,} rows. Ask for fewer, in several questions.")
        self.most = most
