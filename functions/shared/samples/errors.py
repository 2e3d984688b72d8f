"""What can be wrong with a sample.

SampleError
├── BadRuleError           a text that says no rule; says what is wrong with it
├── NoSuchPostError        no post with this number was drawn; carries the number
├── LookedAtError          somebody has looked at it before; carries who
├── OwnPostError           whoever wrote, changed or approved it does not judge it
├── WrongJudgementError    what was sent does not fit; carries the field
└── NoFollowUpError        nothing is to be done about this post, or it was done before
"""


class SampleError(Exception):
    """Root of what can be wrong with a sample."""


class BadRuleError(SampleError):
    """A text that says no rule."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This is no rule: {why}. Write it as share=10,least=2,most=10.")


class NoSuchPostError(SampleError):
    """No post with this number was drawn."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No post has the number {number} in this sample. Reload and look again.")
        self.number = number


class LookedAtError(SampleError):
    """Somebody has looked at it before."""

    def __init__(self, number: int, by: str) -> None:
        super().__init__(
            f"Post {number} was looked at by {by}, and that stays on record. Choose another."
        )
        self.by = by


class OwnPostError(SampleError):
    """Whoever wrote, changed or approved it does not judge it."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"You wrote, changed or approved post {number}; somebody else has to look at it."
        )


class WrongJudgementError(SampleError):
    """What was sent does not fit; `field` names the culprit."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


class NoFollowUpError(SampleError):
    """Nothing is to be done about this post, or it was done before."""

    def __init__(self, number: int) -> None:
        super().__init__(f"Nothing waits to be done about post {number}. Reload and look again.")
