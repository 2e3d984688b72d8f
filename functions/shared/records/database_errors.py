"""What any write or read can fail by, whatever it is about; errors.py draws the whole tree."""


class RecordsError(Exception):
    """Root of everything the records can refuse or fail to do."""


class UnstorableError(RecordsError):
    """A value no row can hold; `str()` says which and why."""


class TooLargeError(UnstorableError):
    """A row beyond what the database holds in one item; sizes in bytes."""

    def __init__(self, noun: str, size: int, limit: int) -> None:
        super().__init__(f"This is {size} bytes in {noun}, and {limit} is the most we can keep.")
        self.noun = noun
        self.size = size
        self.limit = limit


class BusyError(RecordsError):
    """Too many at once, bounded retries used up; nothing was written."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"{operation}: too many at once. Try again in a moment.")
        self.operation = operation


class UnavailableError(RecordsError):
    """No answer from the database; a write may or may not have happened."""

    def __init__(self, operation: str) -> None:
        super().__init__(f"{operation}: the database did not answer.")
        self.operation = operation


class DatabaseRefusedError(RecordsError):
    """The database said no for a reason of ours: permissions, a missing table, a bad request."""

    def __init__(self, operation: str, code: str) -> None:
        super().__init__(f"{operation} was refused: {code}.")
        self.operation = operation
        self.code = code
