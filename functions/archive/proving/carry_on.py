"""An order is carried on from where it is: the next month verified, and at last its answer made.

Killed anywhere, it goes on at the month it was at: what was verified is put down month by month,
and files that are made again are the same. Whatever is wrong ends it, with the first thing that is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from errno import ENOSPC
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from archive.exporting.certificate import CertificateError, System
from archive.exporting.export_court import BundleError
from archive.proving.fetch_bag import Each, fetch_bag
from archive.proving.make_files import make_files, remarks
from archive.proving.run_verifier import Verdict, VerifierError, run_verifier
from archive.reading.as_sealed import (
    BagError,
    BrokenChainError,
    NoMonthError,
    Shelf,
    UntrueBagError,
    sentence,
)
from archive.reading.bags import Bags, Reading
from archive.reading.known_keys import Keys
from shared.months.bag import END, TAG_MANIFEST, note_path
from shared.months.proof_order import (
    Checked,
    Kind,
    Needed,
    Order,
    broken,
    checked,
    held,
    made,
    wrong,
)
from shared.posts.names import ProofId
from shared.recordlog.errors import RecordLogError
from shared.recordlog.reader import Log
from shared.recordlog.tree import verify_consistency

FOLDER = "proofs/"
"""Where files to be saved lie in the bucket of the copy, in a folder for each order."""

GIVEN_UP = (
    "Something of ours broke on the way. Ask again; if that happens twice, use the command line, "
    "which needs nothing but the months."
)
NOBODY = "Nobody produces this. Ask anew, and say who does."
GROWN = "The log of today has {} leaves and goes on from there."
NO_ROOM = "A month is too large to be verified here. Use the command line."
WRONG = (UntrueBagError, BrokenChainError)
"""What says that something is not what was sealed."""

REFUSED = (BagError, BundleError, CertificateError, VerifierError)
"""What else keeps it from being answered."""

Verify = Callable[..., Verdict]


class Kept(Protocol):
    """Where orders are kept."""

    def get(self, proof_id: ProofId) -> Order:
        """The order, or NotFoundError."""

    def note(self, before: Order, after: Order) -> None:
        """How far it is; ChangedError."""

    def end(self, before: Order, after: Order) -> None:
        """It is over, and that is on record; ChangedError."""


@dataclass(frozen=True)
class Workshop:
    """The archive and the keys that open it; where files go; which system this is; and how long
    there is: `is_time` whether another month may be begun, `seconds` what the verifier may take."""

    kept: Kept
    shelf: Shelf
    keys: Keys
    put: Callable[[str, bytes], None]
    system: System
    scratch: Path
    now: Callable[[], datetime]
    is_time: Callable[[], bool] = lambda: True
    seconds: Callable[[], float] = lambda: 600.0
    live: Callable[[], Log] | None = None
    """The log as it stands today, where somebody can read it."""

    each: Each = map
    verify: Verify = run_verifier


class _NotHeldError(Exception):
    """A month does not hold; says the first thing wrong."""


def carry_on(proof_id: ProofId, shop: Workshop) -> Order:
    """The order as far as there was time for; ChangedError if somebody else is at it."""
    order = shop.kept.get(proof_id)
    if order.is_over:
        return order
    bags = Bags(shop.shelf, shop.keys)
    try:
        while needed := order.next_month:
            if not shop.is_time():
                return order
            further = checked(order, _verified(needed, bags, shop))
            shop.kept.note(order, further)
            order = further
        over = _answered(order, bags, shop)
    except (_NotHeldError, *WRONG) as error:
        over = wrong(order, str(error), shop.now())
    except REFUSED as error:
        over = broken(order, str(error), shop.now())
    except OSError as error:
        if error.errno != ENOSPC:
            raise
        over = broken(order, NO_ROOM, shop.now())
    shop.kept.end(order, over)
    return over


def give_up(proof_id: ProofId, kept: Kept, now: datetime) -> Order:
    """Nobody carries it on any more, and whoever asked is told; ChangedError."""
    order = kept.get(proof_id)
    if order.is_over:
        return order
    over = broken(order, GIVEN_UP, now)
    kept.end(order, over)
    return over


def _verified(needed: Needed, bags: Bags, shop: Workshop) -> Checked:
    month = needed.month
    try:
        found = bags.bag(month).sealed.bag
    except NoMonthError as error:
        why = "it is not there, although the month is on record as sealed"
        raise UntrueBagError(month, note_path(month), why) from error
    if found != needed.bag:
        raise UntrueBagError(month, TAG_MANIFEST, "it is not the one that is on record as sealed")
    with TemporaryDirectory(dir=shop.scratch) as room:
        fetch_bag(month, shop.shelf, Path(room), shop.each)
        verdict = shop.verify(month, Path(room), shop.keys, shop.seconds())
    if not verdict.held:
        raise _NotHeldError(verdict.first_wrong)
    return Checked(month, verdict.said)


def _answered(order: Order, bags: Bags, shop: Workshop) -> Order:
    """Its end, where every month holds that is needed."""
    reading = bags.between(order.first, order.last)
    if order.kind is Kind.MONTHS:
        _require_gapless(reading)
        grown = _grown(reading, bags, shop)
        told = " ".join(each for each in (remarks(reading), grown) if each)
        return held(order, told, shop.now())
    if order.producer is None:
        return broken(order, NOBODY, shop.now())

    def put(name: str, data: bytes) -> None:
        shop.put(f"{FOLDER}{order.proof_id}/{name}", data)

    with TemporaryDirectory(dir=shop.scratch) as room:
        done = make_files(
            order,
            reading,
            producer=order.producer,
            system=shop.system,
            scratch=Path(room),
            put=put,
        )
    return made(order, done.files, remarks(reading, done.sealed), shop.now())


def _grown(reading: Reading, bags: Bags, shop: Workshop) -> str:
    """That the log of today goes on from the last month that is sealed, if that was asked about;
    UntrueBagError where it does not."""
    last = reading.bags[-1]
    if shop.live is None or last.month != bags.months[-1]:
        return ""
    end = last.end
    try:
        log = shop.live()
        today = log.checkpoint
        proof = log.prove_grown(end.size)
        verify_consistency(end.size, today.size, end.root, today.root, proof)
    except RecordLogError as error:
        why = f"the log of today does not go on from there ({sentence(error)})"
        raise UntrueBagError(last.month, END, why) from error
    return GROWN.format(today.size)


def _require_gapless(reading: Reading) -> None:
    for month in reading.missing:
        raise UntrueBagError(month, f"month={month}", "it is missing between two that are here")
