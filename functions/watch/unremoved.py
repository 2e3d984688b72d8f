"""Finds deletions that nobody carries out: asked for or approved on record, and we died before the
machine was started. Machines are named by their deletion, so what runs is not started twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from shared.conductor.executions import ExecutionOverError, Executions, NoAnswerError
from shared.posts.deletion import UNDECIDED_OR_UNDER_WAY
from shared.records.deletions import Deletions

PATIENCE = timedelta(seconds=30)
"""A crash is assumed after this long; what is merely slow is harmlessly asked again."""


class UnremovedError(Exception):
    """A machine ended and its deletion has no ending; raising it rings the alarm."""


@dataclass(frozen=True)
class Unremoved:
    """How many machines were started, and the deletions whose machine ended without an ending."""

    started: int
    over: tuple[str, ...]

    def ring(self) -> None:
        """UnremovedError where something that should be gone may stand."""
        if self.over:
            raise UnremovedError("These deletions have no ending: " + ", ".join(self.over))


def start_unremoved(deletions: Deletions, executions: Executions, now: datetime) -> Unremoved:
    """Start the machine of every deletion that is open."""
    started, over = 0, []
    for deletion in deletions.moving():
        if deletion.asked.at > now - PATIENCE:
            continue
        try:
            executions.remove(deletion.deletion_id)
            started += 1
        except ExecutionOverError:
            found = deletions.get(deletion.deletion_id)  # ended meanwhile?
            if found.state in UNDECIDED_OR_UNDER_WAY:
                over.append(deletion.deletion_id)
        except NoAnswerError:
            continue  # the next sweep is a minute away
    return Unremoved(started, tuple(over))
