"""Nothing that carries a protective marking, or that was plainly written for insiders."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from shared.policy.findings import finding
from shared.policy.markings import Vocabulary, marks_in
from shared.policy.pack import Pack
from shared.policy.phrases import Found
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "protective-marking"
HANDLING = "handling"

_TERMS = ("marks", "marks-always", "marks-excused", "marking-caveats")
_LONGEST_QUOTE = 60
_REMOVE = "Do not publish this text; write what the public may know in words of your own."
_ASK = "If this was written for insiders, do not publish it; if not, leave these words out."


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Markings old and new, and words from inside (policy.md N07, B17)."""
    marked = False
    for mark in marks_in(reading, _vocabulary(pack)):
        marked = True
        start, end = reading.typed(mark.start, mark.end)
        yield finding(
            RULE,
            reading,
            pack,
            span=(start, end),
            message=_message(reading.text[start:end], mark.certain),
            suggestion=_REMOVE,
            case="" if mark.certain else HANDLING,
        )
    for found in pack.term_list("marking-phrases").phrases.find(reading.words):
        marked = True
        start, end = reading.typed(*reading.words.span(found.first, found.last))
        yield finding(
            RULE,
            reading,
            pack,
            span=(start, end),
            message=_message(reading.text[start:end], certain=True),
            suggestion=_REMOVE,
        )
    if not marked:
        yield from _from_inside(reading, pack)


def _from_inside(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """One phrase of those who handle papers, or two words of the trade."""
    found = next(pack.term_list("handling").phrases.find(reading.words), None)
    if found:
        first, last = found.first, found.last
    else:
        cues = list(islice(_distinct(pack.term_list("handling-cues").phrases.find(reading.words)), 2))
        if len(cues) < 2:
            return
        first, last = cues[0].first, cues[1].last
    span = reading.typed(*reading.words.span(first, last))
    yield finding(
        RULE,
        reading,
        pack,
        span=span,
        message=f"“{_quoted(reading.text[slice(*span)])}” sounds like a text for insiders.",
        suggestion=_ASK,
        case=HANDLING,
    )


def _distinct(found: Iterator[Found]) -> Iterator[Found]:
    """The first place of each phrase, none within another's."""
    seen: set[str] = set()
    last = -1
    for one in found:
        if one.phrase not in seen and one.first > last:
            seen.add(one.phrase)
            last = one.last
            yield one


def _message(mark: str, certain: bool) -> str:
    if certain:
        return f"“{_quoted(mark)}” is a protective marking."
    return f"“{_quoted(mark)}” heads this post as a protective marking would."


def _quoted(words: str) -> str:
    """Words short enough to be quoted in a sentence, on one line."""
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"


@lru_cache(maxsize=8)
def _vocabulary_of(terms: tuple[tuple[str, ...], ...]) -> Vocabulary:
    marks, always, excused, caveats = terms
    return Vocabulary(marks, frozenset(always), excused, caveats)


def _vocabulary(pack: Pack) -> Vocabulary:
    """The pack's words for marks, made ready once."""
    return _vocabulary_of(tuple(pack.term_list(name).listed for name in _TERMS))
