"""Addresses of posts and accounts on platforms: whether one belongs there, and which are the same.

A person copies an address from wherever they look: an app, a browser, a phone. Two spellings of one
post must not count as two posts, and an address of another site is a slip of the hand.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

from shared.posts.names import PlatformName

SITES: dict[str, tuple[str, ...]] = {
    "x": ("x.com", "twitter.com"),
    "facebook": ("facebook.com",),
    "bluesky": ("bsky.app",),
    "linkedin": ("linkedin.com",),
    "viva-engage": ("engage.cloud.microsoft", "yammer.com"),
}
"""Where a platform shows its posts; a platform that is not here has servers of many names."""

PROFILES: dict[str, str] = {
    "x": "https://x.com/{}",
    "facebook": "https://www.facebook.com/{}",
    "bluesky": "https://bsky.app/profile/{}",
    "linkedin": "https://www.linkedin.com/company/{}",
}

TRACKING = frozenset({"fbclid", "igsh", "mibextid", "rcm", "ref", "ref_src", "s", "si", "t"})
"""Parameters that say how somebody came there, and not where."""

_NAMES_IT = {
    "x": re.compile(r"/status/(\d+)", re.ASCII),
    "bluesky": re.compile(r"/post/([a-z0-9]+)", re.ASCII),
    "linkedin": re.compile(r"(?:urn:li:\w+:|-activity-|-share-)(\d{6,})", re.ASCII),
}
"""What of an address names the post, where the rest is only the way there."""

_FIRST_LABELS = ("www.", "m.", "mobile.")


def belongs_to(platform: PlatformName, address: str) -> bool:
    """Whether a post of this platform can have this address, as far as that can be known."""
    sites = SITES.get(platform)
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return sites is None or any(host == site or host.endswith(f".{site}") for site in sites)


def same_place(platform: PlatformName, address: str) -> str:
    """What all spellings of the address of one post have in common; of what is no address, and a
    platform may say anything, all of it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    pattern = _NAMES_IT.get(platform)
    if pattern and belongs_to(platform, address) and (named := pattern.search(address)):
        return f"{platform}:{named[1]}"
    host = parts.netloc.lower()
    for label in _FIRST_LABELS:
        host = host.removeprefix(label)
    asked = sorted(pair for pair in parse_qsl(parts.query) if not _is_tracking(pair[0]))
    return f"{host}{parts.path.rstrip('/')}?{urlencode(asked)}".removesuffix("?")


def account_page(platform: PlatformName, name: str) -> str | None:
    """Where the public sees an account, by its name there; None where that cannot be told."""
    bare = name.strip().lstrip("@")
    if platform == "mastodon":
        user, _, server = bare.partition("@")
        return f"https://{server}/@{user}" if user and server else None
    pattern = PROFILES.get(platform)
    return pattern.format(bare) if pattern and bare else None


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith("utm_")
