"""Replies under the account's own posts: hidden by the thread's gate, reported, authors blocked.

The view of the network shows no post of somebody whom the account blocks: what it leaves out is
looked for as a plain record before it is called gone. Gates and blocks are public records.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from shared.platforms.base import NotSentError, RefusedError, UnreachableError
from shared.platforms.bluesky.finding import Finding, Found
from shared.platforms.bluesky.keeping import BLOCK, GATE, Keeping
from shared.platforms.bluesky.session import Ladder, sentence
from shared.platforms.bluesky.tid import tid
from shared.platforms.deeds import Deeds
from shared.platforms.looking import Look
from shared.platforms.moderating import Comment, Unable
from shared.platforms.opening import Opening
from shared.platforms.wire import Answer
from shared.posts.names import PlatformName

MOST_HIDDEN = 300
"""Replies under one post that a gate can name."""

LONGEST_WHY = 2_000
"""Characters of a report."""

OTHER = "com.atproto.moderation.defs#reasonOther"


class BlueskyModerator(Unable):
    """One account."""

    def __init__(self, at: Opening) -> None:
        super().__init__(PlatformName("bluesky"))
        self._wire = at.wire()
        self._clock = at.clock
        self._ladder = Ladder(self._wire, at.credentials, at.sessions, at.clock)
        self._view = Look("Bluesky", self._ask, sentence, at.clock)
        self._keeping = Keeping(self._wire, self._ladder, self._view)
        self._finding = Finding(self._view, self._keeping)
        self._deeds = Deeds("Bluesky", sentence, at.clock)

    def comment(self, comment_id: str, /) -> Comment | None:
        """The reply, and whether it is hidden under our post."""
        found = self._finding.find(comment_id)
        return found.comment if found else None

    def hide(self, comment_id: str, /) -> None:
        """Behind a click, for everybody who reads the thread."""
        self._turn(comment_id, hidden=True)

    def show(self, comment_id: str, /) -> None:
        """In the thread again."""
        self._turn(comment_id, hidden=False)

    def report(self, comment_id: str, why: str, /) -> None:
        """To the moderators that our server passes reports on to; nothing where it is gone."""
        if len(why) > LONGEST_WHY:
            raise RefusedError(
                f"Bluesky takes {LONGEST_WHY} characters of a report; say it in fewer."
            )
        found = self._before(comment_id)
        if found is None:
            return
        post = {"uri": found.comment.platform_id, "cid": found.cid}
        subject = {"$type": "com.atproto.repo.strongRef", **post}
        fields = {"reasonType": OTHER, "reason": why, "subject": subject}
        self._deeds.told(
            lambda: self._keeping.call("com.atproto.moderation.createReport", fields),
            lambda answer: "id" in answer.fields(),
        )

    def block(self, author_id: str, /) -> None:
        """Neither sees the other's posts any more; everybody can see that."""
        if self._blocks_before(author_id):
            return
        now = self._clock()
        record = {"$type": BLOCK, "subject": author_id, "createdAt": _stamp(now)}
        self._deeds.proved(
            lambda: self._keeping.put(BLOCK, tid(now, author_id), record, None),
            lambda: bool(self._keeping.blocks(author_id)),
        )

    def unblock(self, author_id: str, /) -> None:
        """They do again, whoever made the block."""
        for key in self._blocks_before(author_id):
            self._unblock(author_id, key)

    def _unblock(self, author_id: str, key: str) -> None:
        self._deeds.proved(
            lambda: self._keeping.delete(BLOCK, key),
            lambda: key not in self._keeping.blocks(author_id),
        )

    def _turn(self, comment_id: str, *, hidden: bool) -> None:
        """A gate that says so, changed only as it was seen: nobody's own change is lost."""
        found = self._before(comment_id)
        if found is None:
            if hidden:
                return
            raise RefusedError("The reply stands on Bluesky no more; there is nothing to show.")
        if found.gate is None:
            raise RefusedError(
                "It stands under somebody else's post, where Bluesky lets only them hide it."
            )
        uri, gate, root = found.comment.platform_id, found.gate, found.root
        others = [one for one in gate.hidden if one != uri]
        if found.comment.hidden is hidden:
            return
        if len(others) >= MOST_HIDDEN:
            raise RefusedError(f"Bluesky hides {MOST_HIDDEN} replies under one post at most.")
        new = {"$type": GATE, "post": root, "createdAt": _stamp(self._clock())}
        record = {**new, **gate.record, "hiddenReplies": [*others, *([uri] if hidden else [])]}
        key = root.rsplit("/", 1)[-1]
        self._deeds.proved(
            lambda: self._keeping.put(GATE, key, record, gate.cid),
            lambda: (uri in self._keeping.gate(key).hidden) is hidden,
            _is_overtaken,
        )

    def _before(self, comment_id: str) -> Found | None:
        """A look before a deed: where it fails nothing is done."""
        try:
            return self._finding.find(comment_id)
        except UnreachableError as error:
            raise NotSentError(f"Nothing was done. {error}") from error

    def _blocks_before(self, author_id: str) -> list[str]:
        try:
            return self._keeping.blocks(author_id)
        except UnreachableError as error:
            raise NotSentError(f"Nothing was done. {error}") from error

    def _ask(self, method: str, query: Mapping[str, str]) -> Answer:
        return self._ladder.request(
            lambda session: self._wire.call(
                "GET",
                f"{session.service}/xrpc/{method}",
                query=query,
                headers={"Authorization": f"Bearer {session.access}"},
            )
        )


def _is_overtaken(answer: Answer) -> bool:
    """Whether somebody else changed the gate between our look and our change."""
    return answer.fields().get("error") == "InvalidSwap"


def _stamp(moment: datetime) -> str:
    at = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return at.replace("+00:00", "Z")
