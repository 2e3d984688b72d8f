"""What leaves speak of, and the salts that hide it; `log.recording` puts them there, once."""

from dataclasses import dataclass, field

from shared.posts.names import LeafId
from shared.records.reading import one
from shared.records.tables import Tables


@dataclass(frozen=True)
class Payload:
    """Canonical bytes and salt of one leaf; together they give the hash in its envelope."""

    leaf_id: LeafId
    payload: bytes = field(repr=False)
    salt: bytes = field(repr=False)


class Payloads:
    """Where payloads are read; nobody changes one."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def get(self, leaf_id: LeafId) -> Payload:
        """The payload of a leaf, or NotFoundError."""
        row = one(self._tables.payloads, leaf_id)
        return Payload(LeafId(row.leaf_id), row.payload, row.salt)
