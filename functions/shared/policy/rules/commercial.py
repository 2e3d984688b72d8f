"""Nothing that helps one bidder against another."""

from collections.abc import Iterator

from shared.policy.findings import finding, quoted
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.rules.external_link import leads_to_allowed
from shared.policy.verdict import Finding

RULE = "commercial"


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Prices, bids and bidders that are not published (policy.md N16)."""
    for told in pack.term_list("commercial").phrases.find_apart(reading.words):
        if leads_to_allowed(reading, pack):
            return
        span = reading.typed(*reading.words.span(told.first, told.last))
        words = quoted(reading.text[slice(*span)])
        yield finding(
            RULE,
            reading,
            pack,
            span=span,
            message=f"{words} sounds commercially sensitive.",
            suggestion=f"Leave out {words}, or link to the official page that has published it.",
        )
