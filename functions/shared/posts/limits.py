"""How long a post may be, and in whose counting.

- x: NFC; a link, bare or not, weighs `url_length`; an emoji sequence 2; Latin and its neighbours
  1; all else 2 (docs.x.com, Counting characters; policy.md B32)
- graphemes: what a reader takes for one character (Bluesky; policy.md B33)
- mastodon: graphemes; a link with http weighs `url_length`, the server's name in a mention
  nothing (its own length validator; policy.md B34)
- characters: code points (LinkedIn, Facebook; policy.md B35; not checked against a server)
"""

from dataclasses import dataclass
from enum import StrEnum


class Counting(StrEnum):
    """The ways of counting."""

    X = "x"
    GRAPHEMES = "graphemes"
    MASTODON = "mastodon"
    CHARACTERS = "characters"


@dataclass(frozen=True)
class Limit:
    """How long a post may be: `maximum` in the platform's counting, `maximum_bytes` in UTF-8."""

    maximum: int
    counting: Counting
    url_length: int = 23
    maximum_bytes: int | None = None
