"""What is wrong with what somebody says of a drift.

DriftError
└── InvalidDriftError    one field is wrong; names it and says what to do
"""


class DriftError(Exception):
    """Root of what keeps a drift from being changed."""


class InvalidDriftError(DriftError):
    """One field is wrong; `str()` says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field
