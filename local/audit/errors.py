"""What keeps the command line from certifying something.

AuditError
├── NoMakerError    nobody said who produces it
└── NotHeldError    verify.py found something wrong with a month; carries what it said
"""


class AuditError(Exception):
    """Root of what the command line refuses by itself."""


class NoMakerError(AuditError):
    """Nobody said who produces it."""

    def __init__(self) -> None:
        super().__init__("A certificate names who produces it: give --maker and --role.")


class NotHeldError(AuditError):
    """Something is wrong with a month: nothing is certified."""

    def __init__(self, said: str) -> None:
        super().__init__(f"verify.py did not accept the months, so nothing is certified: {said}")
        self.said = said
