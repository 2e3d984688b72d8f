"""Colleagues' own accounts are left alone."""

import re
from collections.abc import Iterator

from shared.policy.findings import finding
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "colleagues"

_MOST_NAMED = 100
"""A text with more signs than this speaks to nobody, and reading them all would cost too much."""

_NAMED = re.compile(r"(?<![\w@.])@(\w[\w.-]*+)")


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """A mention, reply or reshare of a colleague's own account, if its owner is on the list
    (policy.md N23)."""
    if not pack.colleagues or not reading.text:
        return
    source = reading.candidate.reshare_of
    if source is not None and pack.is_colleague(source):
        yield _found(reading, pack, (0, len(reading.text)), source, "Do not reshare it.")
    named = 0 < reading.plain.count("@") <= _MOST_NAMED
    for one in _NAMED.finditer(reading.plain) if named else ():
        handle = one[1].rstrip(".-")
        if pack.is_colleague(handle) or pack.is_colleague(handle.partition(".")[0]):
            span = reading.typed(one.start(), one.start(1) + len(handle))
            typed = reading.text[slice(*span)]
            yield _found(reading, pack, span, typed, f"Leave out {typed}.")


def _found(
    reading: Reading, pack: Pack, span: tuple[int, int], handle: str, suggestion: str
) -> Finding:
    return finding(
        RULE,
        reading,
        pack,
        span=span,
        message=f"{handle} is the own account of a colleague, who has asked to be left alone.",
        suggestion=suggestion,
    )
