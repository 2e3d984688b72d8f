"""Words for readers: text as HTML with its links, short titles, and what XML can carry of a text.

XML has no way to say most control characters; there U+FFFD stands in RSS and Atom, while the JSON
feed and the post's own entry keep the words to the letter.
"""

import re

LONGEST_TITLE = 100

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MEANS_SOMETHING = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"}
_AS_IT_IS = str.maketrans({**_MEANS_SOMETHING, "\r": "&#13;"})  # else a reader would drop it


def escaped(text: str) -> str:
    """A text that stands in XML or HTML, between tags or in quotes, as it is."""
    return _NOT_IN_XML.sub("\ufffd", text).translate(_AS_IT_IS)


def as_html(text: str) -> str:
    """The words with line breaks and links, and nothing else that anybody wrote into them."""
    from shared.posts.richtext import spans  # loads `regex`, which a look does not need

    written, last = [], 0
    for span in spans(text):
        if span.address:
            shown = escaped(text[span.start : span.end])
            link = f'<a href="{escaped(span.address)}" rel="noopener noreferrer">{shown}</a>'
            written += [escaped(text[last : span.start]), link]
            last = span.end
    written.append(escaped(text[last:]))
    return "".join(written).replace("\n", "<br>\n")


def picture_html(address: str, alt: str) -> str:
    """One picture with what it shows."""
    return f'<p><img src="{escaped(address)}" alt="{escaped(alt)}"></p>'


def title_of(text: str) -> str:
    """The first line, cut between words where it is long; readers list posts by it."""
    line = " ".join(text.strip().partition("\n")[0].split())
    if len(line) <= LONGEST_TITLE:
        return line
    cut = line[: LONGEST_TITLE - 1]
    return (cut.rpartition(" ")[0].rstrip(" ,;:-") or cut) + "…"
