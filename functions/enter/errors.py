"""What keeps somebody from signing in; `str()` is a sentence for them.

EnterError
├── ForeignAttemptError    not the sign-in that this browser began, or one that is too old
├── DeniedError            the force's sign-in said no, or the person turned back
├── CodeRefusedError       the code was used before, or is too old
├── IssuerSilentError      the force's sign-in did not answer, or not in a way we understand
├── UntrustedTokenError    an ID token that is not right; `why` is for the log
├── UnverifiedEmailError   the force's sign-in does not vouch for the e-mail address
├── UnknownPersonError     the registry has nobody, or several, with this address
└── ShutOutError           suspended, or left
"""


class EnterError(Exception):
    """Root of what keeps somebody from signing in."""


class ForeignAttemptError(EnterError):
    """Not the sign-in that this browser began, or one that is too old."""

    def __init__(self) -> None:
        super().__init__("This sign-in was begun elsewhere, or too long ago. Begin again.")


class DeniedError(EnterError):
    """The force's sign-in said no, or the person turned back."""

    def __init__(self) -> None:
        super().__init__("The force’s sign-in did not let you through. Begin again.")


class CodeRefusedError(EnterError):
    """The code was used before, or is too old."""

    def __init__(self) -> None:
        super().__init__("This sign-in was used before, or took too long. Begin again.")


class IssuerSilentError(EnterError):
    """The force's sign-in did not answer, or not in a way we understand."""

    def __init__(self) -> None:
        super().__init__("The force’s sign-in does not answer just now. Begin again in a moment.")


class UntrustedTokenError(EnterError):
    """An ID token that is not right."""

    def __init__(self, why: str) -> None:
        super().__init__("The force’s sign-in sent what we cannot trust. Tell the web team.")
        self.why = why


class UnverifiedEmailError(EnterError):
    """The force's sign-in does not vouch for the e-mail address."""

    def __init__(self) -> None:
        super().__init__("Your work e-mail is not verified. Verify it with the service desk first.")


class UnknownPersonError(EnterError):
    """The registry has nobody, or several, with this address."""

    def __init__(self) -> None:
        super().__init__("Your work e-mail is not in the registry. Ask the web team to enter you.")


class ShutOutError(EnterError):
    """Suspended, or left. That they came this far verifies their e-mail anew (P12)."""

    def __init__(self) -> None:
        super().__init__(
            "Your access has ended. Your work e-mail is verified again, and that is noted: "
            "ask the web team to give you back access."
        )
