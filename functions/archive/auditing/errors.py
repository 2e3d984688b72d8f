"""What keeps somebody from being answered, each with a sentence that says what to do.

AuditError
├── WrongWishError         a field of what was asked is wrong; carries which
├── NothingSealedError     no month of those asked about is sealed
├── NothingLeftError       what was sealed of them was disposed of
├── NotCopiedError         a sealed month has no copy that can be read; carries the month
├── TooMuchToReadError     the copies of these months are more than one question may read
├── OutOfTimeError         fetching them took too long
├── OtherAnswerError       the same question of the same months has another answer now
└── TooLargeAnswerError    the whole answer is more than one file may hold
"""

from shared.months.month import Month


class AuditError(Exception):
    """Root of what keeps somebody from being answered."""


class WrongWishError(AuditError):
    """A field of what was asked is wrong."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NothingSealedError(AuditError):
    """No month of those asked about is sealed."""

    def __init__(self, first: Month, last: Month) -> None:
        super().__init__(
            f"No month from {first} to {last} is sealed. Look at the list which are, and ask there."
        )


class NothingLeftError(AuditError):
    """What was sealed of the months asked about was disposed of."""

    def __init__(self, first: Month, last: Month) -> None:
        super().__init__(
            f"What was sealed from {first} to {last} was disposed of. The page of disposals says "
            "who agreed to that."
        )


class NotCopiedError(AuditError):
    """A sealed month has no copy that can be read."""

    def __init__(self, month: Month) -> None:
        super().__init__(
            f"{month} is sealed and not copied for questions yet. That is done at four in the "
            "morning (UTC); ask again after that, or ask with the command line."
        )
        self.month = month


class TooMuchToReadError(AuditError):
    """The copies of these months are more than one question may read."""

    def __init__(self, octets: int, most: int) -> None:
        super().__init__(
            f"These months are {octets // 10**6:,} MB, and one question reads {most // 10**6:,} "
            "at most. Ask about fewer months, or with the command line."
        )


class OutOfTimeError(AuditError):
    """Fetching them took too long."""

    def __init__(self) -> None:
        super().__init__(
            "The months could not be fetched in time. Ask again, which goes on where this ended, "
            "or ask about fewer months."
        )


class OtherAnswerError(AuditError):
    """The same question of the same months has another answer now."""

    def __init__(self) -> None:
        super().__init__(
            "The answer is not the one that is on record: the copy of these months was made anew "
            "since, one was disposed of, or another edition of Bluelamp reads it. Ask the question "
            "again."
        )


class TooLargeAnswerError(AuditError):
    """The whole answer is more than one file may hold."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"The whole answer has more than {most // 10**6} MB. Read it page by page, ask about "
            "less, or ask with the command line."
        )
