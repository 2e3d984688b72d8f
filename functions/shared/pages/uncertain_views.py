"""The shape of the page on which a person settles what could not be read back."""

from dataclasses import dataclass
from datetime import datetime

from shared.pages.parts import HistoryLine, MediaView
from shared.pages.registry_views import FormView
from shared.posts.names import PlatformName, PostId


@dataclass(frozen=True)
class UncertainView:
    """One target with all the evidence there is. `account_page` is where the public sees the
    account, `named` what the platform called the post, `request` what was sent, as JSON; the form
    is None where the reader, or anybody yet, may not settle it, and `note` says why."""

    post_id: PostId
    version: int
    account_title: str
    platform: PlatformName
    handle: str
    text: str
    look_from: datetime
    look_until: datetime
    history: tuple[HistoryLine, ...]
    media: tuple[MediaView, ...] = ()
    account_page: str | None = None
    named: str | None = None
    request: str = ""
    form: FormView | None = None
    note: str = ""
    part: int = 1
