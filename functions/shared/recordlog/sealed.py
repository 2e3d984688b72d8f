"""Personal text of somebody who is not ours, sealed inside a leaf's payload, so it can be erased.

The payload goes into archives that nobody can delete from, so what stands there is ciphertext
(AES-256-GCM), one key for each leaf, and the key lies elsewhere. Destroying the key erases the
text everywhere at once; the leaf, its hash and every proof stay as they are, because they were
made of the ciphertext.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from shared.recordlog.canonical import JSON, canonical_json
from shared.recordlog.errors import LeafError, MalformedError

SEALED = "sealed"
"""Where the ciphertext stands in a payload."""

ALGORITHM = "A256GCM"
KEY_BYTES, NONCE_BYTES = 32, 12
BLOCK = 256
"""The text is filled up to a multiple of so many bytes: its length would tell short from long."""


@dataclass(frozen=True)
class Lock:
    """What seals one leaf, once: 32 fresh random bytes that are kept, 12 that are written."""

    key: bytes = field(repr=False)
    nonce: bytes


def seal(personal: Mapping[str, JSON], lock: Lock, leaf_id: str) -> Mapping[str, JSON]:
    """The text as it may stand in the payload of this leaf, and of no other."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # few leaves seal anything

    if len(lock.key) != KEY_BYTES or len(lock.nonce) != NONCE_BYTES:
        raise LeafError(f"A lock has {KEY_BYTES} bytes of key and {NONCE_BYTES} of nonce.")
    plain = canonical_json(personal)
    filled = plain.ljust(-(-len(plain) // BLOCK) * BLOCK)
    text = AESGCM(lock.key).encrypt(lock.nonce, filled, leaf_id.encode())
    spelled = (base64.b64encode(each).decode() for each in (lock.nonce, text))
    return dict(zip(("alg", "nonce", "text"), (ALGORITHM, *spelled), strict=True))


def unseal(payload: bytes, key: bytes, leaf_id: str) -> Mapping[str, JSON]:
    """The personal text in the payload of this leaf; MalformedError with any other key or leaf."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from shared.recordlog.note import decode_base64

    try:
        held = json.loads(payload)[SEALED]
        nonce, text = (decode_base64(str(held[name]), "sealed text") for name in ("nonce", "text"))
        plain = AESGCM(key).decrypt(nonce, text, leaf_id.encode())
    except (KeyError, TypeError, ValueError, InvalidTag) as error:
        raise MalformedError("sealed text", "this key does not open it") from error
    opened: dict[str, JSON] = json.loads(plain)
    return opened
