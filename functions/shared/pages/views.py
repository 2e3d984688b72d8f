"""The shapes the pages are filled with, one view per page; their parts are in `parts`."""

from dataclasses import dataclass
from datetime import datetime

from shared.pages.approval_views import (
    ApprovalView,
    ChangedView,
    DecidedView,
    EditView,
    LookView,
    WayIn,
)
from shared.pages.audit_views import AnswerView, AuditView
from shared.pages.author_views import NewView, PostRow, PostsView, PostView
from shared.pages.incident_views import HeldView, HoldView, IncidentsView, IncidentView
from shared.pages.newsletter_views import NewsletterView
from shared.pages.parts import (
    AccountOption,
    CountView,
    FieldError,
    FindingView,
    HistoryLine,
    MediaView,
    PictureOption,
    ReturnedNote,
    TargetView,
    Typed,
    Viewer,
)
from shared.pages.registry_views import EntryView, FormView, GenuineView, RegistryView
from shared.pages.reminder_views import ReminderFormView, RemindersView
from shared.pages.report_views import ReportView
from shared.pages.uncertain_views import UncertainView
from shared.pages.urgent_views import UrgentsView
from shared.posts.names import PostId

__all__ = [
    "VIEW_OF_PAGE",
    "AccountOption",
    "AnswerView",
    "ApprovalView",
    "ApprovalsView",
    "AuditView",
    "ChangedView",
    "CountView",
    "DecidedView",
    "EditView",
    "EntryView",
    "FieldError",
    "FindingView",
    "FormView",
    "GenuineView",
    "HeldView",
    "HistoryLine",
    "HoldView",
    "IncidentView",
    "IncidentsView",
    "LookView",
    "MediaView",
    "NewView",
    "NewsletterView",
    "PictureOption",
    "PostRow",
    "PostView",
    "PostsView",
    "ProblemView",
    "QueueRow",
    "RegistryView",
    "ReminderFormView",
    "RemindersView",
    "ReportView",
    "ReturnedNote",
    "SignInView",
    "TargetView",
    "Typed",
    "UncertainView",
    "UrgentsView",
    "View",
    "Viewer",
    "WayIn",
]


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
    "incidents": IncidentsView,
    "incident": IncidentView,
    "held": HeldView,
    "hold": HoldView,
    "reminders": RemindersView,
    "reminder-form": ReminderFormView,
    "urgent": UrgentsView,
    "uncertain": RegistryView,
    "settle": UncertainView,
    "newsletter": NewsletterView,
    "audit": AuditView,
    "answer": AnswerView,
    "report": ReportView,
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
    | IncidentsView
    | IncidentView
    | HeldView
    | HoldView
    | RemindersView
    | ReminderFormView
    | UrgentsView
    | UncertainView
    | NewsletterView
    | AuditView
    | AnswerView
    | ReportView
)
