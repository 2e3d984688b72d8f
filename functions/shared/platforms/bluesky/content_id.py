"""What a record is called by its content: the CID that the server must arrive at too.

A CIDv1 is version, codec, hash function (0x12, 32 bytes) and SHA-256; a record's is taken over its
canonical DAG-CBOR (RFC 8949 §4.2.3 key order, shortest lengths, links as tag 42), a picture's
over its raw bytes. Atproto's data model has no floating point numbers.
"""

import base64
import hashlib
from collections.abc import Mapping

RAW, DAG_CBOR = 0x55, 0x71

_UNSIGNED, _NEGATIVE, _BYTES, _TEXT, _LIST, _MAP, _TAG = range(7)
_LINK_TAG = 42
_IN_HEAD = 24
_SIMPLE = {False: b"\xf4", True: b"\xf5", None: b"\xf6"}


def record_cid(record: Mapping[str, object]) -> str:
    """The CID of a record given in atproto's JSON form."""
    return _cid(DAG_CBOR, hashlib.sha256(dag_cbor(record)).digest())


def picture_cid(sha256_hex: str) -> str:
    """The CID of a picture of which only the hash is at hand."""
    return _cid(RAW, bytes.fromhex(sha256_hex))


def dag_cbor(value: object) -> bytes:
    """Canonical bytes of `value`; TypeError for what the data model does not hold."""
    match value:
        case None | bool():
            return _SIMPLE[value]
        case int():
            return _head(_UNSIGNED, value) if value >= 0 else _head(_NEGATIVE, -1 - value)
        case str():
            return _sized(_TEXT, value.encode())
        case bytes():
            return _sized(_BYTES, value)
        case list() | tuple():
            return _head(_LIST, len(value)) + b"".join(dag_cbor(item) for item in value)
        case {"$link": str(link), **rest} if not rest:
            # A leading zero byte marks a binary CID inside the tag.
            return _head(_TAG, _LINK_TAG) + _sized(_BYTES, b"\x00" + _unbase32(link))
        case {"$bytes": str(data), **rest} if not rest:
            return _sized(_BYTES, base64.b64decode(data + "=" * (-len(data) % 4)))
        case Mapping():
            return _map(value)
    raise TypeError(f"The atproto data model holds no {type(value).__name__}.")


def _map(value: Mapping[object, object]) -> bytes:
    entries = []
    for name, item in value.items():
        if not isinstance(name, str):
            raise TypeError("The keys of an atproto map are text.")
        entries.append((name.encode(), dag_cbor(item)))
    # Shorter keys first, then byte by byte: a plain sort would be another record's hash.
    entries.sort(key=lambda entry: (len(entry[0]), entry[0]))
    return _head(_MAP, len(entries)) + b"".join(_sized(_TEXT, n) + item for n, item in entries)


def _sized(major: int, data: bytes) -> bytes:
    return _head(major, len(data)) + data


def _head(major: int, number: int) -> bytes:
    """Major type and argument in the fewest bytes; OverflowError beyond 64 bits."""
    if number < _IN_HEAD:
        return bytes([major << 5 | number])
    for size, marker in ((1, 24), (2, 25), (4, 26)):
        if number < 1 << 8 * size:
            return bytes([major << 5 | marker]) + number.to_bytes(size)
    return bytes([major << 5 | 27]) + number.to_bytes(8)


def _cid(codec: int, digest: bytes) -> str:
    raw = bytes([1, codec, 0x12, len(digest)]) + digest
    return "b" + base64.b32encode(raw).decode().lower().rstrip("=")


def _unbase32(cid: str) -> bytes:
    """The bytes of a base-32 CID; ValueError for another base."""
    if not cid.startswith("b"):
        raise ValueError("Only base-32 CIDs are known here.")
    body = cid[1:].upper()
    return base64.b32decode(body + "=" * (-len(body) % 8))
