"""The adapter itself: what each answer of the server means for the post (base.py's story)."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from shared.platforms.answers import error_for, spent_until
from shared.platforms.base import (
    NO_CLUES,
    Before,
    Clues,
    Credentials,
    Frozen,
    MediaBytes,
    NotSentError,
    PlatformError,
    Receipt,
    RefusedError,
    Sessions,
    UncertainError,
    UnreachableError,
)
from shared.platforms.bluesky.content_id import record_cid
from shared.platforms.bluesky.record import blobs_of, is_same, record_of, with_blobs
from shared.platforms.bluesky.server import Server, Standing, checked_blob
from shared.platforms.bluesky.session import Ladder, sentence
from shared.platforms.bluesky.tid import tid
from shared.platforms.pictures import cleared_bytes
from shared.platforms.videos import check_carried
from shared.platforms.wire import Answer, NeverLeftError, Wire, WireError
from shared.posts.content import Draft
from shared.posts.names import PlatformName

PUBLIC = "https://bsky.app/profile"
"""Where the public reads, whatever server keeps the account."""


class Bluesky:
    """One account on Bluesky, over plain HTTP."""

    name = PlatformName("bluesky")
    settles_after = timedelta(0)

    def __init__(
        self,
        credentials: Credentials,
        sessions: Sessions,
        handle_name: str,
        *,
        wire: Wire,
        clock: Callable[[], datetime],
    ) -> None:
        self._server = Server(wire, Ladder(wire, credentials, sessions, clock))
        self._handle = handle_name.removeprefix("@")
        self._clock = clock

    def prepare(
        self, draft: Draft, key: str, now: datetime, before: Before | None = None
    ) -> Frozen:
        """The record and its key; nothing leaves. Raises UnsupportedError."""
        check_carried(draft, self.name)
        pictures = [{"key": m.key, "sha256": m.sha256} for m in draft.media]
        request = {"record": record_of(draft, now, before), "pictures": pictures}
        return Frozen(platform=self.name, key=tid(now, key), request=request)

    def send(self, frozen: Frozen, media: MediaBytes) -> Receipt:
        """Upload the pictures, then put the record under its frozen key.

        Repeated, it finds its own record and changes nothing; after a delete it would make it
        anew, for the server remembers no deletions.
        """
        record = self._with_pictures(frozen, media)
        try:
            answer = self._server.put(frozen.key, record)
        except NeverLeftError as error:
            raise NotSentError(f"Bluesky could not be reached ({error}).") from error
        except WireError as error:
            raise UncertainError(f"Bluesky's answer was lost ({error}).") from error
        if answer.fields().get("error") == "InvalidSwap":
            return self._already_there(frozen)
        if not answer.ok:
            raise self._error(answer, UncertainError)
        return self._receipt(answer, record)

    def find(self, frozen: Frozen, clues: Clues = NO_CLUES) -> Receipt | None:
        """What stands under the frozen key; `proof` is empty if that is not the frozen record."""
        try:
            uri = self._server.uri(frozen.key)
        except PlatformError as error:
            raise UnreachableError(str(error)) from error
        standing = self._server.read(uri)
        if standing is None or standing.uri in clues.taken:
            return None
        proof = standing.cid if _is_frozen(standing, frozen) else ""
        return Receipt(standing.uri, self._address(standing.uri), standing.text, proof)

    def shown(self, receipt: Receipt) -> Receipt | None:
        """The record, whatever it has become."""
        there = self._server.read(receipt.platform_id)
        if there is None:
            return None
        return Receipt(there.uri, self._address(there.uri), there.text, there.cid)

    def delete(self, receipt: Receipt) -> None:
        """Delete the record, whatever it has become, and prove that it is gone."""
        try:
            answer = self._server.delete(receipt.platform_id)
        except WireError:
            answer = None  # lost or never sent: what stands there now decides
        if answer is not None and answer.refused:
            raise self._error(answer, UncertainError)
        try:
            stands = self._server.read(receipt.platform_id) is not None
        except UnreachableError as error:
            raise UncertainError(f"Whether the post is gone is unknown. {error}") from error
        if stands:
            raise UncertainError("The post still stands on Bluesky; delete it again.")

    def _with_pictures(self, frozen: Frozen, media: MediaBytes) -> dict[str, Any]:
        """The frozen record, its pictures handed over and their sizes filled in."""
        record = frozen.request["record"]
        pairs = zip(frozen.request["pictures"], blobs_of(record), strict=True)
        return with_blobs(record, [self._upload(pic, blob, media) for pic, blob in pairs])

    def _upload(
        self, picture: Mapping[str, str], blob: Mapping[str, Any], media: MediaBytes
    ) -> dict[str, Any]:
        data = cleared_bytes(picture, media)
        try:
            answer = self._server.upload(data, blob["mimeType"])
        except WireError as error:
            raise NotSentError(f"A picture did not reach Bluesky ({error}).") from error
        if not answer.ok:
            raise self._error(answer, NotSentError)
        return checked_blob(answer, blob)

    def _receipt(self, answer: Answer, record: Mapping[str, Any]) -> Receipt:
        """The receipt of a put: the server's CID proves that our text is the one that stands."""
        cid = record_cid(record)
        match answer.fields():
            case {"uri": str(uri), "cid": named} if named == cid:
                address, spent = self._address(uri), spent_until(answer, self._clock())
                return Receipt(uri, address, record["text"], cid, resume_at=spent)
        raise UncertainError("Bluesky said yes, but not to what we sent.")

    def _already_there(self, frozen: Frozen) -> Receipt:
        """Another record is under our key, says the server: ours after all, or somebody else's?"""
        try:
            receipt = self.find(frozen)
        except UnreachableError as error:
            raise UncertainError(str(error)) from error
        if receipt is None:
            raise UncertainError("Bluesky has a post under this key, and then again has none.")
        if not receipt.proof:
            raise RefusedError("Another post already stands under this key on Bluesky.")
        return receipt

    def _address(self, uri: str) -> str:
        return f"{PUBLIC}/{self._handle}/post/{uri.rsplit('/', 1)[-1]}"

    def _error(self, answer: Answer, unsettled: type[PlatformError]) -> PlatformError:
        return error_for(answer, sentence(answer), self._clock(), unsettled)


def _is_frozen(standing: Standing, frozen: Frozen) -> bool:
    """Whether the frozen record stands there, under the CID that is its own."""
    if not is_same(frozen.request["record"], standing.record):
        return False
    try:
        return record_cid(standing.record) == standing.cid
    except (TypeError, ValueError, OverflowError):
        return False  # a size that no picture has
