"""A comment on a platform, and what is on record of its takedown, both in memory.

Every call that leaves the process goes through a wire, where a test may kill the worker or look.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from publish.comment import Scene
from shared.platforms.actors import Actor
from shared.platforms.base import RateLimitedError, UncertainError, UnreachableError
from shared.platforms.moderating import Comment
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.posts.takedown import Deed, HouseRule, Takedown, Taken
from shared.records.takedown_acts import act_on_takedown
from tests.builders import NOW
from tests.unit.publish.timeline import Behind
from tests.unit.takedown_records import Blocks, Diary, Takedowns

SANDBOX = PlatformName("sandbox")
IN_A_WHILE = NOW + timedelta(minutes=30)
PAT = Actor("u-77", "pat-invented", "Pat Invented", "https://sandbox.example/@pat")
DEEDS = ("comment", "hide", "show", "delete", "report", "block", "unblock")


@dataclass
class Under:
    """One comment under a post of ours. `answers` say what becomes of the next deeds, and `looks`
    of the next looks; what is not said goes well."""

    stands: bool = True
    hidden: bool | None = False
    author: Actor | None = PAT
    tells_hidden: bool = True
    answers: list = field(default_factory=list)
    looks: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    blocked: set = field(default_factory=set)
    name: PlatformName = SANDBOX

    @property
    def is_touched(self):
        """Whether anything was done about it."""
        return not self.stands or bool(self.hidden) or "report" in self.asked

    def comment(self, comment_id):
        if self.looks:
            raise self.looks.pop(0)
        if not self.stands:
            return None
        hidden = self.hidden if self.tells_hidden else None
        words = "I know who did it"
        return Comment(
            comment_id, "https://sandbox.example/7", self.author, words, NOW, "1", hidden, "{}"
        )

    def hide(self, _):
        self._do("hide", lambda: setattr(self, "hidden", True))

    def show(self, _):
        self._do("show", lambda: setattr(self, "hidden", False))

    def delete(self, _):
        self._do("delete", lambda: setattr(self, "stands", False))

    def report(self, _, why):
        self._do("report", lambda: why)

    def block(self, author_id):
        self._do("block", lambda: self.blocked.add(author_id))

    def unblock(self, author_id):
        self._do("unblock", lambda: self.blocked.discard(author_id))

    def _do(self, what, effect):
        answer = self.answers.pop(0) if self.answers else "done"
        if answer == "not now":
            raise RateLimitedError("Too many at once.", IN_A_WHILE)
        if answer == "falls silent before":
            raise UncertainError("The line went dead.")
        if isinstance(answer, Exception):
            raise answer
        self.asked.append(what)
        effect()
        if answer == "falls silent after":
            raise UncertainError("The line went dead.")


SILENT = UnreachableError("The line is dead.")


def a_takedown(**changes):
    takedown = Takedown(
        takedown_id="01TAKEDOWN",
        account=AccountId("riverside"),
        platform=PlatformName("sandbox"),
        comment_id="7",
        address="https://sandbox.example/7",
        rule=HouseRule.PREJUDICIAL,
        why="It names somebody.",
        deed=Deed.HIDE,
        block=False,
        asked_by=PersonId("pc-okafor"),
        asked_at=NOW,
    )
    return replace(takedown, **changes)


class Stage:
    """A comment that is to be taken down, and whoever does it."""

    def __init__(self, platform=None, **takedown):
        self.diary, self.platform = Diary(), platform or Under()
        self.blocks = Blocks(self.diary)
        self.records = Takedowns(self.diary, self.blocks)
        asked = a_takedown(**takedown)
        self.records.ask(asked, act_on_takedown(asked, Taken.ASKED, NOW, {}))
        self.closed, self.now = [], NOW + timedelta(minutes=1)

    def scene(self, wire=None, **changes):
        seen = wire or (lambda effect: effect)
        platform = Behind(seen, self.platform, *DEEDS)
        scene = Scene(
            lambda: platform,
            Behind(seen, self.records, "get", "advance"),
            Behind(seen, self.blocks, "get", "advance"),
            lambda: self.now,
            close=self.closed.append,
        )
        return replace(scene, **changes)

    @property
    def row(self):
        return self.records.rows["01TAKEDOWN"]

    def require_record_before_deed(self):
        """Nothing was done about the comment that is not on record with its wording."""
        if self.platform.is_touched:
            assert self.records.evidence(self.row)["text"] == "I know who did it"
