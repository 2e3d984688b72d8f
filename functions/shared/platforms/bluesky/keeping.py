"""What an account keeps in its own repository besides posts: gates and blocks.

A gate belongs to the first post of a thread, bears its key, and names the replies that are hidden
there. Whoever is blocked has a record that names them; the account's own app may have made it, so
all of them are looked through.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from shared.platforms.base import NotSentError, UnreachableError
from shared.platforms.bluesky.session import Ladder
from shared.platforms.looking import Look, cursor_of, name_of, objects
from shared.platforms.turning import turns
from shared.platforms.wire import Answer, Wire

GATE, BLOCK = "app.bsky.feed.threadgate", "app.bsky.graph.block"

MOST = "100"
"""Records a page; the most the API gives."""


@dataclass(frozen=True)
class Gate:
    """A gate as it stands; `cid` is None where there is none yet."""

    cid: str | None
    record: Mapping[str, Any]

    @property
    def hidden(self) -> list[str]:
        """The addresses of the replies that it hides."""
        return list(self.record.get("hiddenReplies", ()))


class Keeping:
    """One account's own records."""

    def __init__(self, wire: Wire, ladder: Ladder, look: Look) -> None:
        self._wire = wire
        self._ladder = ladder
        self._look = look

    def did(self) -> str:
        """The account's own name; may have to sign in to know."""
        try:
            return self._ladder.current().did
        except NotSentError as error:
            raise UnreachableError(str(error)) from error

    def gate(self, key: str) -> Gate:
        """What hides replies under the post of this key."""
        query = {"repo": self.did(), "collection": GATE, "rkey": key}
        answer = self._look.there("com.atproto.repo.getRecord", query, is_absent)
        if answer is None:
            return Gate(None, {})
        with self._look.understood():
            fields = answer.fields()
            gate = Gate(name_of(fields["cid"]), fields["value"])
            if not all(isinstance(one, str) for one in gate.hidden):
                raise TypeError("no addresses")
            return gate

    def blocks(self, author: str) -> list[str]:
        """The keys of the records that block somebody."""
        with self._look.understood():
            return [
                name_of(one["uri"]).rsplit("/", 1)[-1]
                for one in self._listed()
                if one["value"]["subject"] == author
            ]

    def put(
        self, collection: str, key: str, record: Mapping[str, Any], instead_of: str | None
    ) -> Answer:
        """Make a record, or change the one of that CID, and no other."""
        fields = {"collection": collection, "rkey": key, "record": record}
        return self.call("com.atproto.repo.putRecord", {**fields, "swapRecord": instead_of})

    def delete(self, collection: str, key: str) -> Answer:
        """Take a record away; 200 too if there is none."""
        fields = {"collection": collection, "rkey": key}
        return self.call("com.atproto.repo.deleteRecord", fields)

    def call(self, method: str, fields: Mapping[str, Any]) -> Answer:
        """A procedure; one on records is on our own repository."""
        own = ".repo." in method
        return self._ladder.request(
            lambda session: self._wire.post_json(
                f"{session.service}/xrpc/{method}",
                {"repo": session.did, **fields} if own else fields,
                {"Authorization": f"Bearer {session.access}"},
            )
        )

    def _listed(self) -> Iterator[dict[str, Any]]:
        query = {"repo": self.did(), "collection": BLOCK, "limit": MOST}
        for _ in turns(query):
            fields = self._look.fields("com.atproto.repo.listRecords", query)
            yield from objects(fields["records"])
            after = cursor_of(fields.get("cursor"))
            if after is None:
                return
            query["cursor"] = after


def is_absent(answer: Answer) -> bool:
    """The server says 400 for absence; a 404 is some proxy's and proves nothing."""
    fields = answer.fields()
    told = fields.get("error") == "RecordNotFound" or str(fields.get("message", "")).startswith(
        "Could not locate record"
    )
    return answer.status == HTTPStatus.BAD_REQUEST and told
