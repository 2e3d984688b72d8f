"""What every deed about other people's comments, and about who is blocked, needs."""

from dataclasses import dataclass
from datetime import datetime

from shared.conductor.executions import ConductorError, Executions
from shared.records.blocks import Blocks
from shared.records.pen import ENTROPY_BYTES, Pen, ulid
from shared.records.snapshot import Snapshots
from shared.records.takedowns import Takedowns


@dataclass(frozen=True)
class Desk:
    """The collaborators."""

    takedowns: Takedowns
    blocks: Blocks
    snapshots: Snapshots
    executions: Executions
    pen: Pen


def new_id(desk: Desk, now: datetime) -> str:
    """A fresh one; ids sort by time."""
    return ulid(now, desk.pen.chance(ENTROPY_BYTES))


def begin(desk: Desk, kind: str, name: str) -> None:
    """Its machine: `kind` is takedown, undo, block or unblock. What fails here the sweep does
    within a minute."""
    try:
        desk.executions.take_down(kind, name)
    except ConductorError:
        return
