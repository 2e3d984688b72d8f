"""What keeps somebody from being answered, each with a sentence that says what to do.

AuditError
├── WrongWishError         a field of what was asked is wrong; carries which
├── NothingSealedError     no month of those asked about is sealed
├── NothingLeftError       what was sealed of them was disposed of
├── LetGoError             a month was disposed of; carries it, and the leaf that says so
├── NotSealedLeafError     a record is in no sealed month; carries its index
├── NothingToProveError    there is no record in what was to be proved
├── TooManyLeavesError     there are more records than exhibits of one bundle
├── NotCopiedError         a sealed month has no copy that can be read; carries the month
├── TooMuchToReadError     the copies of these months are more than one question may read
├── OutOfTimeError         fetching them took too long
├── OtherAnswerError       the same question of the same months has another answer now
├── FileGoneError          a file was kept for its days, and is gone
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


class LetGoError(AuditError):
    """A month was disposed of."""

    def __init__(self, month: Month, index: int | None) -> None:
        by = "" if index is None else f" by leaf {index}"
        where = "The page of disposals" if index is None else "That leaf"
        super().__init__(
            f"This lay in {month}, which was disposed of{by}. {where} says who let it go; its "
            "note is kept."
        )
        self.month, self.index = month, index


class NotSealedLeafError(AuditError):
    """A record is in no sealed month."""

    def __init__(self, index: int) -> None:
        super().__init__(
            f"Leaf {index} is in no sealed month. What is logged in a month is sealed in the "
            "nights after its end; ask again then."
        )
        self.index = index


class NothingToProveError(AuditError):
    """There is no record in what was to be proved."""

    def __init__(self) -> None:
        super().__init__(
            "Sealed months have no record of this. What is logged in a month is sealed in the "
            "nights after its end."
        )


class TooManyLeavesError(AuditError):
    """There are more records than exhibits of one bundle."""

    def __init__(self, most: int) -> None:
        super().__init__(
            f"That is more than {most} records, which is as many as one bundle has. Ask about "
            "less, or export them with the command line."
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


class FileGoneError(AuditError):
    """A file was kept for its days, and is gone."""

    def __init__(self) -> None:
        super().__init__(
            "The files of this proof were kept for seven days. Ask for it again: the same records "
            "give the same exhibits."
        )
