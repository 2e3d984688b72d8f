"""What somebody is called, and whether a text calls them so.

Texts are compared word by word as people read them: without case, accents, punctuation and the
width of letters, so that “Siân Hughes”, `SIAN.HUGHES@` and `sian-hughes` are one name, and `p-1`
does not stand in `p-10`. Rather too much is found than too little: somebody looks at it afterwards.

NamingError
├── TooShortError    a name so short that it stands everywhere; carries it
└── NobodyError      nothing that can be read speaks of anybody called so; carries the names
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

FEWEST = 3
"""Letters and digits of a name that anybody may look for."""

_WORD = re.compile(r"[^\W_]+")
_MARK = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
"""Accents, once they are apart from their letters."""

_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
"""With bounds, so that no text takes longer than its length."""

_ESCAPE = re.compile(rb"\\(?:u[0-9a-f]{4}|.)")
"""All that canonical JSON spells other than it is; none of it is a letter."""


class NamingError(Exception):
    """Root of why nobody can be looked for."""


class TooShortError(NamingError):
    """A name so short that it stands everywhere."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name[:40]!a} is too short to look for. Give {FEWEST} letters or digits, or more."
        )
        self.name = name


class NobodyError(NamingError):
    """Nothing that can be read speaks of anybody called so."""

    def __init__(self, names: "Names", sealed: int) -> None:
        told = ", ".join(ascii(each[:40]) for each in names.said)
        more = f" {sealed} of their leaves hold text that cannot be read here." if sealed else ""
        super().__init__(f"Nothing that can be read in these months speaks of {told}.{more}")
        self.names = names.said


def folded(text: str) -> str:
    """A text without case and accents, wide letters narrow and joined ones apart."""
    if text.isascii():
        return text.lower()
    return _MARK.sub("", unicodedata.normalize("NFKD", text)).casefold()


def words_in(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared."""
    return tuple(_WORD.findall(folded(text)))


def addresses_in(text: str) -> tuple[str, ...]:
    """The e-mail addresses that stand in a text."""
    return tuple(_ADDRESS.findall(text)) if "@" in text else ()


class Names:
    """Several names, each a row of words; whoever has one of them is called so."""

    def __init__(self, said: Iterable[str]) -> None:
        self.said = tuple(dict.fromkeys(each.strip() for each in said if words_in(each)))
        self._rows = tuple(dict.fromkeys(map(words_in, self.said)))
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for row in self._rows:
            self._by_first.setdefault(row[0], []).append(row)

    def are(self, text: str) -> bool:
        """Whether a text is one of the names, and says nothing else."""
        words = words_in(text)
        return bool(words) and words in self._by_first.get(words[0], ())

    def stand_in(self, text: str, besides: "Names | None" = None) -> bool:
        """Whether a text says one of the names, and not only within one of those `besides`."""
        words = words_in(text)
        if besides is not None and besides.said:
            words = besides.taken_out_of(words)
        return any(True for _ in self._spans(words))

    def taken_out_of(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words with nothing where one of the names stands."""
        left = [*words]
        for start, end in self._spans(words):
            left[start:end] = [""] * (end - start)
        return tuple(left)

    def _spans(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        for place, word in enumerate(words):
            for row in self._by_first.get(word, ()):
                if words[place : place + len(row)] == row:
                    yield place, place + len(row)

    def may_stand_in_line(self, raw: bytes) -> bool:
        """Whether one may stand in a field of a line of canonical JSON, or in a field's name: True
        where it does, and rarely where it only stands across two."""
        text = folded(raw.decode("utf-8", "replace"))
        if not any(all(word in text for word in row) for row in self._rows):
            return False  # as of most lines
        return self.stand_in(_ESCAPE.sub(b" ", raw).decode("utf-8", "replace"))


def longer_than(names: Names, others: Iterable[str]) -> Names:
    """Those of other people's names that hold one of these, and so are not to be taken for it."""
    return Names(each for each in others if names.stand_in(each) and not names.are(each))


def names_to_look_for(said: Iterable[str]) -> Names:
    """Names that do not stand everywhere; TooShortError."""
    names = tuple(said)
    for each in names:
        if sum(map(len, words_in(each))) < FEWEST:
            raise TooShortError(each)
    return Names(names)
