"""What the registrar's room refuses; `str()` is a sentence for the person who asked.

RegisterError
├── NoCoverError        a leave that leaves an account with nobody
├── StillAboveError     an account that others belong to cannot be closed
├── NoSuchTargetError   the account has no name on this platform
├── NotThatPersonError  whoever is named cannot do this: no cover, not an author, nobody at all
├── NoDelegationError   there is none that could be ended
├── NotProposedError    nobody proposed to close this account
└── VaultError          the keys could not be kept; what was there before may still be in force
"""


class RegisterError(Exception):
    """Root of what the registrar's room refuses."""


class NoCoverError(RegisterError):
    """A leave that leaves an account with nobody (D04)."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        named = ", ".join(titles)
        super().__init__(
            f"Nobody would be there for {named}. Name somebody who covers, or add a member first."
        )
        self.titles = titles


class StillAboveError(RegisterError):
    """An account that others belong to cannot be closed."""

    def __init__(self, titles: tuple[str, ...]) -> None:
        super().__init__(
            f"Other accounts belong to this one; move them first: {', '.join(titles)}."
        )


class NoSuchTargetError(RegisterError):
    """The account has no name on this platform."""


class NotThatPersonError(RegisterError):
    """Whoever is named cannot do this."""


class NoDelegationError(RegisterError):
    """There is no delegation from that day on that could be ended."""


class NotProposedError(RegisterError):
    """Nobody proposed to close this account."""

    def __init__(self) -> None:
        super().__init__("Nobody proposes to close this account; reload and look again.")


class VaultError(RegisterError):
    """The keys could not be kept."""
