"""The shapes the pages of reminders are filled with: a list, and a form with what it would do."""

from dataclasses import dataclass
from datetime import datetime

from shared.pages.parts import FieldError, FindingView
from shared.pages.registry_views import FieldView, RegistryRow, Way


@dataclass(frozen=True)
class RemindersView:
    """A list of reminders, newest first; `more` is where its next part is, empty at the end."""

    title: str
    rows: tuple[RegistryRow, ...]
    ways: tuple[Way, ...]
    more: str = ""


@dataclass(frozen=True)
class DateView:
    """One date to come, and when its post is due."""

    starts_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class ShapedView:
    """What the reminder would do: its next dates, the words of one of them, what the policy says
    of those. `seen` stands for all of it: with it the form may be kept.
    """

    dates: tuple[DateView, ...]
    text: str
    outcome: str
    findings: tuple[FindingView, ...]
    seen: str


@dataclass(frozen=True)
class ReminderFormView:
    """The form of a reminder. `submission` makes two clicks one; `revision` is the one that was
    looked at, empty for a new one.
    """

    title: str
    address: str
    fields: tuple[FieldView, ...]
    back: Way
    submission: str = ""
    revision: str = ""
    errors: tuple[FieldError, ...] = ()
    shaped: ShapedView | None = None
