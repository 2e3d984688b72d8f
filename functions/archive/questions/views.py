"""The views of `views.sql`: taken apart by name, and put before a question.

A question is answered as of a size of the log. DuckDB is given the views once, with a variable in
its place; Athena gets those that a question needs before it, as `WITH`. The text is the same.
"""

import re
from functools import cache
from pathlib import Path

from archive.questions.errors import NoSuchViewError

EVERYTHING = 2**63 - 1
"""As if the log had this size: whatever there is, is known."""

_HEAD = re.compile(r"^-- view (?P<name>[a-z]+): (?P<says>.+)$", re.MULTILINE)
_WORD = re.compile(r"[a-z_]+")


@cache
def views() -> dict[str, str]:
    """The text of each view by its name, in the order in which they are made of one another."""
    text = Path(__file__).with_name("views.sql").read_text("utf-8")
    heads = list(_HEAD.finditer(text))
    ends = [*(head.start() for head in heads[1:]), len(text)]
    return {
        head["name"]: text[head.end() : end].strip() for head, end in zip(heads, ends, strict=True)
    }


def view(name: str) -> str:
    """The text of one view; NoSuchViewError."""
    try:
        return views()[name]
    except KeyError as error:
        raise NoSuchViewError(name) from error


def made(size: str) -> dict[str, str]:
    """The views with the size of the log spelled so."""
    return {name: text.replace("{size}", size) for name, text in views().items()}


def as_of(question: str, size: int = EVERYTHING) -> str:
    """The question with the views it needs before it, on what was known at that size of the log."""
    needed = _needed(question)
    texts = {name: text for name, text in made(str(int(size))).items() if name in needed}
    before = ",\n".join(f"{name} AS (\n{text}\n)" for name, text in texts.items())
    return f"WITH {before}\n{question}" if before else question


def _needed(text: str) -> set[str]:
    """The views that a text names, and those that they are made of."""
    named = {word for word in _WORD.findall(text) if word in views()}
    for name in tuple(named):
        named |= _needed_by(name)
    return named


@cache
def _needed_by(name: str) -> frozenset[str]:
    # The steps of a view are its own columns and the views above it, never itself.
    above = list(views())[: list(views()).index(name)]
    direct = {word for word in _WORD.findall(views()[name]) if word in above}
    return frozenset(direct.union(*(_needed_by(each) for each in direct)))
