"""The shapes the policy check speaks in."""

from dataclasses import asdict, dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: it blocks, asks for a second person, or advises."""

    BLOCK = "block"
    REVIEW = "review"
    ADVISE = "advise"


@dataclass(frozen=True)
class Candidate:
    """What is checked: the words and their circumstances, in the fields of the labelled corpus.

    `platforms` are names; `author_role` and `account_level` are the registry's words; `kind` is
    original, reshare, reply or correction; `alts` is the alt text of each picture, in order;
    `expires` says that it will be taken down on a day that is set.
    """

    text: str
    platforms: tuple[str, ...]
    author_role: str
    account_level: str
    critical_incident: bool = False
    kind: str = "original"
    reshare_of: str | None = None
    alts: tuple[str, ...] = ()
    expires: bool = False


@dataclass(frozen=True)
class Finding:
    """One thing wrong: which words (`start`, `end` are code point offsets into the text as typed),
    which rule, whose rule (`source` is the clause), and how to put it right."""

    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str
    source: str

    def as_dict(self) -> dict[str, object]:
        """JSON-ready, severity as its word."""
        return {**asdict(self), "severity": self.severity.value}


@dataclass(frozen=True)
class Verdict:
    """`outcome` is clear, review or blocked: the gravest finding decides; advice never does.

    `second_reader` is the version that read the post too, or why it did not; None: nobody asked it.
    """

    findings: tuple[Finding, ...]
    policy_version: str
    second_reader: str | None = None

    @property
    def outcome(self) -> str:
        weights = {finding.severity for finding in self.findings}
        if Severity.BLOCK in weights:
            return "blocked"
        return "review" if Severity.REVIEW in weights else "clear"
