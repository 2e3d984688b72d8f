"""Letters that pass for others: one code point in, what a reader takes it for out.

Compatibility forms (full-width, bold, circled, superscript) come from Unicode's own tables;
below stand the letters of other scripts that look Latin, which those tables keep apart.
What a reader does not see (zero-width characters, marks on a letter) becomes nothing.
"""

import unicodedata

_PAIRS = """
ΑАᎪꓮ A  ΒВᏴꓐ B  СϹᏟꓚ C  ᎠꓓԀ D  ΕЕᎬꓰ E  Ϝꓝ F  ԌᏀꓖ G  ΗНᎻꓧ H  ΙІӀᏆꓲ I  ЈᎫꓙͿ J  ΚКᏦꓗ K  ᏞꓡԼ L
ΜМᎷꓟϺ M  Νꓠ N  ΟОՕꓳ O  ΡРᏢꓑ P  ԚႳ Q  ᏒꓣᎡ R  ЅՏᏚꓢ S  ΤТᎢꓔ T  ՍꓴႮ U  ᏙꓦѴ V  ԜᎳꓪ W  ΧХꓫ X  ΥҮꓬУ Y
ΖᏃꓜ Z
аɑα a  Ьƅ b  сϲᴄ c  ԁɗ d  еєҽə e  ƒ f  ɡց g  һհ h  іıɩι i  јϳ j  κкҡ k  ӏǀ l  ոռ n  оοօσ o  рρ p
ԛ q  гᴦ r  ѕꜱ s  τт t  υսʋ u  νѵ v  ԝѡω w  хχ x  уγү y  ᴢ z
ᴀ A  ʙ B  ᴅ D  ᴇ E  ꜰ F  ɢ G  ʜ H  ɪ I  ᴊ J  ᴋ K  ʟ L  ᴍ M  ɴ N  ᴏ O  ᴘ P  ʀ R  ᴛ T  ᴜ U  ᴠ V  ᴡ W
øØ o  đĐ d  łŁ l  ħ h  ŧ t
。․‧・ .  ‐‑‒–—―−﹣ -  ⁄∕ /  ’‘ʼ＇ '
"""
_NEGATIVE = (0x1F150, 0x1F170, 0x1F1E6)  # letters in black discs, black squares, flags
_UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u2060\u3164\ufeff\uffa0\u2800"
)
_SELECTORS = range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0)  # which form of a letter to draw
_MARKS = frozenset({"Mn", "Me"})
_MOST_PARTS = 4  # one Arabic ligature stands for eighteen letters; nobody hides English in it


def _table() -> dict[str, str]:
    parts = _PAIRS.split()
    pairs = zip(parts[::2], parts[1::2], strict=True)
    table = {alike: letter for alikes, letter in pairs for alike in alikes}
    for first in _NEGATIVE:
        table |= {chr(first + index): chr(ord("A") + index) for index in range(26)}
    return table


LOOKALIKES = _table()
"""Letters of other scripts, each with the Latin letter it passes for."""


class Folds(dict[str, str]):
    """What each code point is read as, remembered until a text shows it too many."""

    MOST = 8192

    def __missing__(self, character: str) -> str:
        if len(self) >= self.MOST:
            self.clear()
        self[character] = read = fold(character)
        return read


def is_unseen(character: str) -> bool:
    """True for what takes no room on the screen: zero-width, soft hyphen, direction, selector."""
    if character in _UNSEEN or unicodedata.category(character) == "Cf":
        return True
    return any(ord(character) in selectors for selectors in _SELECTORS)


def fold(character: str) -> str:
    """What one code point is read as: nothing, one character or a few, case kept."""
    if character.isascii():
        return character
    known = LOOKALIKES.get(character)
    if known is not None:
        return known
    kind = unicodedata.category(character)
    if kind in _MARKS or is_unseen(character):
        return ""
    if kind == "Zs":
        return " "
    parts = unicodedata.normalize("NFKD", character)
    if parts == character or len(parts) > _MOST_PARTS:
        return character
    return "".join(fold(part) if part != character else part for part in parts)
