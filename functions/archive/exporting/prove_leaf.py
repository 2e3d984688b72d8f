"""A leaf proved: that it was logged, by the tiles of its own month. Checked, then handed out.

A proof file (C2SP tlog-proof) needs nothing of ours to be checked: the entry, the log's public key,
and any implementation of RFC 9162.
"""

from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from archive.reading.as_sealed import UntrueBagError, sentence
from archive.reading.read_record import Record
from shared.months.bag import LOG
from shared.recordlog.errors import RecordLogError
from shared.recordlog.proof import Proof, format_proof, verify_proof


@dataclass(frozen=True)
class Proven:
    """A record, with the proof that it is in the log its month ends with."""

    record: Record
    proof: Proof

    @cached_property
    def file(self) -> bytes:
        """The `.tlog-proof` file."""
        return format_proof(self.proof)

    @property
    def manifest_line(self) -> str:
        """How the bag's manifest names the file that its line stands in."""
        path = self.record.file.path
        return f"{self.record.bag.files[path]}  {path}"

    @property
    def envelope_sha256(self) -> str:
        """Of the entry of the log, to the byte."""
        return sha256(self.record.line.envelope).hexdigest()

    @property
    def payload_sha256(self) -> str:
        """Of what the entry speaks of, to the byte, without salt."""
        return sha256(self.record.line.payload).hexdigest()


def prove_leaf(record: Record) -> Proven:
    """The proof, which holds; UntrueBagError."""
    bag = record.bag
    proof = bag.prove(record.index)
    try:
        keys = bag.keys.of_log(bag.sealed.origin)
        verify_proof(proof, record.line.envelope, keys, bag.sealed.origin)
    except RecordLogError as error:
        raise UntrueBagError(bag.month, LOG, sentence(error)) from error
    return Proven(record, proof)
