"""What is heard at many targets goes on record together: a few mentions of each, and how far it is.

Mentions go first, then how far their targets are: whoever dies before that has heard nothing, as
far as anybody knows, and the next run reads it again.
"""

from collections.abc import Iterable

from shared.mentions.mention import Mention
from shared.recordlog.leaf import Act
from shared.records.ears import Ear, Ears
from shared.records.mentions import Mentions

ENOUGH = 100
"""Mentions or targets that wait; more are not gathered, so that a crash has little read again."""


class Intake:
    """Counts what came on record: mentions `received`, and targets that are `silent`."""

    def __init__(self, mentions: Mentions, ears: Ears) -> None:
        self._mentions = mentions
        self._ears = ears
        self._heard: dict[str, tuple[Mention, Act]] = {}
        self._kept: list[tuple[Ear, Ear]] = []
        self.received = 0
        self.silent = 0

    def known(self, mention_ids: Iterable[str]) -> frozenset[str]:
        """Those of these that are on record, or soon will be."""
        wanted = frozenset(mention_ids)
        return self._mentions.known(wanted) | (wanted & self._heard.keys())

    def receive(self, heard: Iterable[tuple[Mention, Act]]) -> None:
        """These were heard, and some of them perhaps before."""
        self._heard |= {mention.mention_id: (mention, act) for mention, act in heard}
        if len(self._heard) >= ENOUGH:
            self._record()

    def keep(self, before: Ear, after: Ear) -> None:
        """So far a target is now; where another run was meanwhile, its own word counts."""
        self._kept.append((before, after))
        if len(self._kept) >= ENOUGH:
            self.empty()

    def empty(self) -> None:
        """All that waits goes on record; where words cannot, how far their target is waits too."""
        self._record()
        self.silent += sum(bool(ear.fault) for ear in self._ears.keep(self._kept))
        self._kept = []

    def _record(self) -> None:
        known = self._mentions.known(self._heard)
        fresh = (each for name, each in self._heard.items() if name not in known)
        self.received += len(self._mentions.receive(fresh))
        self._heard = {}
