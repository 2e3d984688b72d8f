"""What was said to one account on one platform since it was last heard: each once, newest first.

What a look did not reach, because there was too much of it or the platform failed, is a gap; it is
read when the newest has been heard, in this run or a later one. A page that comes back tells
nothing new and does no harm: what is on record is known by its name.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from shared.accounts.registry import Account
from shared.mentions.acts import Heard
from shared.mentions.calls_for_help import calls_for_help
from shared.mentions.mention import Mention, mention_name
from shared.platforms.base import RefusedError, UnreachableError
from shared.platforms.reading import Mention as Said
from shared.platforms.reading import Reader
from shared.platforms.strangers import words
from shared.posts.names import LeafId
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act
from shared.records.ears import Ear
from shared.records.mention_entries import act_on_mention
from watch.listening.intake import Intake

LOOK_BACK = timedelta(hours=24)
"""When an account is heard for the first time; what is older nobody owes an answer."""

OVERLAP = timedelta(hours=1)
"""Platforms show some things later than they were said."""

MOST_PAGES = 10
"""Of a target in one run, and as many of its gap."""

LONGEST_TEXT = 20_000
"""Characters that are kept of one."""

SAME_PAGE = "A platform gives the same page again and again; listening goes on later."


class Hearing:
    """One target while it is listened to; `ear` is how far it is, also where a look failed."""

    def __init__(
        self, intake: Intake, account: Account, before: Ear, reader: Reader, now: datetime
    ) -> None:
        self._intake = intake
        self._account = account
        self._reader = reader
        self._now = now
        self.ear = before

    def listen(self, in_time: Callable[[], bool]) -> None:
        """The newest, then the gap that was left."""
        self._newest(in_time)
        if self.ear.gap_since is not None and in_time():
            self._gap(self.ear.gap_since, in_time)

    def _newest(self, in_time: Callable[[], bool]) -> None:
        heard_to = self.ear.heard_to
        since = heard_to - OVERLAP if heard_to else self._now - LOOK_BACK
        left = self.ear.gap_since

        def reached(cursor: str | None) -> None:
            """All newer than this page is heard; behind it may be a gap."""
            ear = replace(self.ear, heard_to=self._now)
            if cursor is not None:
                back_to = min(since, left) if left else since
                ear = replace(ear, gap_since=back_to, gap_at=cursor)
            self.ear = ear

        before = self.ear
        if self._read(since, None, in_time, reached, to_known=left is not None):
            # As far as it was heard before: only the gap from then is left.
            self.ear = replace(self.ear, gap_since=left, gap_at=before.gap_at)

    def _gap(self, since: datetime, in_time: Callable[[], bool]) -> None:
        def reached(cursor: str | None) -> None:
            self.ear = replace(self.ear, gap_at=cursor)

        try:
            whole = self._read(since, self.ear.gap_at, in_time, reached)
        except RefusedError:
            # Where it went on is forgotten there; next time from the newest on.
            self.ear = replace(self.ear, gap_at=None)
            raise
        if whole:
            self.ear = replace(self.ear, gap_since=None, gap_at=None)

    def _read(
        self,
        since: datetime,
        cursor: str | None,
        in_time: Callable[[], bool],
        reached: Callable[[str | None], None],
        *,
        to_known: bool = False,
    ) -> bool:
        """Whether it was read to its end, or to a page of which all is known where that is enough;
        `reached` is told of each page that was taken in."""
        seen = {cursor}
        for _ in range(MOST_PAGES):
            page = self._reader.mentions(since, cursor)
            named = self._named(said for said in page.items if said.at >= since)
            is_known = bool(to_known and named and self._intake.known(named) == named.keys())
            self._intake.receive(self._heard(name, said) for name, said in named.items())
            cursor = page.next_cursor
            reached(cursor)
            if cursor is None or is_known:
                return True
            if cursor in seen:
                raise UnreachableError(SAME_PAGE)
            seen.add(cursor)
            if not in_time():
                return False
        return False

    def _named(self, page: Iterable[Said]) -> dict[str, Said]:
        """What is for us, under the names it is on record by."""
        return {self._name(said): said for said in page if not self._is_ours(said)}

    def _heard(self, name: str, said: Said) -> tuple[Mention, Act]:
        """The mention as it is kept, and the act that seals its words."""
        text = words(said.text, LONGEST_TEXT)
        mention = Mention(
            mention_id=name,
            account=self._account.account_id,
            platform=self.ear.platform,
            said_at=min(said.at, self._now),
            received_at=self._now,
            leaf=LeafId(""),
            calls=bool(calls_for_help(text)),
            private=said.private,
        )
        sealed = _sealed(said, text)
        return mention, act_on_mention(mention, Heard.RECEIVED, self._now, personal=sealed)

    def _name(self, said: Said) -> str:
        return mention_name(self._account.account_id, self.ear.platform, said.platform_id)

    def _is_ours(self, said: Said) -> bool:
        """Whether the account speaks to itself, as in a thread."""
        own = self._account.handle(self.ear.platform)
        return bool(own and said.author and said.author.handle.casefold() == own.name.casefold())


def _sealed(said: Said, text: str) -> dict[str, JSON]:
    author = said.author
    return {
        "text": text,
        "author": author.name if author else "",
        "handle": author.handle if author else "",
        "author_id": author.platform_id if author else "",
        "url": said.url,
        "platform_id": said.platform_id,
        "answers": said.answers,
    }
