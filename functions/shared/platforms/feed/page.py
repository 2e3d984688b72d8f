"""What people and readers find of one entry: its page, its JSON, and what stands for it once it is
gone; and how any page of ours begins and ends.
"""

import json
import re
from typing import Any

from shared.platforms.feed.entry import Entry, item_of, when
from shared.platforms.feed.words import escaped

HTML = "text/html; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"

GONE = "This post was taken away."

ABOUT = "generation"
_GENERATION = re.compile(rb'generation["\s:]{1,4}(\d{1,15})')
_BEGINNING = 200


def generation_of(data: bytes) -> int:
    """The generation of the list that this was made of; -1 where it tells none."""
    found = _GENERATION.search(data, 0, _BEGINNING)
    return int(found[1]) if found else -1


def generation_line(generation: int) -> str:
    """How a view or a page tells it, in XML and HTML."""
    return f"<!-- {ABOUT} {generation} -->\n"


def entry_json(entry: Entry, generation: int | None = None) -> bytes:
    """A JSON Feed 1.1 with this one item; of this generation, where it may have to be told anew."""
    return _feed(entry.name, [item_of(entry)], generation)


def gone_json() -> bytes:
    """What stands for an entry that was taken away."""
    return _feed(GONE, [])


def is_gone(data: bytes) -> bool:
    """Whether it stands for an entry that was taken away."""
    return data in {gone_json(), gone_page()}


def item_in(data: bytes) -> dict[str, Any] | None:
    """The item of `entry_json`, None in `gone_json`; KeyError, TypeError or ValueError else."""
    items = json.loads(data)["items"]
    return dict(items[0]) if items else None


def entry_page(entry: Entry, generation: int | None = None) -> bytes:
    """The post for people: who said what, when, and what its pictures show."""
    body = f"<h1>{escaped(entry.name)}</h1>\n{article(entry)}"
    head = "" if generation is None else generation_line(generation)
    return whole_page(f"{entry.name}: {entry.title}", body, head).encode()


def article(entry: Entry) -> str:
    """The post as it stands on a page."""
    return (
        f'<article lang="{escaped(entry.language)}" dir="auto">\n{entry.html}\n'
        f'<p><a href="{escaped(entry.address)}"><time datetime="{escaped(entry.published)}">'
        f"{when(entry.published)}</time></a></p>\n</article>"
    )


def gone_page() -> bytes:
    """What people find where a post stood."""
    return whole_page(GONE, f"<h1>{GONE}</h1>").encode()


def whole_page(title: str, body: str, head: str = "") -> str:
    """A page without script, style or anything fetched but the pictures it shows."""
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n{head}'
        f"<title>{escaped(title)}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"</head>\n<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _feed(title: str, items: list[dict[str, Any]], generation: int | None = None) -> bytes:
    about = {} if generation is None else {"_bluelamp": {ABOUT: generation}}
    feed = {"version": "https://jsonfeed.org/version/1.1", **about, "title": title, "items": items}
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()
