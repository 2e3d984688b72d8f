"""Text set in the fonts that every reader of PDF has: how wide it is, where its lines break, and
how a letter is spelled that they do not have.

Widths are those of Adobe's metrics for Helvetica, in thousandths of the size; bold is a little
wider, which is allowed for; Courier has one width.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_HELVETICA = {
    191: "'",
    222: "ijl‚‘’",
    260: "|¦",
    278: " !,./:;I[\\]ft·ÌÍÎÏìíîï",
    333: "()-`r„ˆ‹“”˜›¡¨¯²³´¸¹",
    334: "{}",
    355: '•"º°ª',
    389: "*",
    469: "^",
    500: "Jcksvxyzšžçýÿ",
    556: "#$0123456789?L_abdeghnopqu€ƒ†‡–¢£¤¥§«µ¶»àáâãäåèéêëðñòóôõöùúûüþ",
    584: "+<=>~¬±×÷",
    611: "FTZŽ¿ßø",
    667: "&ABEKPSVXYŠŸÀÁÂÃÄÅÈÉÊËÝÞ",
    722: "CDHNRUwÇÐÑÙÚÛÜ",
    737: "©®",
    778: "GOQÒÓÔÕÖØ",
    834: "Mm¼½¾",
    889: "%æ",
    944: "Wœ",
    1000: "…‰Œ—™Æ",
    1015: "@",
}
_WIDTHS = {letter: width for width, letters in _HELVETICA.items() for letter in letters}
_WIDEST = 1015
_COURIER = 600
UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


@dataclass(frozen=True)
class Font:
    """A font by its name in our files and in every reader; `wider` than Helvetica by so much."""

    name: str
    base: str
    wider: float = 1.0
    one_width: bool = False

    def width(self, text: str, size: float) -> float:
        """How wide a text is, in points."""
        if self.one_width:
            return len(text) * _COURIER * size / 1000
        return sum(_WIDTHS.get(each, _WIDEST) for each in text) * self.wider * size / 1000


PLAIN = Font("F1", "Helvetica")
BOLD = Font("F2", "Helvetica-Bold", wider=1.15)
EXACT = Font("F3", "Courier", one_width=True)


def spelled(text: str, font: Font) -> str:
    """The text in letters the font has, with nothing in it that is unseen."""
    return "".join(each if _is_there(each) else _code(each, font) for each in text)


def wrapped(text: str, width: float, font: Font, size: float) -> Iterator[str]:
    """The lines of a text, each at most so wide; at least one."""
    for paragraph in text.split("\n"):
        rest = spelled(paragraph, font)
        while (fits := _fitting(rest, width, font, size)) < len(rest):
            space = -1 if font.one_width else rest.rfind(" ", 0, fits + 1)
            at = space if space > 0 else fits
            yield rest[:at]
            rest = rest[at:].removeprefix(" ") if space > 0 else rest[at:]
        yield rest


def _fitting(text: str, width: float, font: Font, size: float) -> int:
    """How many letters fit; one at least, where there is one."""
    taken = 0.0
    for number, each in enumerate(text):
        taken += font.width(each, size)
        if taken > width:
            return max(number, 1)
    return len(text)


def _is_there(letter: str) -> bool:
    if letter == " ":
        return True
    return letter in _WIDTHS and unicodedata.category(letter) not in UNSEEN


def _code(letter: str, font: Font) -> str:
    if not font.one_width:
        return f"[U+{ord(letter):04X}]"
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
