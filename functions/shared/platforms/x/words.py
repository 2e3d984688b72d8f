"""What was typed, from what X shows of it: t.co addresses back to what they stand for."""

import html
import re
from collections.abc import Mapping
from typing import Any

_ADDRESS = re.compile(r"https?://t\.co/[A-Za-z0-9]+", re.ASCII)
_SCHEME = re.compile(r"(https?://)", re.IGNORECASE | re.ASCII)


def typed(post: Mapping[str, Any]) -> str:
    """The words of a post as API v2 gives it, with whole addresses and without X's own for
    pictures."""
    entities = post.get("entities")
    links = entities.get("urls", []) if isinstance(entities, dict) else []
    meaning = {link.get("url"): link for link in links if isinstance(link, dict)}
    text = _ADDRESS.sub(lambda found: _meant(meaning.get(found[0]), found[0]), str(post["text"]))
    return html.unescape(text).rstrip()


def without_added_schemes(shown: str, sent: str) -> str:
    """`shown`, but for each http:// or https:// that `sent` does not have in that place."""
    kept, length = [], 0
    for piece in _SCHEME.split(shown):
        if _SCHEME.fullmatch(piece) and not sent.startswith(piece, length):
            continue
        kept.append(piece)
        length += len(piece)
    return "".join(kept)


def _meant(link: Mapping[str, Any] | None, shown: str) -> str:
    if link is None:
        return shown
    if link.get("media_key"):
        return ""  # X's own address of a picture, behind the words
    return str(link.get("expanded_url") or shown)
