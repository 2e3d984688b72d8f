"""What keeps somebody from settling what could not be read back, and what it means.

SettleError
├── UnderWayError         the machine may still be sending, or looks again; nobody settles it now
└── AlreadySettledError   it is known what became of it; `str()` says by whom and when
"""

from shared.http.problems import ConflictError, Meaning
from shared.posts.localtime import moment_text
from shared.records.publication import Publication

STILL = "It is still being sent, or read back. Nothing is to be done yet; look again in minutes."


class SettleError(Exception):
    """Root of what keeps somebody from settling a target."""


class UnderWayError(SettleError):
    """The machine is at it; whoever settles it now might be wrong a second later."""

    def __init__(self) -> None:
        super().__init__(STILL)


class AlreadySettledError(SettleError):
    """It is known what became of it; carries what is on record."""

    def __init__(self, publication: Publication) -> None:
        last = publication.trail[-1] if publication.trail else None
        by = f"by {last.by}" if last and last.by else "by reading it back"
        at = publication.settled_at
        super().__init__(
            f"It was settled before, {by}{f', {moment_text(at)}' if at else ''}: "
            f"{publication.state.value}."
        )
        self.publication = publication


UNCERTAIN_MEANINGS: tuple[tuple[type[Exception], Meaning], ...] = (
    (UnderWayError, lambda error: ConflictError(str(error))),
    (AlreadySettledError, lambda error: ConflictError(str(error))),
)
"""For this room's table of errors."""
