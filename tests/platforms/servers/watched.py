"""What a strict platform needs to be watched: people around the account, and what they said to it.

`endless` makes every list begin anew for ever, cursor and all. Which methods were used is kept:
whoever watches has no business with any but GET.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tests.platforms.servers.strict import Request


@dataclass(frozen=True)
class Someone:
    """Somebody on a platform."""

    number: int
    name: str
    about: str = ""

    @property
    def handle(self) -> str:
        return f"person{self.number}"


@dataclass(frozen=True)
class Remark:
    """Something said to the account."""

    number: int
    by: Someone
    text: str
    at: datetime
    answers: int | None = None


class Watched:
    """Mixed into a StrictServer, before it."""

    page_size = 100

    def __init__(self, *given: Any, **named: Any) -> None:
        self.followers: list[Someone] = []
        self.following: list[Someone] = []
        self.remarks: list[Remark] = []
        self.endless = False
        self.methods: set[tuple[str, str]] = set()
        super().__init__(*given, **named)

    def forget(self) -> None:
        """Nobody, nothing said."""
        self.followers.clear()
        self.following.clear()
        self.remarks.clear()
        self.endless = False

    def answer(self, request: Request):
        """As any strict server, remembering what was asked how."""
        self.methods.add((request.method, request.path))
        return super().answer(request)

    def newest(self) -> list[Remark]:
        """What was said, newest first."""
        return sorted(self.remarks, key=lambda remark: remark.at, reverse=True)

    def page(self, items: Sequence[Any], start: int, size: int) -> tuple[list[Any], int | None]:
        """A page, and where the next begins."""
        if self.endless:
            return list(items[:size]), size
        end = start + size
        return list(items[start:end]), end if len(items) > end else None
