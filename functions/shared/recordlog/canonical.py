"""Canonical JSON (RFC 8785) for the values the log commits to: no floats, so no number puzzles."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from shared.recordlog.errors import LeafError

JSON: TypeAlias = "bool | int | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What may stand in a payload. `float` and `bytes` are refused when the bytes are made."""

MAX_EXACT_INTEGER = 2**53 - 1
"""Beyond it a reader in another language would read a different number (RFC 8785 §3.2.2.3)."""

MAX_DEPTH = 64


def canonical_json(value: JSON) -> bytes:
    """UTF-8 bytes of `value` in the one form RFC 8785 allows; LeafError for what has none."""
    try:
        return json.dumps(
            _ordered(value, MAX_DEPTH), ensure_ascii=False, separators=(",", ":")
        ).encode()
    except UnicodeEncodeError as error:
        raise LeafError("A text holds half a surrogate pair, which has no UTF-8 form.") from error


def _ordered(value: object, depth: int) -> object:
    if depth == 0:
        raise LeafError(f"A record may be nested {MAX_DEPTH} deep, not more.")
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int):
        if abs(value) > MAX_EXACT_INTEGER:
            raise LeafError(f"The number {value} is too large to be read alike everywhere.")
        return value
    if isinstance(value, list | tuple):
        return [_ordered(item, depth - 1) for item in value]
    if isinstance(value, Mapping):
        return {key: _ordered(value[key], depth - 1) for key in sorted(value, key=_sort_key)}
    raise LeafError(f"A {type(value).__name__} cannot stand in a record.")


def _sort_key(key: object) -> bytes:
    if not isinstance(key, str):
        raise LeafError(f"The key {key!r} of a record is not a text.")
    # RFC 8785 §3.2.3 orders by UTF-16 code units, which differs from code points above U+FFFF.
    return key.encode("utf-16-be")
