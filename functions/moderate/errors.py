"""What keeps somebody from deciding.

DecideError
├── MayNotDecideError    this person may not decide this post; `str()` says why
├── SignInNeededError    a link is not enough for this post; `str()` says why
├── TooQuickError        the form came back sooner than anybody reads
├── WrongCodeError       not the code of this link; `tries_left`
├── LinkOverError        the link is void, replaced by a newer one, or expired undecided
│   └── HolderOutError   whoever it was sent to has lost access since
├── TakenBackError       there is nothing to decide any more: its author, or an approver, took it
│                        out of the way
├── ReasonMissingError   returning and rejecting need a reason
└── EditRefusedError     these words cannot take the place of the old ones; names the field
"""

from shared.policy.verdict import Finding


class DecideError(Exception):
    """Root of what keeps somebody from deciding."""


class MayNotDecideError(DecideError):
    """This person may not decide this post."""


class SignInNeededError(DecideError):
    """A link is not enough for this post; whoever decides it has to sign in."""


class TooQuickError(DecideError):
    """The form came back sooner than anybody reads; nothing was decided, no guess was counted."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            "That was quicker than anybody reads. Look at the post, then send it again."
        )
        self.seconds = seconds


class WrongCodeError(DecideError):
    """Not the code of this link; `tries_left` is at least 1."""

    def __init__(self, tries_left: int) -> None:
        super().__init__("That is not the code in the subject of your e-mail.")
        self.tries_left = tries_left


class LinkOverError(DecideError):
    """The link is void, or it expired before anybody decided."""


class HolderOutError(LinkOverError):
    """Whoever the link was sent to has lost access since, though they may have it back."""


class TakenBackError(DecideError):
    """A newer version took its place, or it was taken back for good; `str()` says which."""


class ReasonMissingError(DecideError):
    """Returning and rejecting need a reason that the author can work with."""


class EditRefusedError(DecideError):
    """The words of an edit cannot take the place of the old ones: `field` is the form's, and
    `findings` are what the policy check holds against them.
    """

    def __init__(self, field: str, sentence: str, findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence)
        self.field = field
        self.findings = findings
