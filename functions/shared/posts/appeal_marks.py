"""By what posts of ours are found that share an appeal: the same page of its own, or a picture.

A mark is a short name that says neither: the same page or the same bytes give the same mark. A link
to a front page or to "contact us" marks nothing, because half of all posts have it.
"""

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from shared.posts.content import Media

MOST_MARKS = 12
"""Of one post: it is one transaction."""

DEEP = 2
"""Steps of a path that lead to a page of its own."""


def marks_of(addresses: Iterable[str], media: Iterable[Media]) -> tuple[str, ...]:
    """The marks of a post with these links and pictures, each once."""
    found = [_mark("page", page) for page in map(_page, addresses) if page]
    found += [_mark("picture", each.sha256) for each in media]
    return tuple(dict.fromkeys(found))[:MOST_MARKS]


def _page(address: str) -> str | None:
    """One spelling of a page of its own, None for what leads to no particular one."""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
    except ValueError:  # such as half an IPv6 host
        return None
    steps = [step for step in parts.path.split("/") if step]
    if len(steps) < DEEP and not parts.query:
        return None
    host = parts.netloc.lower().removeprefix("www.")
    return f"{host}/{'/'.join(steps)}?{parts.query}"


def _mark(kind: str, what: str) -> str:
    return f"{kind}:{hashlib.sha256(what.encode()).hexdigest()}"
