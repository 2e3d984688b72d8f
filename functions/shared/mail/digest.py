"""One letter a person a morning: whatever is told and is not urgent is gathered into it.

The story: each matter says what it is about, in one line, and to whom; whoever is told of several
gets one letter with all of them, those about the same thing together. What cannot wait has letters
of its own, at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.accounts.registry import Person
from shared.mail.morning_letter import MorningLetter


@dataclass(frozen=True)
class Matter:
    """Something to tell: `about` begins its line and keeps what is alike together; `where` is the
    page where it is seen to, as a path, if there is one."""

    about: str
    line: str
    to: tuple[Person, ...]
    where: str = ""


def gathered(matters: Iterable[Matter], link: str) -> dict[str, MorningLetter]:
    """Each address and its letter; nothing stands twice in one, and nobody gets two."""
    lines: dict[str, list[tuple[str, str]]] = {}
    names: dict[str, str] = {}
    for matter in matters:
        for person in matter.to:
            names.setdefault(person.email, person.name)
            mine, said = lines.setdefault(person.email, []), (matter.about, _whole(matter, link))
            if said not in mine:
                mine.append(said)
    return {email: MorningLetter(names[email], _lines(mine), link) for email, mine in lines.items()}


def _whole(matter: Matter, link: str) -> str:
    where = f" ({link.rstrip('/')}{matter.where})" if matter.where else ""
    return f"{matter.about}: {matter.line}{where}"


def _lines(said: list[tuple[str, str]]) -> tuple[str, ...]:
    order = list(dict.fromkeys(about for about, _ in said))
    return tuple(line for _, line in sorted(said, key=lambda each: order.index(each[0])))
