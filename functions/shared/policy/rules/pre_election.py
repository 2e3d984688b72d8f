"""Before an election nothing goes out that could favour anybody."""

from collections.abc import Iterator

from shared.policy.findings import finding, quoted
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "pre-election"


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Politics in a dated period before an election (policy.md B22)."""
    period = pack.period()
    if not period:
        return
    for told in pack.term_list("political").phrases.find_apart(reading.words):
        span = reading.typed(*reading.words.span(told.first, told.last))
        words = quoted(reading.text[slice(*span)])
        yield finding(
            RULE,
            reading,
            pack,
            span=span,
            message=f"{words} may be political, and until {period.last:%d %B %Y} it is the time "
            "before an election.",
            suggestion=f"Leave out {words}, or wait until the election is over.",
        )
