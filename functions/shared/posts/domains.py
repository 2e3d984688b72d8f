"""Top-level domains: the names that make `something.name` an address (IANA's, as X counts them)."""

from functools import cache
from pathlib import Path


@cache
def top_level_domains() -> frozenset[str]:
    """Every known top-level domain, lower case, those in other scripts included."""
    listed = Path(__file__).with_name("top_level_domains.txt").read_text(encoding="utf-8")
    return frozenset(listed.split())


@cache
def longest() -> int:
    """Code points of the longest name in the list."""
    return max(map(len, top_level_domains()))
