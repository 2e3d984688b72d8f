"""Finding somebody else's post: in the view of the network, and as a plain record where the view
leaves it out, as it does with posts of somebody whom the account blocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.platforms.actors import Actor
from shared.platforms.bluesky.keeping import Gate, Keeping, is_absent
from shared.platforms.bluesky.people import PUBLIC, actor_of
from shared.platforms.deeds import evidence
from shared.platforms.looking import Look, cursor_of, name_of, objects
from shared.platforms.moderating import Comment, refuse_own
from shared.platforms.strangers import address, words
from shared.platforms.timeline import moment_of
from shared.platforms.wire import Answer


@dataclass(frozen=True)
class Found:
    """A reply, its CID, the first post of its thread, and that post's gate if it is ours."""

    comment: Comment
    cid: str
    root: str
    gate: Gate | None


class Finding:
    """How one account finds them; UnreachableError and its like where it cannot be told."""

    def __init__(self, look: Look, keeping: Keeping) -> None:
        self._look = look
        self._keeping = keeping

    def find(self, comment_id: str) -> Found | None:
        """What stands at an address; None where nothing does."""
        with self._look.understood():
            who, collection, key = comment_id.removeprefix("at://").split("/")
        did = who if who.startswith("did:") else self._named(who)
        uri = f"at://{did}/{collection}/{key}"
        answer = self._look.answer("app.bsky.feed.getPosts", {"uris": uri})
        with self._look.understood():
            posts = objects(answer.fields()["posts"])
            if posts:
                [post] = posts
                seen = moment_of(post["indexedAt"])
                return self._whole(post["record"], post, actor_of(post["author"]), seen, answer)
        return self._plain(uri, did, collection, key)

    def _plain(self, uri: str, did: str, collection: str, key: str) -> Found | None:
        """The record itself, which tells no more of its author than an id."""
        query = {"repo": did, "collection": collection, "rkey": key}
        answer = self._look.there("com.atproto.repo.getRecord", query, is_absent)
        if answer is None:
            return None
        with self._look.understood():
            fields = answer.fields()
            record = fields["value"]
            author = Actor(did, "", "", url=address(f"{PUBLIC}/{did}"))
            at = moment_of(record["createdAt"])
            return self._whole(record, {"uri": uri, **fields}, author, at, answer)

    def _whole(
        self,
        record: Mapping[str, Any],
        post: Mapping[str, Any],
        author: Actor,
        at: datetime,
        answer: Answer,
    ) -> Found:
        refuse_own(author.platform_id, self._keeping.did())
        uri, reply = name_of(post["uri"]), record.get("reply") or {}
        root = name_of((reply.get("root") or {}).get("uri") or uri)
        own = root.startswith(f"at://{self._keeping.did()}/") and root != uri
        gate = self._keeping.gate(root.rsplit("/", 1)[-1]) if own else None
        comment = Comment(
            platform_id=uri,
            url=address(f"{PUBLIC}/{author.platform_id}/post/{uri.rsplit('/', 1)[-1]}"),
            author=author,
            text=words(record.get("text")),
            at=at,
            answers=cursor_of((reply.get("parent") or {}).get("uri")),
            hidden=gate is not None and uri in gate.hidden,
            raw=evidence(answer),
        )
        return Found(comment, name_of(post["cid"]), root, gate)

    def _named(self, handle: str) -> str:
        """Whose handle this is."""
        fields = self._look.fields("com.atproto.identity.resolveHandle", {"handle": handle})
        with self._look.understood():
            return name_of(fields["did"])
