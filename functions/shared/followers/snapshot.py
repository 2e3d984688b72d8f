"""Who was in a list when it was read last: marks that tell the same from new, and nobody's name.

A mark is eight bytes of a keyed hash of the platform's own id. The key lies with the marks of one
list and changes with it, so that marks of two lists cannot be laid side by side (B25).
"""

import hashlib
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

MARK_BYTES = 8
SALT_BYTES = 16
FEW = 20
"""Below this many a list may well lose half."""


@dataclass(frozen=True)
class Change:
    """What changed between two lists: how many are new and how many are gone."""

    new: int
    gone: int


def marks(platform_ids: Iterable[str], salt: bytes) -> list[bytes]:
    """What stands for each of these in one list."""
    keyed = hashlib.blake2b(digest_size=MARK_BYTES, key=salt)  # the key is taken in once for all
    found = []
    for each in platform_ids:
        hashed = keyed.copy()
        # surrogatepass: whatever a stranger's server sends has a mark.
        hashed.update(each.encode(errors="surrogatepass"))
        found.append(hashed.digest())
    return found


def joined(found: AbstractSet[bytes]) -> bytes:
    """Marks as they are kept: one behind the other, in order."""
    return b"".join(sorted(found))


def parted(kept: bytes) -> Iterator[bytes]:
    """The marks in what `joined` made; ValueError for half a mark."""
    if len(kept) % MARK_BYTES:
        raise ValueError("half a mark")
    return (kept[at : at + MARK_BYTES] for at in range(0, len(kept), MARK_BYTES))


def change(before: frozenset[bytes], after: frozenset[bytes]) -> Change:
    """How two lists differ."""
    return Change(len(after - before), len(before - after))


def doubt(count: int, before: int | None, told: int | None, most: int) -> str:
    """Why a list of `count` people is not believed; empty where it is.

    `before` is how many there were (None: nobody read it before), `told` how many the platform
    itself counts (None: it does not tell). Whoever is doubted changes nothing that was known.
    """
    if count > most:
        return f"There are more than {most:,} people in it; look at it there, a part each month."
    if before and count == 0 and (told != 0 or before >= FEW):
        return f"The platform showed nobody, where there were {before:,}."
    if told is not None and _is_about(count, told):
        return ""
    if told is not None and count == 0:
        return f"The platform showed nobody, and counts {told:,}."
    if before is not None and before >= FEW and count * 2 < before:
        return f"The platform showed {count:,}, where there were {before:,}."
    return ""


def _is_about(count: int, told: int) -> bool:
    """Platforms count those whom they do not show: the suspended, the hidden."""
    return abs(count - told) * 10 <= max(told, FEW // 2)
