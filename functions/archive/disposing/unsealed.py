"""What the log has got since the newest month was sealed: what waits for its place, and then what
has one, so that nothing slips through on its way from here to there."""

from collections.abc import Callable, Iterator

from shared.recordlog.errors import MissingObjectError
from shared.recordlog.reader import Log
from shared.recordlog.tiles import WIDTH
from shared.records.outbox import Outbox

WAITING = 100_000
"""More than ever waits: the sequencer clears it away every few seconds."""


def envelopes_since(size: int, outbox: Outbox, log: Callable[[], Log]) -> Iterator[bytes]:
    """Every envelope from leaf `size` on, and none from before it."""
    yield from (leaf.envelope for leaf in outbox.pending(WAITING))
    try:
        published = log()
    except MissingObjectError:  # the sequencer has not run yet
        return
    for index in range(size // WIDTH, -(-published.checkpoint.size // WIDTH)):
        yield from published.bundle(index)[max(0, size - index * WIDTH) :]
