"""What the feeds say is read by readers that are not ours, and says what was cleared."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import atoma
import feedparser
import jsonschema
import pytest
from hypothesis import given, settings

from shared.platforms.feed.channel import Channel
from shared.platforms.feed.entry import entry_of, item_of
from shared.platforms.feed.listing import Listing, listing_bytes, listing_of
from shared.platforms.feed.page import entry_json, entry_page, gone_json
from shared.platforms.feed.views import atom, home, json_feed, rss
from shared.platforms.feed.words import LONGEST_TITLE, title_of
from tests.architecture.house import ROOT
from tests.platforms.builders import MemoryMedia, a_draft, a_key, a_png
from tests.platforms.shelves import MemoryShelf
from tests.platforms.test_feed import BASE, a_feed
from tests.platforms.words import texts

SCHEMA = json.loads((ROOT / "tests/assets/json_feed_1.1.schema.json").read_text("utf-8"))
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = "</description><script>alert(1)</script>]]>&lt;b&gt; \"quoted\" 'single' \x0b \r\n end"
IN_XML = re.compile("[\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
PLACES = [Channel(BASE, "stoke"), Channel(BASE)]


def a_list(*posts):
    """The list that these drafts make, an hour between each."""
    shelf = MemoryShelf()
    feed = a_feed(shelf, title="Stoke & <Town>")
    media = MemoryMedia(a_png(1), a_png(2))
    for hour, draft in enumerate(posts):
        feed.send(feed.prepare(draft, a_key(), NOON + timedelta(hours=hour)), media)
    return listing_of(shelf.kept["ledger/stoke/list.json"][0])


@pytest.fixture(scope="module")
def listing():
    media = MemoryMedia(a_png(1), a_png(2))
    return a_list(
        a_draft("Bore da Wrecsam\nhttps://www.police.uk/a?b=1&c=2", language="cy"),
        a_draft(HOSTILE),
        a_draft("Two dogs #Leek", media=media.named("A dog", 'A "bigger" <dog>')),
    )


@pytest.mark.parametrize("channel", PLACES)
class TestEveryFeed:
    def test_json_feed_is_what_its_specification_says(self, channel, listing):
        feed = json.loads(json_feed(channel, listing))

        jsonschema.validate(feed, SCHEMA)
        assert feed["feed_url"] == channel.address("feed.json")
        assert [item["content_text"] for item in feed["items"]][1] == HOSTILE
        assert [item["language"] for item in feed["items"]] == ["en-GB", "en-GB", "cy"]

    def test_a_strict_reader_reads_json_feed(self, channel, listing):
        feed = atoma.parse_json_feed_bytes(json_feed(channel, listing).encode())

        pictured = feed.items[0]
        assert [each.title for each in pictured.attachments] == ["A dog", 'A "bigger" <dog>']
        assert pictured.date_published == NOON + timedelta(hours=2)

    def test_a_strict_reader_reads_atom(self, channel, listing):
        feed = atoma.parse_atom_bytes(atom(channel, listing).encode())

        assert feed.id_ == channel.address("atom.xml")
        assert [entry.published for entry in feed.entries] == [
            NOON + timedelta(hours=hour) for hour in (2, 1, 0)
        ]
        assert feed.entries[0].content.text_type.name == "html"

    def test_a_strict_reader_reads_rss(self, channel, listing):
        feed = atoma.parse_rss_bytes(rss(channel, listing).encode())

        assert feed.link == channel.address("index.html")
        assert [item.guid for item in feed.items] == [e.entry_id for e in listing.entries]
        assert feed.items[0].pub_date == NOON + timedelta(hours=2)
        [enclosure] = feed.items[0].enclosures
        assert (enclosure.type, enclosure.length) == ("image/png", len(a_png(1)))

    @pytest.mark.parametrize("view", [atom, rss])
    def test_a_forgiving_reader_has_nothing_to_forgive(self, view, channel, listing):
        feed = feedparser.parse(view(channel, listing).encode())

        assert feed.bozo == 0, feed.get("bozo_exception")
        assert feed.version == {"atom": "atom10", "rss": "rss20"}[view.__name__]
        assert [entry.id for entry in feed.entries] == [e.entry_id for e in listing.entries]
        assert [entry.link for entry in feed.entries] == [e.address for e in listing.entries]
        assert feed.entries[0].enclosures[0].href == listing.entries[0].pictures[0].address

    def test_atom_has_what_rfc_4287_demands(self, channel, listing):
        root = ET.fromstring(atom(channel, listing))  # noqa: S314 - our own words

        scopes = [root, *root.findall(f"{ATOM}entry")]
        assert len(scopes) == 4
        for scope in scopes:
            for wanted in ("id", "title", "updated"):
                assert len(scope.findall(ATOM + wanted)) == 1
            assert scope.findall(f"{ATOM}author/{ATOM}name")
        rels = [(link.get("rel"), link.get("href")) for link in root.findall(f"{ATOM}link")]
        assert rels == [("self", channel.address("atom.xml"))]
        languages = [s.get("{http://www.w3.org/XML/1998/namespace}lang") for s in scopes]
        assert languages == ["en-GB", "en-GB", "en-GB", "cy"]

    def test_an_empty_feed_is_valid_too(self, channel):
        jsonschema.validate(json.loads(json_feed(channel, Listing())), SCHEMA)
        assert feedparser.parse(atom(channel, Listing()).encode()).bozo == 0
        assert feedparser.parse(rss(channel, Listing()).encode()).bozo == 0
        assert atoma.parse_atom_bytes(atom(channel, Listing()).encode()).entries == []
        assert atoma.parse_rss_bytes(rss(channel, Listing()).encode()).items == []


def test_what_stands_alone_is_a_valid_feed_of_its_own(listing):
    for entry in listing.entries:
        jsonschema.validate(json.loads(entry_json(entry)), SCHEMA)
    jsonschema.validate(json.loads(gone_json()), SCHEMA)


@given(text=texts)
@settings(max_examples=60)
def test_any_words_leave_every_feed_whole_and_come_back(text):
    listing = a_list(a_draft(text))

    assert json.loads(json_feed(PLACES[0], listing))["items"][0]["content_text"] == text
    assert listing_of(listing_bytes(listing)) == listing
    for view in (atom, rss):
        ET.fromstring(view(PLACES[0], listing))  # noqa: S314 - our own words
    in_atom = atoma.parse_atom_bytes(atom(PLACES[0], listing).encode()).entries[0]
    assert shown(in_atom.content.value) == carried(text)


def test_an_entry_is_told_and_read_without_loss(listing):
    assert tuple(entry_of(item_of(entry)) for entry in listing.entries) == listing.entries


def test_nothing_an_author_writes_becomes_markup(listing):
    for entry in listing.entries:
        seen = Tags()
        seen.feed(entry.html + entry_page(entry).decode() + home(PLACES[0], listing))
        assert seen.names <= {
            *("html", "head", "meta", "title", "link", "body", "main", "h1", "article", "time"),
            *("a", "br", "p", "img"),
        }


def test_links_lead_where_the_words_say(listing):
    seen = Tags()
    seen.feed(listing.entries[-1].html)

    assert seen.links == ["https://www.police.uk/a?b=1&c=2"]


def test_an_entry_keeps_its_id_for_ever():
    draft = a_draft("Same")
    feed = a_feed(MemoryShelf())
    entry = feed._entry(feed.prepare(draft, "01TESTKEY00000000000000042", NOON), ())

    assert entry.entry_id == "urn:uuid:42bc8a5d-951f-5923-9009-70bc43ba65d1"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Road closed", "Road closed"),
        ("First line\nsecond", "First line"),
        ("  spaced   out  ", "spaced out"),
        ("x" * 150, "x" * 99 + "…"),
        ("word " * 40, "word " * 18 + "word…"),
    ],
)
def test_titles_are_short(text, title):
    assert title_of(text) == title
    assert len(title_of(text)) <= LONGEST_TITLE


class Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.links, self.words = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.words.append(data)


def shown(html):
    """The words of a piece of HTML, as a reader sees them."""
    seen = Tags()
    seen.feed(html)
    seen.close()
    return unescape("".join(seen.words))


def carried(text):
    """The words as far as XML can carry them."""
    return "".join(c if IN_XML.fullmatch(c) else "\ufffd" for c in text)
