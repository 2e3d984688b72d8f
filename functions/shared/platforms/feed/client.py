"""One account's feed, as the contract of platforms asks: prepare, send, find, delete."""

import re
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from shared.platforms.answers import PAUSE
from shared.platforms.base import (
    NO_CLUES,
    Before,
    Clues,
    Credentials,
    Frozen,
    MediaBytes,
    NotSentError,
    PlatformError,
    RateLimitedError,
    Receipt,
    RefusedError,
    SignInError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.feed import keeping, page
from shared.platforms.feed.channel import Channel
from shared.platforms.feed.copying import ENDINGS, copied
from shared.platforms.feed.entry import Entry, Picture, entry_of, moment_text, receipt_of
from shared.platforms.feed.listing import Listing
from shared.platforms.feed.shelf import (
    NoAnswerError,
    NotNowError,
    NotReachedError,
    Shelf,
    ShelfError,
    ShutError,
)
from shared.platforms.feed.striking import freshen_corrected, read_item
from shared.posts.content import Draft, Kind
from shared.posts.names import AccountId, PlatformName

CARRIED = frozenset({Kind.ORIGINAL, Kind.CORRECTION})
LONGEST = 70_000
"""Characters. Readers have no limit of their own; it is as long as any post of ours may be."""

_ACCOUNT = re.compile(r"[a-z0-9-]{1,64}", re.ASCII)


class Feed:
    """One account's feed and its part of the force's. Of `credentials` the service is where the
    public finds feeds, and the identifier the account; there is nothing to sign in with."""

    name = PlatformName("feed")
    settles_after = timedelta(0)

    def __init__(
        self,
        credentials: Credentials,
        title: str,
        shelf: Shelf,
        clock: Callable[[], datetime],
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        if not _ACCOUNT.fullmatch(credentials.identifier):
            raise UnsupportedError(f"There is no feed for an account {credentials.identifier!r}.")
        base = credentials.service.rstrip("/")
        self._account = AccountId(credentials.identifier)
        self._title = title
        self._shelf = shelf
        self._clock = clock
        self._pause = pause
        self._own, self._everybody = Channel(base, self._account), Channel(base)

    def prepare(
        self, draft: Draft, key: str, now: datetime, before: Before | None = None, /
    ) -> Frozen:
        """Everything the entry will tell but how large its pictures are; what a correction comes
        after is what it strikes out."""
        rights = draft.kind is Kind.CORRECTION
        kind = draft.kind.value if before is None or rights else "thread"
        if kind not in CARRIED:
            raise UnsupportedError(f"A feed cannot carry a {kind}.")
        odd = sorted({m.content_type for m in draft.media} - set(ENDINGS))
        if odd:
            raise UnsupportedError(f"A feed cannot carry {', '.join(odd)}.")
        request = {
            "text": draft.text,
            "language": draft.language,
            "name": self._title,
            "published": moment_text(now),
            "pictures": [
                {"key": m.key, "sha256": m.sha256, "type": m.content_type, "alt": m.alt}
                for m in draft.media
            ],
        }
        account, _, corrected = before.root.platform_id.partition("/") if before else ("", "", "")
        if account == self._account:
            request["corrects"] = corrected
        return Frozen(platform=self.name, key=key, request=request)

    def send(self, frozen: Frozen, media: MediaBytes) -> Receipt:
        """Say it, unless it is said; what was taken away is never said again."""
        if len(frozen.request["text"]) > LONGEST:
            raise RefusedError(f"A feed takes at most {LONGEST} characters.")
        try:
            said = self._was_said(frozen.key)
            entry = None if said else self._entry(frozen, self._pictures(frozen, media))
        except ShelfError as error:
            raise self._meaning(error, NotSentError) from error
        try:
            if entry is not None:
                told = moment_text(self._clock())
                saying = lambda listing: listing.saying(entry, told)  # noqa: E731
                keeping.change(self._shelf, self._own, saying, self._pause)
        except ShelfError as error:
            raise self._meaning(error, UncertainError) from error
        try:
            receipt = self._brought_up_to_date(frozen.key)
        except ShelfError as error:
            raise UncertainError(f"It may not be in every feed yet ({error}).") from error
        if receipt is None:
            raise RefusedError("It was taken away meanwhile; nothing stands there.")
        return receipt

    def find(self, frozen: Frozen, clues: Clues = NO_CLUES) -> Receipt | None:
        """The entry, once every feed and page that should show it does; None once none does."""
        try:
            receipt = self._brought_up_to_date(frozen.key)
        except ShelfError as error:
            raise UnreachableError(f"The feed could not be read ({error}).") from error
        return None if receipt and receipt.platform_id in clues.taken else receipt

    def shown(self, receipt: Receipt) -> Receipt | None:
        """The entry, once every feed and page that should show it does."""
        account, _, key = receipt.platform_id.partition("/")
        return self.find(Frozen(self.name, key, {})) if account == self._account else None

    def delete(self, receipt: Receipt) -> None:
        """Out of the lists for good, then out of every feed and from its own page."""
        account, _, key = receipt.platform_id.partition("/")
        if account != self._account or not key:
            raise RefusedError("That is no post of this feed.")
        try:
            left = self._change_for_deleting(key)
            if left.entry(key) is None:
                self._take_away(key)
                return
        except ShelfError as error:
            raise UncertainError(f"Whether the post still stands is unknown ({error}).") from error
        raise UncertainError("The post may still stand in the feed; delete it again.")

    def _change_for_deleting(self, key: str) -> Listing:
        """The list after the removal; as it stands now where no answer came."""
        try:
            return keeping.change(self._shelf, self._own, self._lacking(key), self._pause)
        except NoAnswerError:
            return keeping.listing(self._shelf, self._own)

    def _brought_up_to_date(self, key: str) -> Receipt | None:
        """What the account's list says of the key, once everything else says the same."""
        listed = keeping.listing(self._shelf, self._own)
        entry = listed.entry(key)
        if entry is None and key in listed.gone:
            self._take_away(key)
            return None
        if entry is None:  # never said, or so long ago that only its own page tells it
            item = self._standing(key)
            return None if item is None else receipt_of(entry_of(item))
        stored = keeping.place(self._shelf, self._own, entry)
        having = self._having(entry)
        everybody = keeping.change(self._shelf, self._everybody, having, self._pause)
        keeping.freshen(self._shelf, self._own, listed, self._pause)
        keeping.freshen(self._shelf, self._everybody, everybody, self._pause)
        if entry.corrects:
            freshen_corrected(self._shelf, self._own, listed, entry.corrects, self._pause)
        item = read_item(stored.data)
        return None if item is None else receipt_of(entry_of(item))

    def _take_away(self, key: str) -> None:
        """Nothing shows it any more: the force's list, both feeds, pictures, page and entry."""
        shelf, own, pause = self._shelf, self._own, self._pause
        everybody = keeping.change(shelf, self._everybody, self._lacking(key), pause)
        keeping.freshen(shelf, self._everybody, everybody, pause)
        listed = keeping.listing(shelf, own)
        keeping.freshen(shelf, own, listed, pause)
        item = self._standing(key)
        if item and (corrected := entry_of(item).corrects):
            freshen_corrected(shelf, own, listed, corrected, pause)
        for picture in entry_of(item).pictures if item else ():
            path = own.path(picture.address.rpartition("/")[2])
            keeping.take_away(shelf, path, page.GONE.encode(), page.TEXT, pause)
        keeping.take_away(shelf, own.path(f"{key}.html"), page.gone_page(), page.HTML, pause)
        # Last, because it tells which pictures there were to whoever has to begin again.
        keeping.take_away(shelf, own.path(f"{key}.json"), page.gone_json(), page.JSON, pause)

    def _was_said(self, key: str) -> bool:
        """Whether it has a page, in a list or not; RefusedError if it was taken away."""
        stored = self._shelf.read(self._own.path(f"{key}.json"))
        gone = key in keeping.listing(self._shelf, self._own).gone
        if gone or (stored is not None and read_item(stored.data) is None):
            raise RefusedError("It was taken away; say it again as a new post.")
        return stored is not None

    def _standing(self, key: str) -> dict[str, Any] | None:
        stored = self._shelf.read(self._own.path(f"{key}.json"))
        return None if stored is None else read_item(stored.data)

    def _entry(self, frozen: Frozen, pictures: tuple[Picture, ...]) -> Entry:
        request = frozen.request
        return Entry(
            key=frozen.key,
            account=self._account,
            name=request["name"],
            text=request["text"],
            language=request["language"],
            published=request["published"],
            address=self._own.address(f"{frozen.key}.html"),
            pictures=pictures,
            corrects=request.get("corrects", ""),
        )

    def _pictures(self, frozen: Frozen, media: MediaBytes) -> tuple[Picture, ...]:
        return copied(self._shelf, self._own, frozen.key, frozen.request["pictures"], media)

    def _having(self, entry: Entry) -> Callable[[Listing], Listing]:
        return lambda listing: listing.having(entry, moment_text(self._clock()))

    def _lacking(self, key: str) -> Callable[[Listing], Listing]:
        return lambda listing: listing.lacking(key, moment_text(self._clock()))

    def _meaning(self, error: ShelfError, unsettled: type[PlatformError]) -> PlatformError:
        """What a failure means before the list has taken the entry in."""
        if isinstance(error, ShutError):
            return SignInError(f"We may not write the feed ({error}).")
        if isinstance(error, NotNowError):
            return RateLimitedError(f"The feed is busy ({error}).", self._clock() + PAUSE)
        if isinstance(error, NotReachedError):
            return NotSentError(f"The feed could not be reached ({error}).")
        return unsettled(f"The feed's answer was lost ({error}).")
