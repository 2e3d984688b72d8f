"""A witness as C2SP tlog-witness describes it, in memory: it remembers what it saw, and checks."""

import base64
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.recordlog.checkpoint import open_checkpoint
from shared.recordlog.cosignature import WitnessKey
from shared.recordlog.errors import ProofError, RecordLogError
from shared.recordlog.tree import EMPTY_ROOT, verify_consistency
from tests.unit.recordlog import logs


class Witness:
    """`seen` is the size and root it signed last; `answer` is (status, body) of a request."""

    def __init__(self, name="witness.example", seed=b"w" * 32, knows=(logs.SIGNER.key,)):
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        self.key = WitnessKey(name, self._private.public_key().public_bytes_raw())
        self.seen = (0, EMPTY_ROOT)
        self.now = 1_795_000_000
        self.asked = 0
        self._knows = knows

    def answer(self, body):
        self.asked += 1
        head, _, note = body.partition(b"\n\n")
        first, *lines = head.decode().split("\n")
        old = int(first.removeprefix("old "))
        try:
            checkpoint = open_checkpoint(note, self._knows, logs.ORIGIN)
        except RecordLogError:
            return 403, b""
        size, root = self.seen
        if old > checkpoint.size:
            return 400, b""
        if old != size or (size == checkpoint.size and root != checkpoint.root):
            return 409, b"%d\n" % size
        try:
            proof = [base64.b64decode(line) for line in lines]
            verify_consistency(size, checkpoint.size, root, checkpoint.root, proof)
        except ProofError:
            return 422, b""
        self.seen = (checkpoint.size, checkpoint.root)
        return 200, self.sign(note)

    def sign(self, note):
        text = note.rpartition(b"\n\n")[0] + b"\n"
        signed = self._private.sign(b"cosignature/v1\ntime %d\n%s" % (self.now, text))
        name, public = self.key.name, self.key.public_key
        key_id = sha256(f"{name}\n".encode() + b"\x04" + public).digest()[:4]
        value = base64.b64encode(key_id + self.now.to_bytes(8, "big") + signed).decode()
        return f"— {name} {value}\n".encode()


WITNESS = Witness()


def cosign(note, at):
    witness = Witness()
    witness.now = at
    return witness.sign(note)
