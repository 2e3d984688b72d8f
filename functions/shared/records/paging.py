"""Lists by cursor. A cursor says only where in a list to go on; whose list it is, never."""

import base64
import re
from dataclasses import dataclass

from shared.posts.life import Post
from shared.posts.names import PostId
from shared.records.errors import InvalidCursorError

LONGEST_PAGE = 99
"""One BatchGetItem takes a hundred keys, and one more than the page is read to see if it ends."""

_POST_KEY = re.compile(r"([0-9A-Za-z-]{1,64})#(\d{6})", re.ASCII)


@dataclass(frozen=True)
class Page:
    """Part of a list; `cursor` leads to the next part, None at the end."""

    posts: tuple[Post, ...]
    cursor: str | None


def post_key(post_id: PostId, version: int) -> str:
    """Post and version as one key, which sorts as both do."""
    return f"{post_id}#{version:06d}"


def cursor_after(key: str) -> str:
    """The cursor that goes on after this post key."""
    return base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")


def start_after(cursor: str) -> tuple[str, PostId, int]:
    """Post key, post id and version that a cursor goes on after; InvalidCursorError if it is not
    one of ours. It need not be signed: it holds no more than a place in a list.
    """
    try:
        key = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True).decode()
    except ValueError as error:
        raise InvalidCursorError from error
    match = _POST_KEY.fullmatch(key)
    if match is None or cursor_after(key) != cursor:
        raise InvalidCursorError
    return key, PostId(match[1]), int(match[2])
