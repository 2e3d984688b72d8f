"""What goes with a month: everything that tables hold of a thing, once no kept month names it.

A thing is a post, a picture, a deletion, a takedown and so on. Leaves name it in their subject, or
somewhere in what they say; both count, and both are found by the shape of the name alone. The last
of the months that name a thing takes it along: until then it stays, and so does whatever it speaks
of itself, because its page would lead there.

Nothing here reads or removes anything.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

_SUBJECT = re.compile(rb'"subject":"(([a-z_]+):([^"@\\]{1,200}))')
# Until the year 3084 they begin with a nought; looking for that first is four times faster.
_ULID = re.compile(rb"0[0-9A-HJKMNP-TV-Z]{25}")


WHOLE = frozenset({b"check", b"drift"})
"""Nouns of things that are called as their leaves' subject is; all others by what is behind the
colon."""


class Kind(StrEnum):
    """What a thing is, one word for one table."""

    POST = "post"
    PICTURE = "picture"
    DELETION = "deletion"
    EXCEPTION = "exception"
    TAKEDOWN = "takedown"
    BLOCK = "block"
    MENTION = "mention"
    CHECK = "check"
    REVIEW = "review"
    REMINDER = "reminder"
    INCIDENT = "incident"
    ERASURE = "erasure"
    DRIFT = "drift"
    IMPOSTOR = "impostor"
    SAMPLE = "sample"
    REPORT = "report"


@dataclass(frozen=True)
class Remains:
    """What tables hold of one thing: `name` as leaves have it, the names its rows speak of, whether
    it `is_over` (nobody waits for anything of it), whose it is as legal holds would say it
    (`account:leek-npt`, `person:` and their id), and in `kept` why it has to stay although it is
    over, a sentence each."""

    kind: Kind
    name: str
    speaks_of: frozenset[str] = frozenset()
    is_over: bool = True
    about: frozenset[str] = frozenset()
    kept: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[Kind, str]:
        """What it is told apart by: a block has the name of the takedown it came with."""
        return self.kind, self.name


def names_in(line: bytes) -> frozenset[str]:
    """Every name of a thing that stands in a leaf: an envelope, a whole line of a month, or several
    of either. Ids of other leaves are among them; no thing is called so."""
    found = {name.decode() for name in _ULID.findall(line)}
    for whole, kind, name in _SUBJECT.findall(line):
        found.add((whole if kind in WHOLE else name).decode("utf-8", "replace"))
    return frozenset(found)


def found_from(
    names: AbstractSet[str], find: Callable[[AbstractSet[str]], Iterable[Remains]]
) -> tuple[Remains, ...]:
    """All that there is of these names, and of what those speak of in turn; what leads to others
    comes before them, so that whoever removes from the end and is killed finds the rest again."""
    asked, found, wanted = set(names), list[Remains](), set(names)
    while wanted:
        several = sorted(find(wanted), key=lambda each: each.key)
        found += several
        wanted = {name for each in several for name in each.speaks_of} - asked
        asked |= wanted
    return tuple(found)


def going(found: Iterable[Remains], named: AbstractSet[str]) -> tuple[Remains, ...]:
    """Those that may go, in the order they came: they are over, no kept leaf has their name
    (`named`), and nothing that stays speaks of them."""
    every = tuple(found)
    stays = set(_staying(every, named))
    return tuple(each for each in every if each.name not in stays)


def _staying(every: tuple[Remains, ...], named: AbstractSet[str]) -> Iterator[str]:
    by_name: dict[str, list[Remains]] = {}
    for each in every:
        by_name.setdefault(each.name, []).append(each)
    seen = {each.name for each in every if each.name in named or not each.is_over}
    waiting = deque(seen)
    while waiting:
        name = waiting.popleft()
        yield name
        for each in by_name[name]:
            others = {other for other in each.speaks_of if other in by_name} - seen
            seen |= others
            waiting.extend(others)


def why_kept(those: Iterable[Remains], held: AbstractSet[str]) -> tuple[str, ...]:
    """Why some of what would go has to stay, a sentence each, the same one once. `held` is what
    legal holds in force are about, as they spell it; of names nothing is said here."""
    why: dict[str, None] = {}
    for each in those:
        why.update(dict.fromkeys(each.kept))
        if held & {*each.about, f"{each.kind.value}:{each.name}"}:
            why[f"a legal hold keeps a {each.kind.value} in it"] = None
    return tuple(why)
