"""Finds takedowns and blocks that nobody carries out: asked for on record, and we died before the
machine was started; or a block that came with a takedown. Machines are named by what they are
about, so what runs is not started twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.conductor.executions import ExecutionOverError, Executions, NoAnswerError
from shared.posts.block import BLOCKS_UNDER_WAY, BlockState
from shared.records.blocks import Blocks
from shared.records.takedowns import Takedowns
from watch.unremoved import PATIENCE


class UndoneError(Exception):
    """A machine ended and what it was about has no ending; raising it rings the alarm."""


@dataclass(frozen=True)
class Undone:
    """How many machines were started, and what ended without an ending."""

    started: int
    over: tuple[str, ...]

    def ring(self) -> None:
        """UndoneError where something that should be gone may stand."""
        if self.over:
            raise UndoneError("These takedowns or blocks have no ending: " + ", ".join(self.over))


@dataclass(frozen=True)
class Desk:
    """Where they are kept."""

    takedowns: Takedowns
    blocks: Blocks


def start_undone(desk: Desk, executions: Executions, now: datetime) -> Undone:
    """Start the machine of everything that is under way."""
    started, ended = 0, []
    for kind, name in _under_way(desk, now):
        try:
            executions.take_down(kind, name)
            started += 1
        except ExecutionOverError:
            ended.append((kind, name))
        except NoAnswerError:
            continue  # the next sweep is a minute away
    # What ended well since the lists were read is on them no more.
    left = set(_under_way(desk, now)) if ended else set()
    return Undone(started, tuple(f"{kind} {name}" for kind, name in ended if (kind, name) in left))


def _under_way(desk: Desk, now: datetime) -> Iterator[tuple[str, str]]:
    for takedown in desk.takedowns.moving():
        appeal = takedown.appeal
        if not takedown.is_moving:  # ended since the list was read
            continue
        if takedown.is_to_be_undone and appeal is not None:
            if (appeal.decided_at or now) <= now - PATIENCE:
                yield "undo", takedown.takedown_id
        elif takedown.asked_at <= now - PATIENCE:
            yield "takedown", takedown.takedown_id
    for block in desk.blocks.moving():
        if block.state in BLOCKS_UNDER_WAY and (block.lifted_at or block.at) <= now - PATIENCE:
            yield "block" if block.state is BlockState.ASKED else "unblock", block.block_id
