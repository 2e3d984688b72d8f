"""Gives waiting leaves their place in the record log, once each, whatever crashes.

The order of the story (Sunlight's, with DynamoDB as the lock): read the head; read what waits;
grow the tree; prove the new tree consistent with the old; sign; **stage** the batch; **swap** the
head, which is the moment the batch is in the log; write tiles and entries; replace the published
checkpoint; drop the leaves from the outbox; mark the head settled.

A head that names a staged batch is not settled: whoever comes next takes up the batch first. So
a crash before the swap has changed nothing that counts, and a crash after it is finished by the
next run, before any further leaf is read. Two sequencers at once: one swap wins, the other's
HeadMovedError ends its run with nothing written but a staging object nobody will ever read.

The log is never healed by force: whatever contradicts the signed head stops the sequencer with an
InconsistentLogError, because a signature on top of it could not be taken back.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from archive.bucket import ObjectTakenError, Stored
from archive.sequencing.staged import Batch, from_bytes, staging_path, to_bytes
from shared.posts.names import LeafId
from shared.recordlog.checkpoint import (
    Checkpoint,
    open_checkpoint,
    parse_checkpoint,
    sign_checkpoint,
)
from shared.recordlog.errors import InconsistentLogError, MissingObjectError, ProofError
from shared.recordlog.note import Signer, VerifierKey, parse_note
from shared.recordlog.places import place_objects
from shared.recordlog.reader import CHECKPOINT_PATH, read_edge
from shared.recordlog.tiles import Edge, Growth, TileNodes, grow, tile_path
from shared.recordlog.tree import EMPTY_ROOT, prove_consistency, verify_consistency
from shared.records.errors import HeadMovedError
from shared.records.loghead import Head
from shared.records.outbox import Pending

BATCH = 512
"""Leaves of one batch; at 64 KB each, the longest there are, 32 MB in memory."""


ROUNDS = 10
"""Batches of one wake-up; what is left waits for the next minute."""


class Objects(Protocol):
    """The log's bucket; reads see every write that was answered before."""

    def read(self, path: str) -> Stored | None:
        """The object, or None."""

    def create(self, path: str, data: bytes) -> None:
        """Write it where nothing is; ObjectTakenError where something is."""

    def replace(self, path: str, data: bytes, seen: Stored | None) -> None:
        """Write it over what was seen there (None: nothing); ObjectTakenError otherwise."""

    def put(self, path: str, data: bytes) -> None:
        """Write it, whatever is there."""


class Heads(Protocol):
    """Where the head is kept; reads are consistent."""

    def get(self, origin: str) -> Head | None:
        """The head, or None before the first run."""

    def swap(self, old: Head | None, new: Head) -> None:
        """Put `new` if size and root are still those of `old`; HeadMovedError otherwise."""


class Outbox(Protocol):
    """Where leaves wait; reads are consistent."""

    def pending(self, limit: int) -> Sequence[Pending]:
        """The oldest leaves, at most `limit`, in order."""

    def drop(self, leaf_ids: Sequence[LeafId]) -> None:
        """Forget these; those gone already are no fault."""


@dataclass(frozen=True)
class Sequenced:
    """What one run did: the size of the log now, and how many leaves it took in."""

    size: int
    leaves: int


class Sequencer:
    """The one writer of one log. `known` are the keys by which its own past notes are opened."""

    def __init__(
        self,
        origin: str,
        *,
        heads: Heads,
        outbox: Outbox,
        objects: Objects,
        signers: Sequence[Signer],
        known: Sequence[VerifierKey],
    ) -> None:
        self._origin = origin
        self._heads = heads
        self._outbox = outbox
        self._objects = objects
        self._signers = signers
        self._known = known
        # Kept between the runs of one warm process: three reads less for every batch.
        self._edge = Edge()

    def run(self, limit: int = BATCH) -> Sequenced:
        """Finish what was begun, then take in at most `limit` leaves."""
        head = self._heads.get(self._origin)
        if head is None:
            head = self._begin()
        if head.staging:
            head = self._take_up(head)
        waiting = self._outbox.pending(limit)
        if not waiting:
            return Sequenced(head.size, 0)
        ids, entries = zip(*((each.leaf_id, each.envelope) for each in waiting), strict=True)
        after = self._add(head, Batch(head.size, ids, entries))
        return Sequenced(after.size, len(waiting))

    def _begin(self) -> Head:
        """The empty log, staged like any other batch."""
        if self._objects.read(CHECKPOINT_PATH) is not None:
            # Either another sequencer has begun since, or the head was lost: never begin again.
            raise self._overtaken(None)
        return self._sign_and_swap(None, Batch(0, (), ()), 0, EMPTY_ROOT)

    def _take_up(self, head: Head) -> Head:
        """Settle a batch that a crash, or somebody slower, has left between head and tiles."""
        self._require_signed(head)
        staged = self._objects.read(head.staging)
        if staged is None:
            raise MissingObjectError(head.staging)
        batch = from_bytes(staged.data)
        growth = grow(read_edge(self._read, batch.first), batch.entries)
        if (growth.edge.size, growth.edge.root()) != (head.size, head.root):
            raise InconsistentLogError("The staged batch does not lead to the signed head.")
        return self._settle(head, batch, growth, self._objects.read(CHECKPOINT_PATH))

    def _add(self, head: Head, batch: Batch) -> Head:
        """Bring a new batch into the log."""
        self._require_signed(head)
        published = self._objects.read(CHECKPOINT_PATH)
        if published is None or published.data != head.note.encode():
            raise self._overtaken(head)
        growth = grow(self._edge_of(head), batch.entries)
        root = growth.edge.root()
        _require_consistent(head, growth, root)
        after = self._sign_and_swap(head, batch, growth.edge.size, root)
        return self._settle(after, batch, growth, published)

    def _sign_and_swap(self, old: Head | None, batch: Batch, size: int, root: bytes) -> Head:
        """Stage the batch and move the head: from here on it is in the log."""
        note = sign_checkpoint(Checkpoint(self._origin, size, root), self._signers)
        # A head that does not open would stop the log for good; so look before it is the head.
        open_checkpoint(note, [signer.key for signer in self._signers], self._origin)
        head = Head(self._origin, size, root, note.decode(), staging_path(size, root))
        self._objects.put(head.staging, to_bytes(batch))
        self._heads.swap(old, head)
        return head

    def _settle(self, head: Head, batch: Batch, growth: Growth, seen: Stored | None) -> Head:
        """Make everything else say what the head says. Every step may be done twice."""
        places = place_objects(batch.first, batch.leaf_ids)
        for path, data in {**growth.objects, **places}.items():
            self._keep(path, data)
        self._publish(head, seen)
        self._outbox.drop(batch.leaf_ids)
        settled = replace(head, staging="")
        self._heads.swap(head, settled)
        self._edge = growth.edge
        return settled

    def _keep(self, path: str, data: bytes) -> None:
        """Write an object that never changes; the same bytes may be there already."""
        try:
            self._objects.create(path, data)
        except ObjectTakenError as error:
            if self._read(path) != data:
                raise InconsistentLogError(f"The log has another object at {path}.") from error

    def _publish(self, head: Head, seen: Stored | None) -> None:
        """Replace the checkpoint seen before, forwards only: a slow run must not turn it back."""
        if seen is not None:
            if seen.data == head.note.encode():
                return
            published = parse_checkpoint(parse_note(seen.data).text)
            if published.size >= head.size:
                raise self._overtaken(head)
        try:
            self._objects.replace(CHECKPOINT_PATH, head.note.encode(), seen)
        except ObjectTakenError as error:
            # An answer lost on its way makes the client repeat a write that had succeeded.
            if self._read(CHECKPOINT_PATH) != head.note.encode():
                raise self._overtaken(head) from error

    def _overtaken(self, head: Head | None) -> HeadMovedError | InconsistentLogError:
        """Why the checkpoint is not the head's: another sequencer went on, or the log is broken."""
        found = self._heads.get(self._origin)
        if found is not None and (head is None or found.size > head.size):
            return HeadMovedError(self._origin, found)
        return InconsistentLogError("The published checkpoint contradicts the head.")

    def _require_signed(self, head: Head) -> None:
        signed = open_checkpoint(head.note.encode(), self._known, self._origin)
        if (signed.size, signed.root) != (head.size, head.root):
            raise InconsistentLogError("The head is not what its note says.")

    def _edge_of(self, head: Head) -> Edge:
        if self._edge.size != head.size or self._edge.root() != head.root:
            self._edge = read_edge(self._read, head.size)
        if self._edge.root() != head.root:
            raise InconsistentLogError("The stored tiles do not have the root of the head.")
        return self._edge

    def _read(self, path: str) -> bytes | None:
        stored = self._objects.read(path)
        return None if stored is None else stored.data


def drain(sequencer: Sequencer, limit: int = BATCH, rounds: int = ROUNDS) -> Sequenced:
    """Run until nothing waits, or `rounds` batches are in."""
    done = sequencer.run(limit)
    leaves = done.leaves
    while done.leaves == limit and rounds > 1:
        done = sequencer.run(limit)
        leaves, rounds = leaves + done.leaves, rounds - 1
    return Sequenced(done.size, leaves)


def _require_consistent(head: Head, growth: Growth, root: bytes) -> None:
    """Prove, from the very tiles that would be written, that the old tree begins the new one."""

    def tile_at(level: int, index: int, width: int) -> bytes:
        return growth.objects.get(tile_path(level, index, width), growth.edge.tiles[level])

    size = growth.edge.size
    proof = prove_consistency(head.size, size, TileNodes(size, tile_at))
    try:
        verify_consistency(head.size, size, head.root, root, proof)
    except ProofError as error:
        raise InconsistentLogError("The new tree would not continue the signed one.") from error
