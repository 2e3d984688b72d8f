"""The shape the page of urgent posts is filled with."""

from dataclasses import dataclass
from datetime import datetime

from shared.pages.parts import FieldError
from shared.posts.life import State
from shared.posts.names import PostId


@dataclass(frozen=True)
class UrgentRow:
    """A post that did not wait for a second person; `name` is how its form names it, `note` why
    its reader is not the one to look at it."""

    name: str
    post_id: PostId
    account_title: str
    author: str
    text: str
    state: State
    reason: str
    submitted_at: datetime
    due: datetime
    overdue: bool = False
    findings: int = 0
    may_look: bool = False
    note: str = ""


@dataclass(frozen=True)
class UrgentsView:
    """What waits for a look, longest first; `wrong` names the row whose form came back with
    `errors` and its `remark`."""

    rows: tuple[UrgentRow, ...]
    wrong: str = ""
    remark: str = ""
    errors: tuple[FieldError, ...] = ()
