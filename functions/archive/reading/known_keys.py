"""The public keys an auditor was given, or finds in a bag: the log's, the archive's, witnesses'.

A key is known by its name: the log signs as `<domain>/record-log`, which is its origin, the archive
as `<domain>/archive`. Neither may stand in for the other.
"""

from dataclasses import dataclass

from shared.recordlog.cosignature import WitnessKey, parse_witness_key
from shared.recordlog.errors import MalformedError
from shared.recordlog.note import VerifierKey, parse_key

MOST = 100
"""Keys in one file: a force changes its keys every few years."""


@dataclass(frozen=True)
class Keys:
    """Keys that sign checkpoints and notes, and those of witnesses."""

    signers: tuple[VerifierKey, ...]
    witnesses: tuple[WitnessKey, ...] = ()

    def of_log(self, origin: str) -> tuple[VerifierKey, ...]:
        """Those that sign the checkpoints of this log."""
        return tuple(key for key in self.signers if key.name == origin)

    def of_archive(self, origin: str) -> tuple[VerifierKey, ...]:
        """Those that sign the months of this log."""
        name = f"{origin.partition('/')[0]}/archive"
        return tuple(key for key in self.signers if key.name == name)

    def __add__(self, other: "Keys") -> "Keys":
        return Keys(self.signers + other.signers, self.witnesses + other.witnesses)

    def __str__(self) -> str:
        return "".join(f"{key}\n" for key in (*self.signers, *self.witnesses))


def read_keys(text: str) -> Keys:
    """The keys of a file, one a line; MalformedError for what is none."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) > MOST:
        raise MalformedError("list of keys", f"it has {len(lines)} lines, not 1 to {MOST}")
    signers: list[VerifierKey] = []
    witnesses: list[WitnessKey] = []
    for line in lines:
        try:
            signers.append(parse_key(line))
        except MalformedError:
            witnesses.append(parse_witness_key(line))
    return Keys(tuple(signers), tuple(witnesses))
