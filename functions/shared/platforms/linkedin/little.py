"""LinkedIn's `little` text: words in which some signs have a meaning, and how they come back.

Reserved signs are written with a backslash, or the rest of the post would be cut off; `#` before
a word makes a hashtag, which comes back as a template. Source: learn.microsoft.com, LinkedIn,
"little Text Format", read on 2026-11-21.
"""

import re

_RESERVED = re.compile(r"([\\|{}@\[\]()<>*_~])|#(?![^\W_])")
_SHOWN = re.compile(
    r"\\(.)"  # a sign that is only itself
    r"|\{hashtag\|\\?([#＃])\|((?:[^|}\\]|\\.)*)\}"
    r"|@\[((?:[^\]\\]|\\.)*)\]\(urn:li:[^)]*\)",
    re.DOTALL,
)


def written(text: str) -> str:
    """Words as LinkedIn wants them, hashtags left as they are."""
    return _RESERVED.sub(lambda found: f"\\{found[0]}", text)


def read(commentary: str) -> str:
    """Words from what LinkedIn gives back."""
    return _SHOWN.sub(_plain, commentary)


def _plain(found: re.Match[str]) -> str:
    if found[1] is not None:
        return found[1]
    if found[2] is not None:
        return f"{found[2]}{read(found[3])}"
    return f"@{read(found[4])}"
