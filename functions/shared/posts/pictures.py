"""What is known of a picture: whose it is, what is owed for it, who is shown, and who agreed.

A picture is kept as it was painted anew (ADR 0017), a video as it was cleaned (ADR 0021), and all
that is said of pictures here is meant of both; nobody but us names where it lies. Whose it is
must be said (policy.md M06 to M08, N10): where the licence asks for a credit line, the line must
stand in the words of every post, because nobody sees the words for those who cannot see. Who can
be recognised in it must have agreed (M01 to M05), or there is a policing purpose, and then a second
person reads every post with it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.posts.content import VIDEO
from shared.posts.names import ConsentId, PersonId, PictureId


class Licence(StrEnum):
    """By what right the force uses a picture. What may not be changed or sold is not among them:
    a picture that is shrunk is changed.
    """

    OWN = "own"
    PERMISSION = "permission"
    OPEN_GOVERNMENT = "open_government"
    PUBLIC_DOMAIN = "public_domain"
    CC_BY = "cc_by"
    CC_BY_SA = "cc_by_sa"
    CC_BY_NC = "cc_by_nc"


OWES_CREDIT = frozenset(
    {Licence.OPEN_GOVERNMENT, Licence.CC_BY, Licence.CC_BY_SA, Licence.CC_BY_NC}
)
NEEDS_SOURCE = frozenset(Licence) - {Licence.OWN}


class Shows(StrEnum):
    """Who can be recognised in it; of several the last one that is true."""

    NOBODY = "nobody"
    STAFF = "staff"
    PUBLIC = "public"


LONGEST_CREDIT = 120
LONGEST_SOURCE = 300
LONGEST_ALT = 1_500
"""The shortest of what platforms take (Mastodon's own default)."""

MOST_CONSENTS = 20
TYPES = {"image/jpeg": "jpg", "image/png": "png", VIDEO: "mp4"}


class PictureHappened(StrEnum):
    """Types of leaves that speak of pictures and of who agreed to be shown."""

    TAKEN_IN = "picture.taken_in"
    CONSENTED = "consent.recorded"
    COUNTERSIGNED = "consent.countersigned"
    WITHDRAWN = "consent.withdrawn"
    DISPOSAL_TOLD = "consent.disposal_told"


@dataclass(frozen=True)
class Picture:
    """One picture as it is kept: `sha256` of the bytes under `key`. `source` says where it comes
    from or who gave leave; `purpose` why people are shown who were not asked; `stopped_at` when
    somebody who is shown took their consent back; `milliseconds` are a video's.
    """

    picture_id: PictureId
    sha256: str
    content_type: str
    width: int
    height: int
    size: int
    uploaded_by: PersonId
    at: datetime
    licence: Licence
    source: str = ""
    credit: str = ""
    shows: Shows = Shows.NOBODY
    consents: tuple[ConsentId, ...] = ()
    purpose: str = ""
    ai_generated: bool = False
    stopped_at: datetime | None = None
    milliseconds: int = 0

    @property
    def key(self) -> str:
        """Where its bytes lie."""
        return key_of(self.picture_id, self.content_type)

    @property
    def is_video(self) -> bool:
        """Whether it moves."""
        return self.content_type == VIDEO

    @property
    def owed(self) -> str:
        """The credit line that the words of a post must have; empty where none is owed."""
        return self.credit if self.licence in OWES_CREDIT else ""

    @property
    def unasked(self) -> bool:
        """Whether people can be recognised in it who were not asked."""
        return self.shows is not Shows.NOBODY and not self.consents


@dataclass(frozen=True)
class Origin:
    """What whoever uploads a picture says of it."""

    licence: Licence
    source: str = ""
    credit: str = ""
    shows: Shows = Shows.NOBODY
    consents: tuple[ConsentId, ...] = ()
    purpose: str = ""
    ai_generated: bool = False


def key_of(picture_id: PictureId, content_type: str) -> str:
    """Where the bytes of a picture lie."""
    return f"pictures/{picture_id}.{TYPES[content_type]}"


def origin_faults(origin: Origin) -> Iterator[tuple[str, str]]:
    """Field and sentence for everything that is still to be said."""
    if origin.licence in OWES_CREDIT and not origin.credit.strip():
        yield (
            "credit",
            "This licence asks for a credit line, such as “Photo: A. Author, CC BY 4.0”.",
        )
    if origin.licence in NEEDS_SOURCE and not origin.source.strip():
        yield "source", "Say where the picture comes from, or who gave leave to use it."
    if "\n" in origin.credit or "\r" in origin.credit:
        yield "credit", "The credit must be one line."
    yield from _shown_faults(origin)


def _shown_faults(origin: Origin) -> Iterator[tuple[str, str]]:
    if origin.shows is Shows.NOBODY:
        if origin.consents or origin.purpose.strip():
            yield "shows", "Say who is shown: there are consents or a policing purpose."
        return
    if origin.shows is Shows.STAFF and not origin.consents:
        yield "consents", "Name each colleague who is shown; they must have agreed to it first."
    elif not origin.consents and not origin.purpose.strip():
        yield "consents", "Name the consent of everybody who is shown, or say the policing purpose."
    if origin.consents and origin.purpose.strip():
        yield "purpose", "Either people agreed, or there is a policing purpose; not both."


def picture_subject(picture_id: PictureId) -> str:
    """How leaves name a picture."""
    return f"picture:{picture_id}"
