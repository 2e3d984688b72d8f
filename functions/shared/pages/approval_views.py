"""The shapes the approver's page is filled with: what would go out, and the form to decide with."""

from dataclasses import dataclass
from datetime import datetime

from shared.pages.parts import (
    FieldError,
    FindingView,
    HistoryLine,
    MediaView,
    OtherWords,
    TargetView,
)
from shared.posts.changes import Change
from shared.posts.life import Urgency
from shared.posts.looks import Mark
from shared.posts.names import PostId


@dataclass(frozen=True)
class LookView:
    """How the words look on these targets, which all make the same of them: `marks` are the links,
    mentions and hashtags there. `part` is which of the `parts` of a thread.
    """

    targets: tuple[TargetView, ...]
    text: str
    marks: tuple[Mark, ...] = ()
    part: int = 1
    parts: int = 1


@dataclass(frozen=True)
class ChangedView:
    """What is other than in version `version`: of `what` (the words, or one picture's), in steps.
    `lines` are sentences about what else changed.
    """

    version: int
    texts: tuple[tuple[str, tuple[Change, ...]], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class EditView:
    """What stands in the fields for an edit: the words, the alt text of each picture, and the
    further parts of a thread."""

    text: str
    alts: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()


@dataclass(frozen=True)
class WayIn:
    """Why a link is not enough here, and where to sign in; that leads back to the same post."""

    sentence: str
    address: str


@dataclass(frozen=True)
class ApprovalView:
    """Exactly what would go out, for one named approver, and the form to decide with.

    `address` is where the form posts to; `asks_code` is false where the approver is signed in, and
    with a `sign_in` there is no form. `choice`, `written_reason` and `edit` are as typed before,
    `errors` what was wrong with them; `tries_left` is None until a wrong code was given. `editor`
    is who changed the words last, if not the author.
    """

    address: str
    addressee: str
    post_id: PostId
    version: int
    account_title: str
    author: str
    text: str
    looks: tuple[LookView, ...]
    submitted_at: datetime
    due: datetime | None
    expires_at: datetime
    policy_version: str
    content_hash: str
    edit: EditView
    media: tuple[MediaView, ...] = ()
    findings: tuple[FindingView, ...] = ()
    history: tuple[HistoryLine, ...] = ()
    asks_code: bool = True
    choice: str = ""
    written_reason: str = ""
    errors: tuple[FieldError, ...] = ()
    tries_left: int | None = None
    second_reader: str | None = None
    editor: str = ""
    embargo: bool = False
    urgency: Urgency = Urgency.PROMPT
    urgent_reason: str = ""
    changed: ChangedView | None = None
    sign_in: WayIn | None = None
    others: tuple[OtherWords, ...] = ()


@dataclass(frozen=True)
class DecidedView:
    """A decision that stands. `just_now` thanks the one who made it; else it tells who did.

    `decision` is approve, edit, return or reject; `reference` is what to quote about it, and
    `replaced_by` the version that took its place; `since` says what became of it after.
    """

    decision: str
    decided_by: str
    decided_at: datetime
    account_title: str
    reference: str
    just_now: bool = False
    due: datetime | None = None
    replaced_by: str = ""
    since: str = ""
