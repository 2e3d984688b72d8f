"""The five calls we make to an account's own server, each answering in its plainest terms.

`put`, `delete` and `upload` need a session; `read` does not, so that looking never signs in
needlessly.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from shared.platforms.base import PlatformError, RefusedError, UnreachableError
from shared.platforms.bluesky.record import COLLECTION
from shared.platforms.bluesky.session import Ladder, SignedIn, sentence
from shared.platforms.wire import Answer, Wire, WireError


@dataclass(frozen=True)
class Standing:
    """A record as the server gives it: where it stands, its CID, and itself in JSON form."""

    uri: str
    cid: str
    record: dict[str, Any]

    @property
    def text(self) -> str:
        """Its words; a record without any reads as empty."""
        return str(self.record.get("text", ""))


class Server:
    """One account's server."""

    def __init__(self, wire: Wire, ladder: Ladder) -> None:
        self._wire = wire
        self._ladder = ladder

    def put(self, rkey: str, record: Mapping[str, Any]) -> Answer:
        """Make the record under `rkey`, or leave it be if it is there already; never overwrite."""
        fields = {"collection": COLLECTION, "rkey": rkey, "record": record, "swapRecord": None}
        return self._procedure("putRecord", fields)

    def delete(self, uri: str) -> Answer:
        """Delete whatever stands at `uri`; 200 too if nothing does."""
        repo, collection, rkey = _parts(uri)
        fields = {"repo": repo, "collection": collection, "rkey": rkey}
        return self._procedure("deleteRecord", fields)

    def upload(self, data: bytes, content_type: str) -> Answer:
        """Hand over a picture; the same bytes twice are one blob."""
        return self._ladder.request(
            lambda session: self._wire.call(
                "POST",
                _url(session.service, "uploadBlob"),
                headers={"Content-Type": content_type} | _bearer(session),
                body=data,
            )
        )

    def uri(self, rkey: str) -> str:
        """Where our post of that key stands, or would; may have to sign in, once, to know."""
        return f"at://{self._ladder.current().did}/{COLLECTION}/{rkey}"

    def read(self, uri: str) -> Standing | None:
        """What stands at `uri`; None if the server says that nothing does.

        UnreachableError for every other answer and for none.
        """
        repo, collection, rkey = _parts(uri)
        try:
            answer = self._wire.call(
                "GET",
                _url(self._ladder.current().service, "getRecord"),
                query={"repo": repo, "collection": collection, "rkey": rkey},
            )
        except (WireError, PlatformError) as error:
            raise UnreachableError(f"Bluesky could not be read ({error}).") from error
        return _standing(answer)

    def _procedure(self, method: str, fields: Mapping[str, Any]) -> Answer:
        """On our own repository, unless `fields` names another, which the server refuses."""
        return self._ladder.request(
            lambda session: self._wire.post_json(
                _url(session.service, method), {"repo": session.did, **fields}, _bearer(session)
            )
        )


def checked_blob(answer: Answer, frozen: Mapping[str, Any]) -> dict[str, Any]:
    """The blob the server made, if it is the picture that was frozen; RefusedError if not."""
    given = answer.fields().get("blob")
    if isinstance(given, dict) and isinstance(given.get("size"), int):
        named = {name: value for name, value in given.items() if name != "size"}
        if named == frozen:
            return given
    raise RefusedError("Bluesky takes the picture for something else than it was cleared as.")


def _standing(answer: Answer) -> Standing | None:
    fields = answer.fields()
    # The server says 400 for absence; a 404 is some proxy's and proves nothing.
    absent = answer.status == HTTPStatus.BAD_REQUEST and fields.get("error") == "RecordNotFound"
    if absent:
        return None
    match fields:
        case {"uri": str(uri), "cid": str(cid), "value": dict(record)} if answer.ok:
            return Standing(uri, cid, record)
    raise UnreachableError(sentence(answer))


def _parts(uri: str) -> tuple[str, str, str]:
    """Repository, collection and key of an `at://` address."""
    repo, collection, rkey = uri.removeprefix("at://").split("/")
    return repo, collection, rkey


def _url(service: str, method: str) -> str:
    return f"{service}/xrpc/com.atproto.repo.{method}"


def _bearer(session: SignedIn) -> dict[str, str]:
    return {"Authorization": f"Bearer {session.access}"}
