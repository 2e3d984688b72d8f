"""What can go wrong with a letter.

MailError
├── UnsafeLetterError   a header would carry a line break or an address is none; nothing was sent
├── RefusedMailError    the mail service said no for good; trying again changes nothing
└── UnsentMailError     no answer or not now; the letter may or may not have left, try again later
"""


class MailError(Exception):
    """Root of everything a letter can meet."""


class UnsafeLetterError(MailError):
    """A value that must not stand in a letter's head."""


class RefusedMailError(MailError):
    """The mail service refused; `code` is its own word for why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"The mail service refused the letter ({code}): {sentence}")
        self.code = code


class UnsentMailError(MailError):
    """The mail service did not take the letter this time; sending it twice does no harm."""
