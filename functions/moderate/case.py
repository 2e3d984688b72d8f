"""What is decided about, what was chosen, and whether a link is enough to choose it."""

from dataclasses import dataclass

from shared.accounts.incident import NO_INCIDENTS, Board
from shared.accounts.registry import Account, Person
from shared.accounts.rights import Answer
from shared.accounts.routing import is_grave, may_rule
from shared.posts.life import Post
from shared.posts.names import ContentHash
from shared.records.approval import Approval, Decision

GRAVE_FOUND = "What the check found here is grave; a link is not enough. Sign in to decide."
INCIDENT_LASTS = (
    "A critical incident affects this account, and a link is not enough while it lasts. "
    "Sign in to decide."
)


@dataclass(frozen=True)
class Case:
    """A post that waits for a decision, what was asked about it, and everybody whose it is:
    `editor` is who changed the words last, if not the author.
    """

    post: Post
    approval: Approval
    account: Account
    author: Person
    editor: Person | None = None
    board: Board = NO_INCIDENTS

    def may_be_ruled_by(self, person: Person) -> Answer:
        """Whether this person may decide it in their own right."""
        return may_rule(
            person,
            author=self.author,
            editor=self.editor,
            findings=self.post.findings,
            account=self.account,
        )

    @property
    def sign_in_needed(self) -> str:
        """Why a link is not enough to decide it; empty where it is."""
        if is_grave(self.post.findings):
            return GRAVE_FOUND
        meant = self.post.draft.platforms
        lasting = [i for i in self.board.active if i.reaches(self.account) and i.touches(meant)]
        return INCIDENT_LASTS if lasting else ""


@dataclass(frozen=True)
class Choice:
    """What was chosen, why, and about which words. An edit brings the new `text`, and the new
    `alts` of the pictures and further parts of the `thread`, in order; None leaves them as they
    are.
    """

    decision: Decision
    reason: str | None
    content_hash: ContentHash
    text: str | None = None
    alts: tuple[str, ...] | None = None
    thread: tuple[str, ...] | None = None
