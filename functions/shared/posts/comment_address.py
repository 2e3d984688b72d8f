"""From the web address of somebody's comment, as a person copies it, to what the platform calls it.

Pure: nothing is asked. What an address does not tell for certain is refused with what to paste
instead, for a comment that is looked for under a wrong name would be taken to be gone.
"""

import base64
import json
import re
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, parse_qs, urlsplit

from shared.posts.errors import InvalidTakedownError
from shared.posts.names import PlatformName

LONGEST = 2_000

PASTE: Mapping[PlatformName, str] = {
    PlatformName("facebook"): (
        "Paste the address that Facebook copies under the comment's time, with comment_id in it and"
        " the post's number (not a name that begins with pfbid), or the comment's own number as"
        " 123_456."
    ),
    PlatformName("x"): "Paste the address of the reply, such as https://x.com/name/status/123.",
    PlatformName("mastodon"): "Paste the address of the post, or its number on our server.",
    PlatformName("bluesky"): (
        "Paste the address of the reply, such as https://bsky.app/profile/name/post/3k44."
    ),
    PlatformName("linkedin"): (
        "Paste the address that LinkedIn copies for the comment, with commentUrn in it."
    ),
    PlatformName("viva-engage"): (
        "Paste the address of the message, with /messages/ in it, or its number."
    ),
    PlatformName("sandbox"): "Paste the address of the comment, with /remarks/ in it.",
}
"""What a person pastes for a comment there, platform by platform."""

HERE = "Nobody comments there that Bluelamp could take down; look at the post itself."


def comment_of(platform: PlatformName, address: str) -> str:
    """What the platform calls the comment at this web address, or of this very name.

    InvalidTakedownError says what to paste instead.
    """
    read = READ.get(platform)
    if read is None:
        raise InvalidTakedownError("comment", HERE)
    typed = address.strip()
    if len(typed) <= LONGEST and typed.isprintable():
        try:
            named = read(typed, urlsplit(typed))
        except ValueError:
            named = None
        if named:
            return named
    raise InvalidTakedownError("comment", PASTE[platform])


def _facebook(typed: str, url: SplitResult) -> str | None:
    if re.fullmatch(r"\d+_\d+", typed):
        return typed
    asked = parse_qs(url.query)
    comment = (asked.get("reply_comment_id") or asked.get("comment_id") or [""])[0]
    if not _is_at(url, "facebook.com"):
        return None
    if not comment.isdecimal():
        told = re.fullmatch(r"comment:(\d+_\d+)", _unpacked(comment))
        return told[1] if told else None
    numbered = re.search(r"/(?:posts|videos|photos)/(?:[^/]*/)*(\d+)/?$", url.path)
    post = numbered[1] if numbered else (asked.get("story_fbid") or asked.get("fbid") or [""])[0]
    return f"{post}_{comment}" if post.isdecimal() else None


def _x(typed: str, url: SplitResult) -> str | None:
    if re.fullmatch(r"\d{1,19}", typed):
        return typed
    found = re.fullmatch(r"/[^/]+(?:/web)?/status(?:es)?/(\d{1,19})(?:/.*)?", url.path)
    return found[1] if found and _is_at(url, "x.com", "twitter.com") else None


def _mastodon(typed: str, url: SplitResult) -> str | None:
    """The address itself: only the server knows whether it is one of its own."""
    if re.fullmatch(r"\w{1,40}", typed, re.ASCII):
        return typed
    return typed if url.scheme == "https" and url.hostname and len(url.path) > 1 else None


def _bluesky(typed: str, url: SplitResult) -> str | None:
    who, key = r"([a-zA-Z0-9._:%-]+)", r"([a-zA-Z0-9._~:-]+)"
    if re.fullmatch(f"at://{who}/app\\.bsky\\.feed\\.post/{key}", typed):
        return typed
    found = re.fullmatch(f"/profile/{who}/post/{key}/?", url.path)
    if found is None or not _is_at(url, "bsky.app"):
        return None
    return f"at://{found[1]}/app.bsky.feed.post/{found[2]}"


def _linkedin(typed: str, url: SplitResult) -> str | None:
    """LinkedIn's addresses leave out part of the name of what was commented on."""
    named = typed
    if _is_at(url, "linkedin.com"):
        asked = parse_qs(url.query)
        named = (asked.get("replyUrn") or asked.get("commentUrn") or [""])[0]
    pattern = r"urn:li:comment:\((?:urn:li:)?(activity|ugcPost|share):(\d+),(\d+)\)"
    found = re.fullmatch(pattern, named)
    return f"urn:li:comment:(urn:li:{found[1]}:{found[2]},{found[3]})" if found else None


def _viva_engage(typed: str, url: SplitResult) -> str | None:
    if re.fullmatch(r"\d{1,20}", typed):
        return typed
    if not _is_at(url, "yammer.com", "engage.cloud.microsoft"):
        return None
    found = re.search(r"/messages/([\w=-]+)/?$", url.path)
    if found is None or found[1].isdecimal():
        return found[1] if found else None
    told = json.loads(_unpacked(found[1]) or "null")
    match told:
        case {"_type": "Message", "id": str(number)} if number.isdecimal():
            return number
    return None


def _sandbox(typed: str, url: SplitResult) -> str | None:
    if re.fullmatch(r"\w{1,40}", typed, re.ASCII):
        return typed
    found = re.fullmatch(r"/remarks/(\w{1,40})", url.path, re.ASCII)
    return found[1] if found and url.scheme in ("http", "https") else None


def _is_at(url: SplitResult, *domains: str) -> bool:
    host = (url.hostname or "").lower()
    return url.scheme in ("https", "http") and any(
        host == domain or host.endswith(f".{domain}") for domain in domains
    )


def _unpacked(packed: str) -> str:
    """Words in base 64; none where there are none."""
    try:
        return base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)).decode()
    except ValueError:
        return ""


READ: Mapping[PlatformName, Callable[[str, SplitResult], str | None]] = {
    PlatformName("facebook"): _facebook,
    PlatformName("x"): _x,
    PlatformName("mastodon"): _mastodon,
    PlatformName("bluesky"): _bluesky,
    PlatformName("linkedin"): _linkedin,
    PlatformName("viva-engage"): _viva_engage,
    PlatformName("sandbox"): _sandbox,
}
