"""What is kept of an account that could be taken for ours: no more than shows what it was.

All of it is a third party's, so it stands sealed in one leaf and nowhere else.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from shared.posts.names import PlatformName
from shared.recordlog.canonical import JSON

LONGEST_ABOUT = 2_000
MASTODON = PlatformName("mastodon")


@dataclass(frozen=True)
class Evidence:
    """What it called itself and said of itself when it was seen (RFC 3339, UTC). `platform_id` is
    empty where nobody but a person saw it; `picture_sha256` where its picture was not fetched."""

    handle: str
    seen_at: str
    platform_id: str = ""
    name: str = ""
    url: str = ""
    about: str = ""
    picture: str = ""
    picture_sha256: str = ""


def whole_handle(platform: PlatformName, handle: str, service: str) -> str:
    """The name as it is called from everywhere: on Mastodon with its server, which an account's own
    server (`service`) leaves out of its people's."""
    plain, host = handle.strip().lstrip("@"), service.partition("://")[2].partition("/")[0]
    if platform != MASTODON or "@" in plain or not host:
        return plain
    return f"{plain}@{host.casefold()}"


def case_name(platform: PlatformName, handle: str) -> str:
    """What the case of the account with this name there is called: whoever finds it, by whichever
    way, calls it the same, and the name does not show what it is called."""
    named = f"{platform}\n{handle.strip().lstrip('@').casefold()}"
    return hashlib.sha256(named.encode(errors="surrogatepass")).hexdigest()[:32]


def sealed(evidence: Evidence) -> dict[str, JSON]:
    """The text as it is sealed."""
    return asdict(evidence)


def opened(text: Mapping[str, JSON]) -> Evidence:
    """The same back."""
    names = Evidence.__dataclass_fields__
    return Evidence(**{name: str(text[name]) for name in names if name in text})
