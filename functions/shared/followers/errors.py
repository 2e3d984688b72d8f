"""What can be wrong with a review.

ReviewError
├── BadThresholdsError     a text that says no thresholds; says what is wrong with it
├── NotOpenError           it is still being read, or two people have signed it; carries its state
├── NoSuchPersonError      nobody with this number stands out in it; carries the number
├── WrongRulingError       a decision that does not fit; carries the field
├── UndecidedError         somebody has not been decided about; carries how many
├── SignedBeforeError      this side has signed; carries who
├── SamePersonError        whoever signed for one side does not sign for the other
└── NotYourSideError       neither side is theirs to speak for
"""


class ReviewError(Exception):
    """Root of what can be wrong with a review."""


class BadThresholdsError(ReviewError):
    """A text that says no thresholds."""

    def __init__(self, why: str) -> None:
        super().__init__(f"These are no thresholds: {why}. Write them as serial=2000,spam=2.")


class NotOpenError(ReviewError):
    """It is still being read, or two people have signed it."""

    def __init__(self, state: str) -> None:
        ended = "It was signed by both sides and does not change any more. Look at the next one."
        begun = "The lists are still being read. Come back when the review is ready."
        super().__init__(ended if state == "signed" else begun)
        self.state = state


class NoSuchPersonError(ReviewError):
    """Nobody with this number stands out in the review."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Nobody has the number {number} in this review. Reload and look again.")
        self.number = number


class WrongRulingError(ReviewError):
    """A decision that does not fit; `field` names the culprit."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class UndecidedError(ReviewError):
    """Somebody has not been decided about."""

    def __init__(self, left: int) -> None:
        who = "one person" if left == 1 else f"{left} people"
        super().__init__(f"Decide about {who} first; then sign.")
        self.left = left


class SignedBeforeError(ReviewError):
    """This side has signed."""

    def __init__(self, part: str, by: str) -> None:
        super().__init__(f"It was signed for the {part} side before, by {by}.")
        self.by = by


class SamePersonError(ReviewError):
    """Whoever signed for one side does not sign for the other."""

    def __init__(self) -> None:
        super().__init__("You signed for the other side; somebody else has to sign for this one.")


class NotYourSideError(ReviewError):
    """Neither side, or not this one, is theirs to speak for."""

    def __init__(self) -> None:
        super().__init__(
            "The account's owner and deputies sign for its side, communications for theirs. "
            "Ask one of them."
        )
