"""A batch as it is staged: written before the head moves, so that a crash after it loses nothing.

Only the entries are staged, not the tiles: whoever takes up a batch computes its tiles anew and
holds their root against the signed one, so a damaged staging object cannot damage the log.
"""

import base64
import json
from dataclasses import dataclass

from shared.posts.names import LeafId
from shared.recordlog.checkpoint import decimal
from shared.recordlog.errors import MalformedError


@dataclass(frozen=True)
class Batch:
    """Leaves that enter the log together: the first gets index `first`."""

    first: int
    leaf_ids: tuple[LeafId, ...]
    entries: tuple[bytes, ...]


def staging_path(size: int, root: bytes) -> str:
    """Where the batch lies that brings the log to this size and root."""
    return f"staging/{size}-{root.hex()}"


def to_bytes(batch: Batch) -> bytes:
    """The staging object."""
    leaves = [
        [leaf_id, base64.b64encode(entry).decode()]
        for leaf_id, entry in zip(batch.leaf_ids, batch.entries, strict=True)
    ]
    return json.dumps({"first": str(batch.first), "leaves": leaves}).encode()


def from_bytes(data: bytes) -> Batch:
    """Read a staging object; MalformedError unless `to_bytes` wrote it."""
    try:
        staged = json.loads(data)
        return Batch(
            decimal(staged["first"], "staging object"),
            tuple(LeafId(leaf_id) for leaf_id, _ in staged["leaves"]),
            tuple(base64.b64decode(entry, validate=True) for _, entry in staged["leaves"]),
        )
    except (ValueError, TypeError, KeyError) as error:
        raise MalformedError("staging object", "it was not written by a sequencer") from error
