"""Record keys: 13 characters that sort by time, decided before anything is sent."""

import hashlib
from datetime import UTC, datetime, timedelta

ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
"""Base 32 whose characters sort as their values do."""

LENGTH = 13
"""65 bits of base 32 hold one zero bit, 53 of microseconds and 10 that tell clocks apart."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def tid(now: datetime, key: str) -> str:
    """The key of the post `key` frozen at `now`: the same two always give the same TID.

    The millisecond comes from `now`; the microseconds below it and the clock's ten bits come from
    `key`, so that two posts frozen in one millisecond meet once in a million.
    """
    spread = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
    below, clock = spread % 1000, (spread // 1000) % 1024
    milliseconds = (now - _EPOCH) // timedelta(milliseconds=1)
    value = (milliseconds * 1000 + below) << 10 | clock
    return "".join(ALPHABET[(value >> 5 * place) & 31] for place in reversed(range(LENGTH)))
