"""Somebody else's comment that is to be taken down: what it needs, and what is kept of it (P4)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from publish.target import LATER, Told
from shared.platforms.base import (
    PlatformError,
    RateLimitedError,
    RefusedError,
    SignInError,
    UnsupportedError,
)
from shared.platforms.moderating import Comment, Moderator
from shared.posts.block import USUAL_REVIEW, Block
from shared.posts.localtime import local
from shared.posts.takedown import Takedown, TakedownState, Taken
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.blocks import Blocks
from shared.records.errors import ChangedError
from shared.records.takedown_acts import act_on_block, act_on_takedown
from shared.records.takedowns import Takedowns

DONE, PROVED, LEFT, UNSURE, OVER = "done", "proved", "left", "unsure", "over"

FOR_GOOD = (RefusedError, SignInError, UnsupportedError)
"""Errors after which the platform is not asked again."""

A_MOMENT = timedelta(milliseconds=1)

LONGEST_WORDS = 100_000
"""Bytes of a comment that are kept; every platform allows less."""

NO_AUTHOR = "The platform does not tell who wrote it, so nobody was blocked."


@dataclass(frozen=True)
class Scene:
    """What taking comments down needs for one account on one platform.

    `open` signs in nowhere yet, UnsupportedError where the account cannot speak there; `close` is
    told when the platform says not now.
    """

    open: Callable[[], Moderator]
    takedowns: Takedowns
    blocks: Blocks
    clock: Callable[[], datetime]
    closed_until: datetime | None = None
    close: Callable[[datetime], None] = lambda _: None

    def attempt(
        self, deed: Callable[[Moderator], Told], leave: Callable[[str], Told], now: datetime
    ) -> Told:
        """Do it, as far as the platform lets us: `later`, `unsure` where it may be tried again, and
        with `leave` to a person what it refuses for good."""
        if self.closed_until and now < self.closed_until:
            return Told(LATER, self.closed_until)
        try:
            try:
                return deed(self.open())
            except FOR_GOOD as error:
                return leave(str(error))
        except RateLimitedError as error:
            self.close(error.retry_at)
            return Told(LATER, error.retry_at)
        except (PlatformError, ChangedError):
            return Told(UNSURE)  # where another one was first, what it did is on record


def keep_evidence(scene: Scene, takedown: Takedown, comment: Comment, now: datetime) -> Takedown:
    """What it says, whose it is and the platform's own answer, sealed and on record; with it the
    block of whoever wrote it, where one was asked for. ChangedError."""
    author = comment.author
    told = NO_AUTHOR if takedown.block and author is None else takedown.told
    captured = replace(takedown, state=TakedownState.CAPTURED, told=told)
    payload: dict[str, JSON] = {"hidden_before": comment.hidden}
    act = act_on_takedown(takedown, Taken.EVIDENCE, now, payload, personal=_words(comment))
    return scene.takedowns.advance(takedown, captured, act, _block(takedown, comment, now))


def _words(comment: Comment) -> Mapping[str, JSON]:
    author, text = comment.author, comment.text.encode()[:LONGEST_WORDS]
    return {
        "answers": comment.answers,
        "at": comment.at.isoformat() if comment.at else None,
        "author": author.name if author else None,
        "author_id": author.platform_id if author else None,
        "author_url": author.url if author else None,
        "handle": author.handle if author else None,
        "raw": comment.raw,
        "text": text.decode(errors="ignore"),
        "url": comment.url,
    }


def _block(takedown: Takedown, comment: Comment, now: datetime) -> tuple[Block, Act] | None:
    author = comment.author
    if author is None or not takedown.block:
        return None
    block = Block(
        block_id=takedown.takedown_id,
        account=takedown.account,
        platform=takedown.platform,
        author_id=author.platform_id,
        handle=author.handle,
        why=takedown.why,
        by=takedown.asked_by,
        at=now,
        review_on=local(now).date() + USUAL_REVIEW,
        takedown_id=takedown.takedown_id,
    )
    said: dict[str, JSON] = {"why": block.why}
    return block, act_on_block(block, Taken.BLOCK_ASKED, now, said, actor=takedown.asked_by)
