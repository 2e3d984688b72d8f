"""What leaves speak of, and the salts that hide it; `log.recording` puts them there, once.

PayloadError
└── ErasedError    what was personal in it is gone, and the salt with it; carries the erasure
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shared.posts.names import ErasureId, LeafId
from shared.recordlog.canonical import JSON
from shared.records.reading import Key, fetch, one
from shared.records.tables import Tables


class PayloadError(Exception):
    """Root of why a payload cannot be read."""


class ErasedError(PayloadError):
    """What was personal in it is gone, and the salt with it."""

    def __init__(self, leaf_id: LeafId, erasure_id: ErasureId) -> None:
        super().__init__(f"The text of {leaf_id} was erased ({erasure_id}).")
        self.leaf_id = leaf_id
        self.erasure_id = erasure_id


@dataclass(frozen=True)
class Payload:
    """Canonical bytes and salt of one leaf; together they give the hash in its envelope."""

    leaf_id: LeafId
    payload: bytes = field(repr=False)
    salt: bytes = field(repr=False)


@dataclass(frozen=True)
class Kept:
    """A payload as it is kept; `salt` None once what was sealed in it was erased."""

    payload: bytes = field(repr=False)
    salt: bytes | None = field(repr=False)


class Payloads:
    """Where payloads are read; only an erasure changes one."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, leaf_id: LeafId) -> Payload:
        """The payload of a leaf; NotFoundError, ErasedError."""
        row = one(self._tables.payloads, leaf_id)
        if row.salt is None:
            raise ErasedError(leaf_id, ErasureId(row.erased_by or ""))
        return Payload(LeafId(row.leaf_id), row.payload, row.salt)

    def several(self, leaf_ids: Sequence[LeafId]) -> dict[LeafId, Kept]:
        """Those of them there are, erased or not; one call for a hundred."""
        wanted = [Key(self._tables.payloads, (each,)) for each in leaf_ids]
        rows = fetch(self._tables.connection, wanted).values()
        return {LeafId(row.leaf_id): Kept(row.payload, row.salt) for row in rows}

    def personal(self, leaf_id: LeafId) -> Mapping[str, JSON]:
        """What is sealed in it, opened; NotFoundError where nothing is, ErasedError."""
        from shared.recordlog.sealed import unseal  # few leaves have anything sealed

        kept = self.get(leaf_id)
        row = one(self._tables.record_keys, leaf_id)
        if row.key is None:
            raise ErasedError(leaf_id, ErasureId(row.erased_by or ""))
        return unseal(kept.payload, row.key, leaf_id)
