"""A paper as PDF 1.4: A4, the fonts every reader has, and the same bytes whenever it is printed.

A library for this weighs 26 MB with the pictures it insists on; rows of text need none of that
(docs/dependencies.md). Letters that the fonts do not have are spelled: as JSON does in exact text,
so that it stays the same text, and by their code elsewhere.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256

from archive.exporting.paper import Block, Heading, Lines, Look, NewPage, Paper, Row, Table, Words
from archive.exporting.set_type import BOLD, EXACT, PLAIN, Font, spelled, wrapped

WIDTH, HEIGHT = 595, 842
"""A4 in points."""

LEFT, TOP, BOTTOM = 48, 800, 52
MEASURE = WIDTH - 2 * LEFT
LABEL = 118
"""How wide the labels of rows are."""

TITLE, HEAD, BODY, EXACT_SIZE, FOOT = 13.0, 9.0, 7.6, 6.6, 6.5
LEADING = 1.22
SPACE = 4.0
HAND = 22.0
"""Between lines that are written on by hand."""


class _Pages:
    """Text set line by line, from the top of one page to the bottom of the last."""

    def __init__(self) -> None:
        self.pages: list[list[str]] = []
        self.begin()

    def begin(self) -> None:
        """A fresh page."""
        self.pages.append([])
        self.y = float(TOP)

    def room(self, height: float) -> None:
        """So much in one piece, here or on a fresh page."""
        if self.y - height < BOTTOM:
            self.begin()

    def put(self, x: float, y: float, text: str, font: Font, size: float) -> None:
        """One line of text."""
        self.pages[-1].append(
            f"BT /{font.name} {size:g} Tf {x:g} {y:.2f} Td ({_escaped(text)}) Tj ET"
        )

    def rule(self, y: float, grey: float = 0.7) -> None:
        """A thin line across."""
        self.pages[-1].append(f"{grey:g} G 0.4 w {LEFT} {y:.2f} m {WIDTH - LEFT} {y:.2f} l S")


def print_pdf(paper: Paper) -> bytes:
    """The whole file."""
    return _file(paper, _laid_out(paper))


def pages_of(paper: Paper) -> int:
    """How many pages it fills."""
    return len(_laid_out(paper))


def _laid_out(paper: Paper) -> list[list[str]]:
    pages = _Pages()
    _cells(pages, [(LEFT, MEASURE, paper.title, BOLD, TITLE)])
    pages.y -= SPACE
    for block in paper.blocks:
        _block(pages, block)
    return pages.pages


def _block(pages: _Pages, block: Block) -> None:
    match block:
        case Heading(text):
            pages.room(SPACE + 4 * HEAD * LEADING)
            pages.y -= SPACE
            _cells(pages, [(LEFT, MEASURE, text, BOLD, HEAD)])
            pages.rule(pages.y + BODY * 0.3)
            pages.y -= SPACE * 0.6
        case Words(text, look):
            _cells(pages, [(LEFT, MEASURE, text, *_font(look))])
        case Row(label, text, look):
            said = (LEFT + LABEL, MEASURE - LABEL, text, *_font(look))
            _cells(pages, [(LEFT, LABEL - 8, label, BOLD, BODY), said])
        case Table(columns, lines):
            _table(pages, columns, lines)
        case Lines(labels):
            for label in labels:
                pages.room(HAND)
                pages.y -= HAND
                pages.put(LEFT, pages.y + 3, spelled(label, PLAIN), PLAIN, BODY)
                pages.rule(pages.y, 0.2)
        case NewPage():
            pages.begin()


def _font(look: Look) -> tuple[Font, float]:
    return (EXACT, EXACT_SIZE) if look is Look.EXACT else (PLAIN, BODY)


def _table(
    pages: _Pages, columns: tuple[tuple[str, int], ...], lines: tuple[tuple[str, ...], ...]
) -> None:
    whole = sum(share for _, share in columns)
    edges, at = [], float(LEFT)
    for _, share in columns:
        edges.append((at, MEASURE * share / whole))
        at += MEASURE * share / whole
    names = [name for name, _ in columns]
    for font, cells in [(BOLD, names), *((PLAIN, line) for line in lines)]:
        _cells(
            pages,
            [
                (x, width - 6, cell, font, BODY)
                for (x, width), cell in zip(edges, cells, strict=True)
            ],
        )
        pages.rule(pages.y + BODY * 0.25)


Cell = tuple[float, float, str, Font, float]
"""Where it begins, how wide it is, its text, font and size."""


def _cells(pages: _Pages, cells: Iterable[Cell]) -> None:
    """Texts side by side, as high as the highest; a page that is full is gone on with."""
    columns = [
        (x, list(wrapped(text, width, font, size)), font, size)
        for x, width, text, font, size in cells
    ]
    leading = max(size for *_, size in columns) * LEADING
    for number in range(max(len(lines) for _, lines, _, _ in columns)):
        pages.room(leading)
        pages.y -= leading
        for x, lines, font, size in columns:
            if number < len(lines):
                pages.put(x, pages.y + leading * 0.25, lines[number], font, size)
    pages.y -= leading * 0.12


def _escaped(text: str) -> str:
    """A literal string of PDF, in ASCII."""
    return "".join(
        f"\\{byte:03o}" if byte > 126 or byte in b"\\()" else chr(byte)  # noqa: PLR2004 - ASCII
        for byte in text.encode("cp1252")
    )


def _file(paper: Paper, pages: list[list[str]]) -> bytes:
    """Header, objects, cross-reference table, trailer."""
    for number, lines in enumerate(pages, 1):
        foot = f"{paper.foot}   Page {number} of {len(pages)}".strip()
        for nth, text in enumerate(wrapped(foot, MEASURE, PLAIN, FOOT)):
            y = BOTTOM - 16 - nth * FOOT * LEADING
            lines.append(f"BT /{PLAIN.name} {FOOT:g} Tf {LEFT} {y:.2f} Td ({_escaped(text)}) Tj ET")
    objects = list(_objects(paper, pages))
    body, places = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{held}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    digest = sha256(body).hexdigest()[:32]
    trailer = f"<< /Size {len(objects) + 1} /Root 1 0 R /Info 3 0 R /ID [<{digest}> <{digest}>] >>"
    ending = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer\n{trailer}\n"
    return body + f"{ending}startxref\n{len(body)}\n%%EOF\n".encode("ascii")


def _objects(paper: Paper, pages: list[list[str]]) -> Iterator[str]:
    fonts = (PLAIN, BOLD, EXACT)
    first = 4 + len(fonts)
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    shows = "/ViewerPreferences << /DisplayDocTitle true >>"
    yield f"<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) {shows} >>"
    yield f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>"
    title = f"\ufeff{paper.title}".encode("utf-16-be", "replace").hex()
    yield f"<< /Title <{title}> /Producer (Bluelamp) >>"
    for font in fonts:
        yield (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{font.base} /Encoding /WinAnsiEncoding >>"
        )
    named = " ".join(f"/{font.name} {4 + n} 0 R" for n, font in enumerate(fonts))
    for number, lines in enumerate(pages):
        yield (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << /Font << {named} >> >> /Contents {first + 2 * number + 1} 0 R >>"
        )
        content = "\n".join(lines)
        yield f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"
