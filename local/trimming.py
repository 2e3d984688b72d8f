"""Takes out of a style sheet what no page can use, so that a phone on a bad line loads less.

A rule goes when one of its classes appears in none of the sources that make pages. Whatever is
doubtful stays: element selectors, classes inside `:not(...)`, and everything a source builds from
a beginning and a variable (`govuk-tag--{{ colour }}`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PIECE = re.compile(r"\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'|/\*.*?\*/|[{};]", re.DOTALL)
_CLASS = re.compile(r"\.((?:\\.|[\w-])+)")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_COMMA = re.compile(r",(?![^(\[]*[)\]])")


@dataclass(frozen=True)
class Vocabulary:
    """The class names that pages can bear: whole words, and beginnings that variables complete."""

    words: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, *sources: str) -> "Vocabulary":
        """Every word of these templates and scripts may be a class name."""
        text = "\n".join(sources)
        return cls(
            frozenset(re.findall(r"[A-Za-z_][\w-]*", text)),
            tuple(sorted(set(re.findall(r"([A-Za-z_][\w-]*-)\{\{", text)))),
        )

    def knows(self, name: str) -> bool:
        """Whether a page may bear this class."""
        return name in self.words or name.startswith(self.beginnings)


def trimmed(css: str, vocabulary: Vocabulary) -> str:
    """The style sheet without the rules that no page can use, in the same order."""
    return "".join(_kept(head, body, vocabulary) for head, body in _rules(css))


def _kept(head: str, body: str | None, vocabulary: Vocabulary) -> str:
    if body is None:
        return f"{head};"
    if head.startswith(("@media", "@supports")):
        inner = trimmed(body, vocabulary)
        return f"{head}{{{inner}}}" if inner else ""
    if not head.startswith("@"):
        head = ",".join(one for one in _COMMA.split(head) if _usable(one, vocabulary))
    return f"{head}{{{body}}}" if head else ""


def _usable(selector: str, vocabulary: Vocabulary) -> bool:
    outside = _IN_BRACKETS.sub("", selector)
    return all(vocabulary.knows(name) for name in _CLASS.findall(outside))


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Heads and bodies of the outermost rules; a body of None is a statement without one."""
    depth, start, opened = 0, 0, 0
    for piece in _PIECE.finditer(css):
        match piece.group():
            case "{":
                opened = piece.end() if depth == 0 else opened
                depth += 1
            case "}":
                depth -= 1
                if depth == 0:
                    yield css[start : opened - 1].strip(), css[opened : piece.start()]
                    start = piece.end()
            case ";" if depth == 0:
                yield css[start : piece.start()].strip(), None
                start = piece.end()
