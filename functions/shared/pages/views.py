"""The shapes the pages are filled with, one view per page; their parts are in `parts`."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.pages.parts import (
    AccountOption,
    CountView,
    FieldError,
    FindingView,
    HistoryLine,
    MediaView,
    ReturnedNote,
    TargetView,
    Typed,
    Viewer,
)
from shared.pages.registry_views import EntryView, FormView, GenuineView, RegistryView
from shared.posts.life import State
from shared.posts.names import PostId

__all__ = [
    "VIEW_OF_PAGE",
    "AccountOption",
    "ApprovalView",
    "ApprovalsView",
    "CountView",
    "DecidedView",
    "EntryView",
    "FieldError",
    "FindingView",
    "FormView",
    "GenuineView",
    "HistoryLine",
    "MediaView",
    "NewView",
    "PostRow",
    "PostView",
    "PostsView",
    "ProblemView",
    "QueueRow",
    "RegistryView",
    "ReturnedNote",
    "SignInView",
    "TargetView",
    "Typed",
    "View",
    "Viewer",
]


@dataclass(frozen=True)
class NewView:
    """The post form. `outcome` is None before the first check, else clear, review or blocked.

    `submission` is a fresh random word that travels with the form, so that two clicks on Send
    are one submission; `author_role` is the registry's word, for the check while typing;
    `everyday` says what kind of everyday post it is, if of any.
    """

    accounts: tuple[AccountOption, ...]
    submission: str
    typed: Typed = field(default_factory=Typed)
    outcome: str | None = None
    findings: tuple[FindingView, ...] = ()
    counts: tuple[CountView, ...] = ()
    errors: tuple[FieldError, ...] = ()
    returned: ReturnedNote | None = None
    author_role: str = ""
    everyday: str = ""


@dataclass(frozen=True)
class PostRow:
    """One line of the list of posts."""

    post_id: PostId
    version: int
    account_title: str
    text: str
    state: State
    submitted_at: datetime
    due: datetime | None = None


@dataclass(frozen=True)
class PostsView:
    """A page of somebody's posts, newest first; `next_cursor` is None on the last page."""

    rows: tuple[PostRow, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class PostView:
    """The life of one post version. `due` None means as soon as it is cleared.

    `may_change` shows the way to a new version; `reason` is the approver's or the check's.
    """

    post_id: PostId
    version: int
    account_title: str
    author: str
    text: str
    targets: tuple[TargetView, ...]
    state: State
    submitted_at: datetime
    due: datetime | None
    policy_version: str
    content_hash: str
    media: tuple[MediaView, ...] = ()
    findings: tuple[FindingView, ...] = ()
    asked: tuple[str, ...] = ()
    approval_expires_at: datetime | None = None
    reason: str | None = None
    history: tuple[HistoryLine, ...] = ()
    may_change: bool = False
    second_reader: str | None = None


@dataclass(frozen=True)
class QueueRow:
    """A post that waits for a decision; `address` is where to decide, `note` why not by you."""

    post_id: PostId
    version: int
    account_title: str
    author: str
    text: str
    asked_at: datetime
    expires_at: datetime
    due: datetime | None = None
    findings: int = 0
    address: str | None = None
    note: str = ""


@dataclass(frozen=True)
class ApprovalsView:
    """The queue, the most urgent first."""

    rows: tuple[QueueRow, ...]
    next_cursor: str | None = None


@dataclass(frozen=True)
class ApprovalView:
    """Exactly what would go out, for one named approver, and the form to decide with.

    `address` is where the form posts to; `asks_code` is false where the approver is signed in.
    `choice` and `written_reason` are as typed before, `errors` what was wrong with them;
    `tries_left` is None until a wrong code was given.
    """

    address: str
    addressee: str
    post_id: PostId
    version: int
    account_title: str
    author: str
    text: str
    targets: tuple[TargetView, ...]
    submitted_at: datetime
    due: datetime | None
    expires_at: datetime
    policy_version: str
    content_hash: str
    media: tuple[MediaView, ...] = ()
    findings: tuple[FindingView, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    asks_code: bool = True
    choice: str = ""
    written_reason: str = ""
    errors: tuple[FieldError, ...] = ()
    tries_left: int | None = None
    second_reader: str | None = None


@dataclass(frozen=True)
class DecidedView:
    """A decision that stands. `just_now` thanks the one who made it; else it tells who did.

    `decision` is approve, return or reject; `reference` is what to quote about it.
    """

    decision: str
    decided_by: str
    decided_at: datetime
    account_title: str
    reference: str
    just_now: bool = False
    due: datetime | None = None


@dataclass(frozen=True)
class ProblemView:
    """Something did not work: `sentence` says what to do, the link takes there."""

    title: str
    sentence: str
    link_address: str | None = None
    link_text: str = ""
    reference: str = ""


@dataclass(frozen=True)
class SignInView:
    """Asks an unknown person to sign in; `address` is the force's sign-in page."""

    address: str
    sentence: str = "Sign in with your force account to write and follow posts."


VIEW_OF_PAGE: dict[str, type] = {
    "new": NewView,
    "posts": PostsView,
    "post": PostView,
    "approvals": ApprovalsView,
    "approval": ApprovalView,
    "decided": DecidedView,
    "problem": ProblemView,
    "sign-in": SignInView,
    "registry": RegistryView,
    "entry": EntryView,
    "form": FormView,
    "genuine": GenuineView,
}
"""Which view fills which page; the page's template bears the same name."""

View = (
    NewView
    | PostsView
    | PostView
    | ApprovalsView
    | ApprovalView
    | DecidedView
    | ProblemView
    | SignInView
    | RegistryView
    | EntryView
    | FormView
    | GenuineView
)
