"""An appeal does not stay up when it is over."""

from collections.abc import Iterator

from shared.policy.findings import finding, quoted
from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.rules.external_link import leads_to_allowed
from shared.policy.verdict import Finding

RULE = "appeal-end"


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Wanted, missing and witness appeals without a day on which they end and without a page that
    is kept up to date (policy.md T07)."""
    candidate = reading.candidate
    if candidate.expires or candidate.kind not in {"original", "correction"}:
        return
    told = next(pack.term_list("appeals").phrases.find_apart(reading.words), None)
    if not told or leads_to_allowed(reading, pack):
        return
    span = reading.typed(*reading.words.span(told.first, told.last))
    yield finding(
        RULE,
        reading,
        pack,
        span=span,
        message=f"{quoted(reading.text[slice(*span)])} begins an appeal that nothing brings to an "
        "end.",
        suggestion="Link to the appeal’s page on the force’s site, where it is kept up to date.",
    )
