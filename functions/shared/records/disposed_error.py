"""Not there, and more can be said of it than that.

NotFoundError
└── DisposedOfError    what began in that month was disposed of; says when and by which leaf
"""

from shared.records.errors import NotFoundError


class DisposedOfError(NotFoundError):
    """What began in that month was disposed of; if this was among it, nothing is left of it."""

    def __init__(self, noun: str, key: str, told: str) -> None:
        super().__init__(noun, key)
        self.told = told

    def __str__(self) -> str:
        return self.told
