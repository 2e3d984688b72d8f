"""What of an account can be compared on which platform, and the sentence for what cannot.

A platform is compared where it shows an account to anybody, or gives out keys that only read.
"""

from collections.abc import Mapping

from shared.drift.drift import Kind
from shared.posts.names import PlatformName

_WHOLE = frozenset({Kind.POST, Kind.ACCOUNT, Kind.HANDLE, Kind.NAME, Kind.ABOUT, Kind.PICTURE})

TELLS: Mapping[PlatformName, frozenset[Kind]] = {
    PlatformName("bluesky"): _WHOLE,
    PlatformName("mastodon"): _WHOLE,
    PlatformName("x"): _WHOLE,
    PlatformName("facebook"): _WHOLE - {Kind.PICTURE},
    PlatformName("sandbox"): _WHOLE - {Kind.PICTURE},
}
"""What is compared where; what is not here is compared nowhere."""

_EVERY_DAY = "Look at the account there every day."
_RESHARES = "Reshares made there are not seen."
_SENTENCES: Mapping[PlatformName, str] = {
    PlatformName("facebook"): f"Its picture is not compared: its address changes. {_RESHARES}",
    PlatformName("sandbox"): "It has no picture to compare.",
    PlatformName("linkedin"): f"No keys that only read are given out there. {_EVERY_DAY}",
    PlatformName("viva-engage"): f"No keys that only read are given out there. {_EVERY_DAY}",
    PlatformName("feed"): "It is ours: nobody else can put anything into it.",
    PlatformName("console"): "It is read by nobody.",
}


def is_compared(platform: PlatformName) -> bool:
    """Whether anything of an account is compared there."""
    return platform in TELLS


def cannot_tell(platform: PlatformName) -> str:
    """What is not compared there, and what somebody does instead."""
    if platform in _SENTENCES:
        return _SENTENCES[platform]
    return _RESHARES if is_compared(platform) else f"Nothing is compared there. {_EVERY_DAY}"
