"""Nothing that carries a protective marking, or that was plainly written for insiders."""

from collections.abc import Iterator

from shared.policy.findings import finding, quoted
from shared.policy.judged import Sentences, judged
from shared.policy.markings import Mark, Vocabulary, marks_in
from shared.policy.pack import Pack
from shared.policy.phrases import Found
from shared.policy.reading import Reading
from shared.policy.verdict import Finding

RULE = "protective-marking"
HANDLING = "handling"

_TERMS = ("marks", "marks-always", "marks-heading", "marks-excused", "marking-caveats")
_REMOVE = "Do not publish this text; write what the public may know in words of your own."
_ASK = "If this was written for insiders, do not publish it; if not, leave these words out."
_SAY = Sentences("{words} sounds like a text for insiders.", _ASK)


def check(reading: Reading, pack: Pack) -> Iterator[Finding]:
    """Markings old and new, and words from inside (policy.md N07, B17)."""
    told = []
    for mark in _marks(reading, pack):
        told.append((mark.start, mark.end))
        yield _marked(reading, pack, mark)
    inside = None if told else _from_inside(reading, pack)
    if inside:
        told.append(reading.words.span(*inside))
        span = reading.typed(*told[0])
        words = quoted(reading.text[slice(*span)])
        message = _SAY.message.format(words=words)
        yield finding(
            RULE, reading, pack, span=span, message=message, suggestion=_ASK, case=HANDLING
        )
    yield from judged(RULE, reading, pack, _SAY, told=told, strict=True)


def _marked(reading: Reading, pack: Pack, mark: Mark) -> Finding:
    """A marking that was found."""
    span = reading.typed(mark.start, mark.end)
    words = quoted(reading.text[slice(*span)])
    return finding(
        RULE,
        reading,
        pack,
        span=span,
        message=f"{words} is a protective marking."
        if mark.certain
        else f"{words} heads this post as a protective marking would.",
        suggestion=_REMOVE,
        case="" if mark.certain else HANDLING,
    )


def _marks(reading: Reading, pack: Pack) -> Iterator[Mark]:
    """Markings of one word or two, and those that are phrases."""
    yield from marks_in(reading, _vocabulary(pack))
    for found in pack.term_list("marking-phrases").phrases.find(reading.words):
        yield Mark(*reading.words.span(found.first, found.last), certain=True)


def _from_inside(reading: Reading, pack: Pack) -> tuple[int, int] | None:
    """First and last word of what insiders are told: one phrase, or two words of the trade."""
    told = next(pack.term_list("handling").phrases.find(reading.words), None)
    if told:
        return told.first, told.last
    cues = _distinct(pack.term_list("handling-cues").phrases.find(reading.words))
    first, second = next(cues, None), next(cues, None)
    return (first.first, second.last) if first and second else None


def _distinct(found: Iterator[Found]) -> Iterator[Found]:
    """The first place of each phrase, none within another's."""
    seen: set[str] = set()
    last = -1
    for one in found:
        if one.phrase not in seen and one.first > last:
            seen.add(one.phrase)
            last = one.last
            yield one


def _vocabulary(pack: Pack) -> Vocabulary:
    """The pack's words for marks."""
    return Vocabulary(*(pack.term_list(name).listed for name in _TERMS))
