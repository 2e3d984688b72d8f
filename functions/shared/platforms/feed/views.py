"""The ways a list is told: JSON Feed 1.1, Atom 1.0 (RFC 4287), RSS 2.0, and a page for people.

Each view is made of a list and its place alone, and tells the list's generation near its beginning,
so that one can be told to be older than another without being understood.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime

from shared.platforms.feed.channel import Channel
from shared.platforms.feed.entry import Entry, item_of
from shared.platforms.feed.listing import Listing
from shared.platforms.feed.page import ABOUT, HTML, JSON, article, generation_line, whole_page
from shared.platforms.feed.words import escaped

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
HOME = "index.html"
NAMESPACES = 'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/"'
LANGUAGE = "en-GB"
"""Of a feed as a whole; every entry tells its own."""


@dataclass(frozen=True)
class View:
    """One way: the object's name, its type, and how a list is told so."""

    name: str
    content_type: str
    told: Callable[[Channel, Listing], str]


def json_feed(channel: Channel, listing: Listing) -> str:
    """JSON Feed 1.1 (jsonfeed.org, read 2026-11-21)."""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "_bluelamp": {ABOUT: listing.generation},
        "title": channel.title(listing),
        "home_page_url": channel.address(HOME),
        "feed_url": channel.address("feed.json"),
        "language": LANGUAGE,
        "items": [item_of(entry) for entry in listing.shown],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1)


def atom(channel: Channel, listing: Listing) -> str:
    """Atom 1.0."""
    own = channel.address("atom.xml")
    head = [
        f"{DECLARATION}{generation_line(listing.generation)}",
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{LANGUAGE}">',
        _element("id", own),
        _element("title", channel.title(listing)),
        _element("updated", listing.changed),
        f'<link rel="self" type="application/atom+xml" href="{escaped(own)}"/>',
        f"<author>{_element('name', channel.title(listing))}</author>",
    ]
    return "\n".join([*head, *map(_atom_entry, listing.shown), "</feed>\n"])


def _atom_entry(entry: Entry) -> str:
    enclosures = [
        f'<link rel="enclosure" type="{escaped(p.content_type)}" length="{p.size}"'
        f' title="{escaped(p.alt)}" href="{escaped(p.address)}"/>'
        for p in entry.pictures
    ]
    parts = [
        f'<entry xml:lang="{escaped(entry.language)}">',
        _element("id", entry.entry_id),
        _element("title", entry.title),
        _element("published", entry.published),
        _element("updated", entry.updated),
        f"<author>{_element('name', entry.name)}</author>",
        f'<link rel="alternate" type="text/html" href="{escaped(entry.address)}"/>',
        *enclosures,
        f'<content type="html">{escaped(entry.html)}</content>',
        "</entry>",
    ]
    return "\n".join(parts)


def rss(channel: Channel, listing: Listing) -> str:
    """RSS 2.0, with Atom's link to itself and Dublin Core's names and languages."""
    own, title = channel.address("rss.xml"), channel.title(listing)
    head = [
        f"{DECLARATION}{generation_line(listing.generation)}",
        f'<rss version="2.0" {NAMESPACES}>',
        "<channel>",
        _element("title", title),
        _element("link", channel.address(HOME)),
        _element("description", f"What we have said: {title}"),
        _element("language", LANGUAGE.lower()),
        _element("lastBuildDate", _rfc_822(listing.changed)),
        f'<atom:link rel="self" type="application/rss+xml" href="{escaped(own)}"/>',
    ]
    return "\n".join([*head, *map(_rss_item, listing.shown), "</channel>", "</rss>\n"])


def _rss_item(entry: Entry) -> str:
    # RSS has one enclosure an item; the others are in the description, which shows them all.
    enclosures = [
        f'<enclosure type="{escaped(p.content_type)}" length="{p.size}"'
        f' url="{escaped(p.address)}"/>'
        for p in entry.pictures[:1]
    ]
    parts = [
        "<item>",
        _element("title", entry.title),
        _element("link", entry.address),
        _element("description", entry.html),
        _element("pubDate", _rfc_822(entry.published)),
        f'<guid isPermaLink="false">{escaped(entry.entry_id)}</guid>',
        _element("dc:creator", entry.name),
        _element("dc:language", entry.language),
        *enclosures,
        "</item>",
    ]
    return "\n".join(parts)


def home(channel: Channel, listing: Listing) -> str:
    """The posts themselves, for people; readers find the feeds by it."""
    title = channel.title(listing)
    head = "".join(
        f'<link rel="alternate" type="{kind}" href="{escaped(channel.address(name))}">\n'
        for kind, name in (
            ("application/feed+json", "feed.json"),
            ("application/atom+xml", "atom.xml"),
            ("application/rss+xml", "rss.xml"),
        )
    )
    posts = "\n".join(map(article, listing.shown)) or "<p>Nothing yet.</p>"
    body = f"<h1>{escaped(title)}</h1>\n{posts}"
    return whole_page(title, body, f"{generation_line(listing.generation)}{head}")


def _element(name: str, text: str) -> str:
    return f"<{name}>{escaped(text)}</{name}>"


def _rfc_822(moment: str) -> str:
    return format_datetime(datetime.fromisoformat(moment))


VIEWS: Iterable[View] = (
    View("feed.json", JSON, json_feed),
    View("atom.xml", "application/atom+xml; charset=utf-8", atom),
    View("rss.xml", "application/rss+xml; charset=utf-8", rss),
    View(HOME, HTML, home),
)
