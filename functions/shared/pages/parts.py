"""The small shapes that several pages are made of.

Every moment is an aware UTC datetime; the pages show it on the force's own clock. Text is always
the exact text, never cut or cleaned: the pages escape it and make what is hidden in it visible.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.pages.words import platform_title
from shared.posts.content import Draft, whole_text, wordings
from shared.posts.life import Outcome
from shared.posts.names import AccountId, PlatformName


@dataclass(frozen=True)
class Viewer:
    """The signed-in person a page is shown to; `may_approve` opens the way to the approvals,
    `may_read_all` the way to the registry, `may_audit` the way to sealed months.

    `leave_token` is the CSRF token of the sign-out form that every page carries; where it is empty
    the page's own token has to do.
    """

    name: str
    may_approve: bool = False
    leave_token: str = ""
    may_read_all: bool = False
    may_audit: bool = False


@dataclass(frozen=True)
class FieldError:
    """What is wrong with one field of a form; `field` is the field's name in `forms`."""

    field: str
    sentence: str


@dataclass(frozen=True)
class FindingView:
    """A finding of the policy check; `start` and `end` are code point offsets into the text, or
    into other words, which stand in `where`: those they are about are `words`."""

    rule: str
    severity: str
    start: int
    end: int
    message: str
    suggestion: str
    source: str
    where: str = ""
    words: str = ""

    @classmethod
    def of(cls, finding: Mapping[str, object], draft: Draft | None = None) -> "FindingView":
        """From the plain dict a post carries, about this draft of it; KeyError or ValueError if it
        has another shape."""
        number = int(str(finding.get("wording", 0)))
        text, names = wordings(draft)[number] if draft and number else ("", ())
        start, end = int(str(finding["start"])), int(str(finding["end"]))
        return cls(
            rule=str(finding["rule"]),
            severity=str(finding["severity"]),
            start=start,
            end=end,
            message=str(finding["message"]),
            suggestion=str(finding["suggestion"]),
            source=str(finding["source"]),
            where=_where(draft, text, names) if draft and number else "",
            words=text[start:end],
        )


@dataclass(frozen=True)
class OtherWords:
    """What stands somewhere besides the common words: `where` is as a heading says it."""

    where: str
    text: str

    @classmethod
    def of(cls, draft: Draft) -> "tuple[OtherWords, ...]":
        """Every other wording of a draft, in order; of a thread its parts, and where it stands as
        one text that too."""
        return tuple(
            cls(_heading(draft, text, names), text)
            for text, names in wordings(draft)[1:]
            if names or not draft.thread or text != whole_text(draft)
        )


def _where(draft: Draft, text: str, names: tuple[PlatformName, ...]) -> str:
    """Where the words stand that a finding is about."""
    places = " and ".join(map(platform_title, names))
    if text in draft.thread:
        part = f"part {draft.thread.index(text) + 2}"
        return f"{part} ({places})" if places else part
    if not places and draft.thread and text == whole_text(draft):
        return "all parts, read together"
    return places or "the card"


def _heading(draft: Draft, text: str, names: tuple[PlatformName, ...]) -> str:
    places = " and ".join(map(platform_title, names))
    if text in draft.thread:
        return f"Part {draft.thread.index(text) + 2} of {len(draft.thread) + 1}, on {places}"
    if not names:
        return "The card of the link"
    joined = bool(draft.thread) and text == whole_text(draft)
    return f"On {places}, as one post" if joined else f"On {places} instead"


@dataclass(frozen=True)
class CountView:
    """How long the text, or a part of it, is as one platform counts, and how long it may be (None:
    no limit)."""

    platform: PlatformName
    length: int
    limit: int | None
    part: int = 1


@dataclass(frozen=True)
class MediaView:
    """One picture; `address` is where this page may load it from (None: only its words show), and
    `notes` are sentences about whose it is and who is shown."""

    alt: str
    content_type: str
    address: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether it is a video."""
        return self.content_type.startswith("video/")


@dataclass(frozen=True)
class PictureOption:
    """A picture that may be chosen; `address` is where the page may load it from."""

    picture_id: str
    label: str
    address: str = ""
    moves: bool = False


@dataclass(frozen=True)
class TargetView:
    """One account on one platform; `outcome`, `url` and `note` say what became of the post there,
    `settle` where its reader says so, where nobody knows; `part` counts those of a thread."""

    platform: PlatformName
    handle: str
    count: CountView | None = None
    outcome: Outcome | None = None
    url: str | None = None
    note: str = ""
    settle: str | None = None
    part: int = 1


@dataclass(frozen=True)
class HistoryLine:
    """Something that happened to the post: `what` is a sentence, `reason` somebody's own words."""

    at: datetime
    who: str
    what: str
    reason: str = ""


@dataclass(frozen=True)
class AccountOption:
    """An account the author may choose, and the platforms it has a voice on."""

    account_id: AccountId
    title: str
    platforms: tuple[PlatformName, ...]


@dataclass(frozen=True)
class Typed:
    """What the author typed into the post form, kept word for word until it is right.

    `date` and `time` are as typed, on the London clock; empty means as soon as it is cleared.
    `urgency` is one of `shared.posts.life`'s words; `urgent_reason` is empty unless it is not to
    wait; of each of the `pictures` it is the id and the alt text, of each of the `variants` the
    platform and its own words, of the `card` address, title and description; `thread` are the
    parts after the `text`.
    """

    text: str = ""
    account: str = ""
    platforms: tuple[str, ...] = ()
    date: str = ""
    time: str = ""
    replaces: str = ""
    embargo: bool = False
    urgency: str = "prompt"
    urgent_reason: str = ""
    pictures: tuple[tuple[str, str], ...] = ()
    variants: tuple[tuple[str, str], ...] = ()
    card: tuple[str, str, str] = ("", "", "")
    language: str = "en-GB"
    thread: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReturnedNote:
    """Why the version that this post replaces came back."""

    by: str
    at: datetime
    reason: str
