"""What an author can be refused.

SubmitError
├── MayNotPostError       this person does not speak for that account, or may not do it this way
├── MayNotChangeError     neither its author nor communications
├── NotReplaceableError   the version is out already, going out, or was replaced before
├── AppealOverError       the appeal is closed
├── BeingAnsweredError    another answer to the same mention is on its way; carries it
└── ReasonMissingError    taking a post back needs a reason
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.posts.life import Post


class SubmitError(Exception):
    """Root of what an author can be refused."""


class MayNotPostError(SubmitError):
    """This person does not speak for that account, or not this way; `str()` says why."""


class MayNotChangeError(SubmitError):
    """This person is neither the author nor of the communications team."""


class NotReplaceableError(SubmitError):
    """The version is out already, going out, or another one took its place."""


class AppealOverError(SubmitError):
    """The appeal is closed; nothing of it changes any more."""


class BeingAnsweredError(SubmitError):
    """Somebody answers the same mention already, with this post."""

    def __init__(self, post: "Post") -> None:
        super().__init__("Somebody answers it already. Look at their answer first.")
        self.post = post


class ReasonMissingError(SubmitError):
    """Taking a post back needs a reason that others can work with."""
