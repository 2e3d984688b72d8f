"""The shapes the author's pages are filled with."""

from dataclasses import dataclass, field
from datetime import datetime

from shared.pages.approval_views import ChangedView
from shared.pages.incident_views import Lasting
from shared.pages.parts import (
    AccountOption,
    CountView,
    FieldError,
    FindingView,
    HistoryLine,
    MediaView,
    OtherWords,
    PictureOption,
    ReturnedNote,
    TargetView,
    Typed,
)
from shared.posts.life import State, Urgency
from shared.posts.names import PostId


@dataclass(frozen=True)
class NewView:
    """The post form. `outcome` is None before the first check, else clear, review or blocked.

    `submission` is a fresh random word that travels with the form, so that two clicks on Send
    are one submission; `everyday` says what kind of everyday post it is, if of any; `left_out`
    what some platforms will not carry; `replaces_waiting` that the version it replaces still waits
    and will not go out; `lasting` are the incidents that affect one of the author's accounts;
    `album` is what pictures can be chosen from, where the post is to have any.
    """

    accounts: tuple[AccountOption, ...]
    submission: str
    typed: Typed = field(default_factory=Typed)
    outcome: str | None = None
    findings: tuple[FindingView, ...] = ()
    counts: tuple[CountView, ...] = ()
    errors: tuple[FieldError, ...] = ()
    returned: ReturnedNote | None = None
    everyday: str = ""
    may_publish_urgently: bool = False
    replaces_waiting: bool = False
    left_out: tuple[str, ...] = ()
    lasting: tuple[Lasting, ...] = ()
    album: tuple[PictureOption, ...] = ()


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
class HoldView:
    """Why a post is held, and until when somebody decides; `address` is where, if it is the one
    who looks at the page."""

    sentence: str
    since: datetime
    until: datetime
    address: str | None = None


@dataclass(frozen=True)
class UrgentView:
    """Why a post did not wait for a second person, and what somebody said of it afterwards; `due`
    is by when somebody has to."""

    reason: str
    review: HistoryLine | None = None
    due: datetime | None = None


@dataclass(frozen=True)
class RightedView:
    """What puts a post right, or is put right by it: `closed` where a correction said the last word
    about it, `may_correct` where the reader may write one; `note_of` the deletion it tells of,
    `answers` the mention that it is a reply to."""

    may_correct: bool = False
    corrects: PostId | None = None
    corrected_by: tuple[PostId, ...] = ()
    closed: bool = False
    note_of: str | None = None
    answers: str | None = None


@dataclass(frozen=True)
class PostView:
    """The life of one post version. `due` None means as soon as it is cleared.

    `may_change` shows the way to a new version, `may_withdraw` the form to take it back, with
    `errors` and `written_reason` as it was sent; `reason` is the approver's or the check's.
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
    editor: str | None = None
    embargo: bool = False
    urgency: Urgency = Urgency.PROMPT
    hold: HoldView | None = None
    urgent: UrgentView | None = None
    may_withdraw: bool = False
    may_delete: bool = False
    righted: RightedView | None = None
    errors: tuple[FieldError, ...] = ()
    written_reason: str = ""
    changed: ChangedView | None = None
    others: tuple[OtherWords, ...] = ()
