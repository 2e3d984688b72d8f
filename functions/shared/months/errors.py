"""What can be wrong with a sealed month.

MonthError
├── BadMonthError      a text that names no month; carries it
├── BadLineError       a line of a month's records that is not as we write it; says where and why
└── BadNoteError       a month's note that is not as we write it
"""


class MonthError(Exception):
    """Root of what can be wrong with a sealed month."""


class BadMonthError(MonthError):
    """A text that names no month."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:40]}” is no month. Write it as 2026-10.")
        self.text = text


class BadLineError(MonthError):
    """A line of a month's records that is not as we write it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is no line of a month's records: {why}.")


class BadNoteError(MonthError):
    """A month's note that is not as we write it."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is no note of a month: {why}.")
