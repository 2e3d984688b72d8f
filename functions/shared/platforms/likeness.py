"""When two texts are one: as platforms keep words, and as somebody may have put them into shape."""

import unicodedata

from shared.posts.weblinks import web_links


def as_compared(text: str) -> str:
    """Words as platforms keep them: composed, one kind of line end, nothing around them."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").strip()


def bones(text: str) -> str:
    """What is left of words when links, signs, spaces and capitals are taken away: two texts that
    share it are one text that somebody has put into shape.
    """
    compared, kept, last = as_compared(text), [], 0
    for start, end in web_links(compared):
        kept.append(compared[last:start])
        last = end
    words = "".join((*kept, compared[last:])).casefold()
    return "".join(filter(str.isalnum, words.replace("http", "")))
