"""What letters about other people's comments, and about who is blocked, need to be told.

None says what anybody wrote, or who wrote it: that stands behind its link.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class TakedownTold:
    """To the centre, and whoever asked: a comment under a post of this account, or a block, that
    somebody has to look at; `link` leads to it."""

    addressee: str
    account_title: str
    link: str
