"""What each platform can do, and the sentence for what it cannot: said before anything is sent.

Nothing is dropped silently: `shortfalls` tells who writes a post what of it a platform will not
carry; a reader or an editor that is asked for what its platform cannot do raises UnsupportedError
with the sentence that stands here. docs/platforms.md is written from this table.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.posts.can import DEED, Can
from shared.posts.names import PlatformName

__all__ = [
    "ALL",
    "DEED",
    "LARGEST_VIDEO",
    "TITLES",
    "Can",
    "Capabilities",
    "PictureLimits",
    "VideoLimits",
    "capabilities",
]


@dataclass(frozen=True)
class PictureLimits:
    """How many pictures a post takes there, the characters of each alt text, the bytes of each and
    the types; None is no limit that we know."""

    most: int
    alt_characters: int | None = None
    most_bytes: int | None = None
    types: tuple[str, ...] = ("image/jpeg", "image/png")


LARGEST_VIDEO = 50_000_000
"""Bytes that are taken in here, whatever a platform would take (ADR 0021)."""


@dataclass(frozen=True)
class VideoLimits:
    """Bytes and seconds of a video there, None where no limit is known; a post takes one, alone.
    `described` says whether the platform keeps the words for who cannot see it."""

    most_bytes: int | None = None
    most_seconds: int | None = None
    described: bool = True


@dataclass(frozen=True)
class Capabilities:
    """One platform; what is not in `cannot` it can."""

    platform: PlatformName
    cannot: Mapping[Can, str] = field(default_factory=dict)
    pictures: PictureLimits | None = None
    videos: VideoLimits | None = None

    def can(self, what: Can) -> bool:
        """Whether it may be asked for this."""
        return what not in self.cannot

    def sentence(self, what: Can) -> str:
        """Why not, and what to do instead; empty where it can."""
        return self.cannot.get(what, "")


def capabilities(platform: PlatformName) -> Capabilities:
    """What this platform can do; of one that nobody knows nothing is promised."""
    unknown = dict.fromkeys(Can, f"There is no adapter for {platform}.")
    return ALL.get(platform) or Capabilities(platform, unknown)


TITLES: Mapping[PlatformName, str] = {
    PlatformName("bluesky"): "Bluesky",
    PlatformName("mastodon"): "Mastodon",
    PlatformName("x"): "X",
    PlatformName("facebook"): "Facebook",
    PlatformName("linkedin"): "LinkedIn",
    PlatformName("viva-engage"): "Viva Engage",
    PlatformName("feed"): "The website feed",
    PlatformName("sandbox"): "The sandbox",
    PlatformName("console"): "The console",
}
"""What people call a platform, at the beginning of a sentence."""


def _platform(
    name: str, pictures: PictureLimits | None, videos: VideoLimits | None = None, /, **cannot: str
) -> Capabilities:
    """One row: `cannot` is what follows the platform's title, by deed with `_` for `-`."""
    title = TITLES[PlatformName(name)]
    named = {Can(deed.replace("_", "-")): f"{title} {why}" for deed, why in cannot.items()}
    return Capabilities(PlatformName(name), named, pictures, videos)


_STILL = {"video": "gets no videos from here; post a picture and a link to the video."}
_JOINS = {"thread": "has no threads; the parts stand there as one post."}
_UNSHARED = {"reshare": "gets no reshares from here yet; reshare it there."}
_ALONE = {**_UNSHARED, "reply": "gets no replies from here yet; reply there."}
_AGAIN = "withdraw the post and send a new one that says what was wrong."
_GUESSES = {"language": "is told no language; it guesses from the words."}
_UNTOLD = {"limits": "does not tell its limits; the force's policy holds them."}
_UNNAMED = {
    "followers": "counts its followers and does not name them; look at the list there.",
    "following": "does not tell whom the account follows; look at the account there.",
}
_UNREPORTED = {"report_comment": "takes no reports from here; report it there."}
_UNANSWERED = dict.fromkeys(
    ("hide_comment", "delete_comment", "report_comment", "block"), "is where nobody answers."
)
_CARDLESS = {"link_card": "shows a bare link; say in the words what is behind it."}
_OWN_CARD = {
    "link_card": "makes the card itself from the page behind a link in the words, not from yours."
}

ALL: Mapping[PlatformName, Capabilities] = {
    row.platform: row
    for row in (
        _platform(
            "bluesky",
            PictureLimits(4, most_bytes=1_000_000),
            edit=f"shows no edits; {_AGAIN}",
            delete_comment="deletes nobody else's posts; hide this one, or report it.",
            **_STILL,
            **_ALONE,
            **_UNTOLD,
        ),
        _platform(
            "mastodon",
            PictureLimits(4, 1_500),
            VideoLimits(41_943_040),
            hide_comment="hides nobody else's posts; report this one, or block who wrote it.",
            delete_comment="deletes nobody else's posts; report this one, or block who wrote it.",
            **_OWN_CARD,
            **_UNSHARED,
        ),
        _platform(
            "x",
            PictureLimits(4, 1_000, 5_000_000),
            VideoLimits(536_870_912, 140, described=False),
            edit=f"takes no edits from here; {_AGAIN}",
            delete_comment="deletes nobody else's posts; hide this one, or report it there.",
            block="lets only enterprise contracts block from outside; block them there.",
            **_UNREPORTED,
            **_OWN_CARD,
            **_UNSHARED,
            **_GUESSES,
            **_UNTOLD,
        ),
        _platform(
            "facebook",
            PictureLimits(10),
            **_UNREPORTED,
            **_STILL,
            **_OWN_CARD,
            **_JOINS,
            **_ALONE,
            **_GUESSES,
            **_UNNAMED,
            **_UNTOLD,
        ),
        _platform(
            "linkedin",
            PictureLimits(20, 4_086),
            hide_comment="hides no comments; delete this one.",
            block="blocks nobody from here; block them there, as an administrator of the page.",
            **_UNREPORTED,
            **_STILL,
            **_JOINS,
            **_ALONE,
            **_GUESSES,
            **_UNNAMED,
            **_UNTOLD,
        ),
        _platform(
            "viva-engage",
            None,
            pictures="carries no attachments; link to the picture's page instead.",
            alt_text="carries no pictures, so no alt texts.",
            edit=f"takes no edits from here; {_AGAIN}",
            following="lets a community follow nobody; there is no such list.",
            hide_comment="hides no messages; delete this one.",
            block="blocks nobody; a community's administrator takes a member out there.",
            **_UNREPORTED,
            **_STILL,
            **_OWN_CARD,
            **_JOINS,
            **_ALONE,
            **_GUESSES,
            **_UNTOLD,
        ),
        _platform(
            "feed",
            PictureLimits(20),
            edit=f"keeps what its readers have fetched; {_AGAIN}",
            followers="does not know who reads it.",
            following="follows nobody.",
            mentions="is where nobody answers.",
            profile="has no profile but its address.",
            read_post="is ours: nobody else can take anything out of it.",
            **_UNANSWERED,
            **_STILL,
            **_CARDLESS,
            **_JOINS,
            **_ALONE,
            **_UNTOLD,
        ),
        _platform("sandbox", PictureLimits(4), VideoLimits(), **_CARDLESS),
        _platform(
            "console",
            PictureLimits(4),
            edit=f"is written once; {_AGAIN}",
            followers="has no followers.",
            following="follows nobody.",
            mentions="is where nobody answers.",
            profile="has no profile.",
            read_post="is read back by nobody.",
            **_UNANSWERED,
            **_CARDLESS,
            **_STILL,
            **_UNTOLD,
        ),
    )
}
"""Every platform there is an adapter for."""
