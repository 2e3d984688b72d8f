"""The shapes the policy check speaks in."""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from shared.posts.server_limits import Servers


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
    `expires` says that it will be taken down on a day that is set; `credits` are the lines that the
    words owe for their pictures, and `unasked` the numbers of those that show people who were not
    asked.
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
    credits: tuple[str, ...] = ()
    unasked: tuple[int, ...] = ()
    servers: Servers = ()
    """On which server of each platform it will stand: some tell their own limits."""

    others: tuple["Wording", ...] = ()
    """What some platforms say instead; `platforms` are then those that say `text`."""

    joined: bool = False
    """Whether it is a thread in one, as it stands nowhere."""

    def each(self) -> tuple["Candidate", ...]:
        """Every wording as a candidate of its own. The pictures are judged once, with `text`; the
        credit that they are owed is owed by all."""
        own = replace(self, others=())
        told = replace(own, alts=(), unasked=())
        return (
            own,
            *(
                replace(
                    told,
                    text=wording.text,
                    platforms=wording.platforms,
                    credits=() if wording.further else self.credits,
                    joined=wording.joined,
                )
                for wording in self.others
            ),
        )


@dataclass(frozen=True)
class Wording:
    """Words that stand on these platforms only; on none of them, if they stand on a card."""

    text: str
    platforms: tuple[str, ...]
    joined: bool = False
    """Whether it is the parts of a thread in one, which stand nowhere like this: it is read for
    what only shows across its parts."""

    further: bool = False
    """Whether it is a part of a thread behind the first, which has the pictures."""


@dataclass(frozen=True)
class Finding:
    """One thing wrong: which words (`start`, `end` are code point offsets into the text as typed),
    which rule, whose rule (`source` is the clause), and how to put it right. `wording` counts the
    wordings: 0 is the common words, the others are `Candidate.others` from 1."""

    rule: str
    severity: Severity
    start: int
    end: int
    message: str
    suggestion: str
    source: str
    wording: int = 0

    def as_dict(self) -> dict[str, object]:
        """JSON-ready, severity as its word; the wording only where it is not the common one."""
        told = {**asdict(self), "severity": self.severity.value}
        return told if self.wording else {k: v for k, v in told.items() if k != "wording"}


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
