"""How a rule says what it found."""

from shared.policy.pack import Pack
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

LONGEST_QUOTE = 60


def finding(
    rule: str,
    reading: Reading,
    pack: Pack,
    *,
    span: tuple[int, int],
    message: str,
    suggestion: str,
    case: str = "",
) -> Finding:
    """A finding with the severity and source the pack gives; `span` is in the text as typed."""
    return Finding(
        rule=rule,
        severity=pack.severity(rule, reading.candidate, case),
        start=span[0],
        end=span[1],
        message=message,
        suggestion=suggestion,
        source=pack.rule(rule).source,
    )


def listed(words: list[str], last: str = "and") -> str:
    """One, two and three."""
    return f" {last} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else words[0]


def quoted(words: str) -> str:
    """Words in quotation marks, on one line, shortened if they are many."""
    line = " ".join(words.split())
    return f"“{line}”" if len(line) <= LONGEST_QUOTE else f"“{line[:LONGEST_QUOTE]}…”"
