"""Names that pass for one of the force's own (policy F07): by their skeleton, or nearly.

A skeleton is what a hurried reader takes a name for: letters of other scripts, digits for letters,
capitals, accents and what stands between the letters are gone. Two names are alike if their
skeletons are equal, if a few letters make one of the other, or if one holds the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from shared.accounts.handles import folded
from shared.accounts.registry import Account
from shared.followers.someone import Someone
from shared.posts.names import PlatformName

SHORTEST = 6
"""Below this a name is a word that anybody may have."""

SHORTEST_FOR_TWO = 10
"""From here on two letters may differ, below one."""

SHORTEST_WITHIN = 8
"""From here on a name that holds ours is alike."""

BEGINNING = 9
"""Letters by which candidates are found: each more finds fewer, and takes a fifth longer."""

PIECE = 3
"""Letters of a piece. A beginning has one piece more than letters may differ, so that in a name
that is near one of them is whole, and no further from its place than letters may differ."""

_LETTERS = str.maketrans("0134578|!i", "olea" + "stb" + "lll")
_PAIRS = (("rn", "m"), ("vv", "w"))

_PLAIN = "".join(map(chr, range(128))).casefold().translate(_LETTERS)
_PLAIN_LETTERS = {at: read if read.isalnum() else None for at, read in enumerate(_PLAIN)}
"""What each sign of ASCII is taken for: of most names nothing else has to be asked."""


@dataclass(frozen=True)
class OurName:
    """A name that the force speaks under; `host` is the server it lives on."""

    platform: PlatformName
    name: str
    title: str
    host: str = ""


def our_names(accounts: Iterable[Account]) -> tuple[OurName, ...]:
    """Every name that an account of ours speaks under."""
    return tuple(
        OurName(handle.platform, handle.name, account.title, _host(handle.service))
        for account in accounts
        for handle in account.handles
    )


class OurNames:
    """The force's own names, ready to be compared with very many others."""

    def __init__(self, names: Iterable[OurName]) -> None:
        known = tuple(names)
        self._own = {(each.platform, spelt) for each in known for spelt in _spellings(each)}
        self._skeletons: dict[str, OurName] = {}
        self._titles: dict[str, OurName] = {}
        for each in known:
            self._skeletons.setdefault(skeleton(core(each.name)), each)
            self._titles.setdefault(skeleton(each.title), each)
        self._near: dict[str, set[str]] = {}
        for ours in self._skeletons:
            for less in without(ours[:BEGINNING], _may_differ(ours)):
                self._near.setdefault(less, set()).add(ours)
        self._pieces = _pieces(self._skeletons)
        self._beginnings: dict[str, list[str]] = {}
        for ours in self._skeletons:
            if len(ours) >= SHORTEST_WITHIN:
                self._beginnings.setdefault(ours[:SHORTEST_WITHIN], []).append(ours)

    def alike(self, platform: PlatformName, someone: Someone) -> OurName | None:
        """Which of ours somebody could be taken for, None if none or if they are ours."""
        if (platform, someone.handle.casefold().lstrip("@")) in self._own:
            return None
        theirs, title = skeleton(core(someone.handle)), skeleton(someone.name)
        if len(title) >= SHORTEST and title in self._titles:
            return self._titles[title]
        found = self._nearly(theirs) or self._within(theirs)
        return self._skeletons[found] if found else None

    def _nearly(self, theirs: str) -> str | None:
        if len(theirs) < SHORTEST or not self._has_piece(theirs):
            return None
        shared = self._near.keys() & without(theirs[:BEGINNING], _may_differ(theirs))
        near = set[str]().union(*(self._near[less] for less in shared))
        fitting = [ours for ours in near if is_near(ours, theirs)]
        return min(fitting, key=lambda ours: (distance(ours, theirs), ours), default=None)

    def _has_piece(self, theirs: str) -> bool:
        """Whether a piece of one of ours is about where it stands there; most people's names hold
        none, and nothing else has to be asked."""
        return any(theirs[at : at + PIECE] in some for at, some in self._pieces)

    def _within(self, theirs: str) -> str | None:
        held = (
            ours
            for at in range(len(theirs) - SHORTEST_WITHIN + 1)
            for ours in self._beginnings.get(theirs[at : at + SHORTEST_WITHIN], ())
            if theirs.startswith(ours, at)
        )
        return max(held, key=lambda ours: (len(ours), ours), default=None)


def _pieces(names: Iterable[str]) -> list[tuple[int, frozenset[str]]]:
    """The pieces of these names, by every place where one of a name that is near may begin."""
    found: dict[int, set[str]] = {}
    for name in names:
        if len(name) < SHORTEST:
            continue
        most = _may_differ(name)
        for start in range(0, PIECE * (most + 1), PIECE):
            for at in range(max(0, start - most), start + most + 1):
                found.setdefault(at, set()).add(name[start : start + PIECE])
    return [(at, frozenset(some)) for at, some in sorted(found.items())]


def is_near(ours: str, theirs: str) -> bool:
    """Whether so few letters differ that one is taken for the other."""
    shorter, longer = sorted((ours, theirs), key=len)
    most = _may_differ(shorter)
    if len(shorter) < SHORTEST or len(longer) - len(shorter) > most:
        return False
    return distance(ours, theirs) <= most


def core(handle: str) -> str:
    """The part of a name that somebody chose: without the server, and of a domain without what is
    sold with it."""
    chosen, at, _ = handle.lstrip("@").partition("@")
    labels = chosen.split(".")
    return chosen if at else "".join(labels[: max(1, len(labels) - 2)])


def skeleton(name: str) -> str:
    """What a hurried reader takes it for; taking it twice changes nothing."""
    if name.isascii():
        return _paired(name.translate(_PLAIN_LETTERS))
    read = "".join(filter(str.isalnum, folded(name).translate(_LETTERS)))
    read = _paired(read)
    again = "".join(filter(str.isalnum, folded(read).translate(_LETTERS)))
    return read if again == read else skeleton(again)


def _paired(read: str) -> str:
    for pair, letter in _PAIRS:
        read = read.replace(pair, letter)
    return read


def distance(one: str, other: str) -> int:
    """How many letters have to be put in, taken out or changed to make one of the other."""
    signs = enumerate(zip(one, other, strict=False))
    # Nothing has to be changed where both begin the same.
    begins = next((at for at, (a, b) in signs if a != b), min(len(one), len(other)))
    one, other = one[begins:], other[begins:]
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, row[0] = row[0], at
        for place, against in enumerate(other, 1):
            changed = before + (letter != against)
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, changed)
    return row[-1]


def without(word: str, most: int) -> set[str]:
    """The word, and all that is left of it where up to `most` letters are taken out. Two words at
    that distance share one of these, and so do their beginnings of the same length, which is how
    candidates are found without comparing all."""
    found, level = {word}, [(0, word)]
    for _ in range(most):
        # From the first letter to the last, so that no two are taken out in both orders.
        level = [
            (at, each[:at] + each[at + 1 :])
            for begin, each in level
            for at in range(begin, len(each))
        ]
        found.update(each for _, each in level)
    return found


def _may_differ(word: str) -> int:
    return 2 if len(word) >= SHORTEST_FOR_TWO else 1


def _spellings(ours: OurName) -> tuple[str, ...]:
    plain = ours.name.casefold().lstrip("@")
    return (plain, f"{plain}@{ours.host}") if ours.host else (plain,)


def _host(service: str) -> str:
    return service.partition("://")[2].partition("/")[0].casefold()
