"""Orders of proofs over months that lie in memory, and the workshop that carries them on."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from archive.proving.carry_on import Workshop
from archive.reading.bags import Bags
from shared.months.proof_order import Kind, Needed, Order, Producer
from shared.posts.names import PersonId, ProofId
from shared.records.errors import ChangedError
from tests.unit.archive import lives_made as made
from tests.unit.archive.certified import SYSTEM
from tests.unit.archive.closing import OCTOBER, SEPTEMBER

PROOF = ProofId("01K0000000000000000000000P")
ASKED_AT = datetime(2026, 11, 20, 9, 30, 0, 123_000, tzinfo=UTC)
NOW = datetime(2026, 11, 20, 9, 31, tzinfo=UTC)
PRODUCER = Producer("Siân Hughes", "records manager", "SH", 1)


def bag_of(month):
    return Bags(made.Lying(), made.KEYS).bag(month).sealed.bag


def an_order(kind=Kind.MONTHS, *leaves, months=(SEPTEMBER, OCTOBER), **changes):
    usual = Order(
        proof_id=PROOF,
        kind=kind,
        about=f"leaf:{leaves[0]}" if leaves else "months",
        first=min(months),
        last=max(months),
        needed=tuple(Needed(month, bag_of(month)) for month in months),
        asked_by=PersonId("p-auditor"),
        asked_at=ASKED_AT,
        leaves=leaves,
        producer=None if kind is Kind.MONTHS else PRODUCER,
    )
    return replace(usual, **changes)


@dataclass
class Kept:
    """Where orders are kept; every step is noted."""

    orders: dict = field(default_factory=dict)
    noted: list = field(default_factory=list)
    ended: list = field(default_factory=list)

    def get(self, proof_id):
        return self.orders[proof_id]

    def note(self, before, after):
        self._change(before, after)
        self.noted.append(after)

    def end(self, before, after):
        self._change(before, after)
        self.ended.append(after)

    def _change(self, before, after):
        if self.orders[before.proof_id] != before:
            raise ChangedError("proof", before.proof_id, "was carried on meanwhile")
        self.orders[before.proof_id] = after


def a_workshop(order, scratch, objects=None, **changes):
    """A workshop at this order; files that it lays are in `files`."""
    files = {}
    usual = {
        "kept": Kept({order.proof_id: order}),
        "shelf": made.Lying(objects),
        "keys": made.KEYS,
        "put": files.__setitem__,
        "system": SYSTEM,
        "scratch": scratch,
        "now": lambda: NOW,
    }
    return Workshop(**{**usual, **changes}), files


def spoilt(path, data=None):
    """The archive with one file changed by a byte, or gone."""
    objects = dict(made.archive_made().objects)
    if data is None:
        del objects[path]
    else:
        objects[path] = data
    return objects
