"""A paper as one HTML file that needs nothing else: no script, no picture, no other address.

What nobody can see (zero width, direction marks) is written by its name, so that words read as they
are and not as somebody wants them to look.
"""

import base64
from hashlib import sha256
from html import escape
from itertools import groupby

from archive.exporting.paper import Block, Heading, Lines, Look, NewPage, Paper, Row, Table, Words
from shared.pages.exact import Look as Seen
from shared.pages.exact import runs_of

STYLE = (
    "body{font:16px/1.4 Arial,sans-serif;color:#0b0c0c;margin:2em auto;"
    "max-width:60em;padding:0 1em}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin:1.5em 0 .3em}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border-bottom:1px solid #b1b4b6;padding:.3em .8em .3em 0;text-align:left;"
    "vertical-align:top;overflow-wrap:anywhere}th[scope=row]{width:13em}"
    ".exact{font-family:'Courier New',monospace;font-size:.9em;overflow-wrap:anywhere}"
    ".words{white-space:pre-wrap}.withheld{background:#0b0c0c;color:#fff;padding:0 .3em}"
    ".unseen{background:#fff2d3;font-size:.8em}.line{border-bottom:1px solid;height:2.2em}"
    "footer{margin-top:2em;font-size:.85em;color:#505a5f;overflow-wrap:anywhere}"
)
"""As the pages look, near enough; 4.5 to 1 in contrast or better."""

POLICY = "default-src 'none'; style-src 'sha256-{}'; form-action 'none'; base-uri 'none'"


def print_html(paper: Paper) -> bytes:
    """The whole file, UTF-8."""
    body = [f"<h1>{shown(paper.title)}</h1>"]
    for kind, blocks in groupby(paper.blocks, type):
        if kind is Row:
            body.append(f"<table>{''.join(map(_block, blocks))}</table>")
        else:
            body.extend(map(_block, blocks))
    if paper.foot:
        body.append(f"<footer>{shown(paper.foot)}</footer>")
    return page(paper.title, "\n".join(body))


def page(title: str, body: str) -> bytes:
    """A page around a body that is markup already."""
    digest = base64.b64encode(sha256(STYLE.encode()).digest()).decode()
    policy = escape(POLICY.format(digest))
    return (
        '<!DOCTYPE html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def shown(text: str) -> str:
    """A text as markup, with what is unseen named."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return escape(text)  # most are
    return "".join(
        f'<span class="unseen">[{escape(run.name)}]</span>'
        if run.look is Seen.HIDDEN
        else f"<bdi>{escape(run.text)}</bdi>"
        if not run.text.isascii()
        else escape(run.text)
        for run in runs_of(text)
    )


def _block(block: Block) -> str:
    match block:
        case Heading(text):
            return f"<h2>{shown(text)}</h2>"
        case Words(text, look):
            return f'<p class="{_class(look)}">{shown(text)}</p>'
        case Row(label, text, look):
            said = f'<td class="{_class(look)}">{shown(text)}</td>'
            return f'<tr><th scope="row">{shown(label)}</th>{said}</tr>\n'
        case Table(columns, lines):
            return _table(columns, lines)
        case Lines(labels):
            return "".join(f'<p class="line">{shown(label)}</p>' for label in labels)
        case NewPage():
            return "<hr>"


def _table(columns: tuple[tuple[str, int], ...], lines: tuple[tuple[str, ...], ...]) -> str:
    head = "".join(f'<th scope="col">{shown(name)}</th>' for name, _ in columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{shown(cell)}</td>' for cell in line)}</tr>\n" for line in lines
    )
    return f"<table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table>"


def _class(look: Look) -> str:
    return "exact words" if look is Look.EXACT else "words"
