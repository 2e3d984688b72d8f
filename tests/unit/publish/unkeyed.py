"""A platform that keeps no key of ours: each send is another post, found again by its words."""

from dataclasses import dataclass, field
from datetime import timedelta

from shared.platforms.base import NO_CLUES, Receipt, UnreachableError
from tests.unit.publish.timeline import Timeline

TAKES = timedelta(minutes=3)


@dataclass
class Unkeyed(Timeline):
    """Shows `(id, words)`, oldest first, and gives an answer that names the id."""

    settles_after: timedelta = TAKES
    hidden: set = field(default_factory=set)
    """Ids that were named and cannot be read."""

    def find(self, frozen, clues=NO_CLUES):
        if self.finds and self.finds.pop(0) == "unreachable":
            raise UnreachableError("The timeline could not be read.")
        visible = [(i, words) for i, words in self.shown if i not in self.hidden]
        if clues.known:
            visible = [(i, words) for i, words in visible if i == clues.known]
            if not visible:
                raise UnreachableError("Named, and not there.")
        ours = [i for i, words in visible if words == frozen.request["text"]]
        free = [i for i in ours if i not in clues.taken or i == clues.known]
        if not free:
            return None
        self.read_back.add(frozen.key)
        return self._as_shown(free[0], frozen)

    def _show(self, frozen):
        self.shown.append((f"ID-{len(self.shown) + 1}", frozen.request["text"]))

    def _receipt(self, frozen):
        last = self.shown[-1][0] if self.shown and not self.late else f"ID-{len(self.shown) + 1}"
        return self._as_shown(last, frozen)

    def _as_shown(self, platform_id, frozen):
        return Receipt(platform_id, f"https://words.example/{platform_id}", frozen.request["text"])
