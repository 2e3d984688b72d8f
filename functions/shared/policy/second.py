"""The second reader's place: it reads a post once more, at the door, and may only ask for review.

Who it is (a model of our own, a service of Amazon's, nobody) is for the adapters in
`shared.readers`; here is what each gives and what becomes of it. A post never stops because the
second reader is absent, late or broken: the verdict then says that it did not read, and why.

SecondReaderError
├── NoSecondReaderError       there is none under the name it was given
├── SlowSecondReaderError     it did not answer in time
├── BrokenSecondReaderError   it answered that it cannot read, or could not be reached
└── GarbledReadingError       its answer is no reading of this post
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from shared.policy.pack import Pack
from shared.policy.suspicions import suspicion_of
from shared.policy.verdict import Candidate, Finding, Severity, Verdict

LONGEST_VERSION = 100
MOST_SUSPECTED = 100


class SecondReaderError(Exception):
    """Root of what can keep a post from being read again; `plainly` is why, as records tell it."""

    plainly = "it failed"


class NoSecondReaderError(SecondReaderError):
    """There is no second reader under the name it was given."""

    plainly = "there is none"


class SlowSecondReaderError(SecondReaderError):
    """The second reader did not answer in time."""

    plainly = "it took too long"


class BrokenSecondReaderError(SecondReaderError):
    """The second reader could not be reached, or answered that it cannot read."""

    plainly = "it could not"


class GarbledReadingError(SecondReaderError):
    """The second reader's answer is no reading of this post."""

    plainly = "its answer made no sense"


@dataclass(frozen=True)
class Suspected:
    """A rule that seems broken, how probably, and by which words (code points, as typed)."""

    rule: str
    probability: float
    start: int
    end: int


@dataclass(frozen=True)
class SecondReading:
    """What the second reader says of one post; `version` names the reader."""

    version: str
    suspected: tuple[Suspected, ...]


class SecondReader(Protocol):
    """Reads a candidate again: its words are never kept, and leave the force's account only where
    the force has chosen a reader that is elsewhere.
    """

    def read(self, candidate: Candidate) -> SecondReading:
        """Its reading, or SecondReaderError, within seconds."""


def with_second(verdict: Verdict, reading: SecondReading, pack: Pack, wording: int = 0) -> Verdict:
    """The verdict and what the second reader suspects besides in one wording: `review`, for rules
    of the pack that were not found at review or block before."""
    settled = {one.rule for one in verdict.findings if one.severity is not Severity.ADVISE}
    found = list(verdict.findings)
    for one in sorted(reading.suspected, key=lambda one: -one.probability):
        if one.rule in settled or one.rule not in pack.rules:
            continue
        settled.add(one.rule)
        found.append(replace(_finding(one, pack), wording=wording))
    found.sort(key=lambda one: (one.wording, one.start))
    return replace(verdict, findings=tuple(found), second_reader=reading.version)


def unread(verdict: Verdict, error: SecondReaderError) -> Verdict:
    """The verdict as it was, saying that the second reader did not read."""
    return replace(verdict, second_reader=f"did not read, {error.plainly}")


def reading_of(answer: object, text: str) -> SecondReading:
    """A reading from `{version, read: [{rule, probability, start, end}]}`; GarbledReadingError."""
    if not isinstance(answer, Mapping):
        raise GarbledReadingError("The answer is no object.")
    version, read = answer.get("version"), answer.get("read")
    if not (isinstance(version, str) and 0 < len(version) <= LONGEST_VERSION):
        raise GarbledReadingError("The answer has no version.")
    if not (isinstance(read, list) and len(read) <= MOST_SUSPECTED):
        raise GarbledReadingError("The answer has no list of what was read.")
    return SecondReading(version, tuple(_suspected(one, text) for one in read))


def _suspected(one: object, text: str) -> Suspected:
    if not isinstance(one, Mapping):
        raise GarbledReadingError("Something that was read is no object.")
    rule, start, end = one.get("rule"), one.get("start"), one.get("end")
    if not isinstance(rule, str):
        raise GarbledReadingError("Something that was read has no rule.")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        raise GarbledReadingError("Something that was read lies outside the text.")
    return Suspected(rule, probability_of(one.get("probability")), start, end)


def probability_of(value: object) -> float:
    """A number from 0 to 1, or GarbledReadingError."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise GarbledReadingError("Something that was read has no probability.")
    return float(value)


def _finding(one: Suspected, pack: Pack) -> Finding:
    suspicion = suspicion_of(one.rule)
    return Finding(
        rule=one.rule,
        severity=Severity.REVIEW,
        start=one.start,
        end=one.end,
        message=suspicion.message,
        suggestion=suspicion.suggestion,
        source=pack.rule(one.rule).source,
    )
