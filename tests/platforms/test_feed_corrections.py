"""What a feed shows of a post that was put right: its words struck out beside the true ones."""

import json
from datetime import timedelta
from random import Random

import atoma
import feedparser
import jsonschema
import pytest

from shared.platforms.base import Before, PlatformError, Receipt
from shared.platforms.feed.listing import NEWEST
from shared.posts.content import Kind
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.shelves import MemoryShelf
from tests.platforms.test_feed import BASE, VIEWS, a_feed, unlucky
from tests.platforms.test_feed_interleaved import SteppedShelf
from tests.platforms.test_feeds_are_valid import SCHEMA

WRONG, RIGHT = "The road at Rudyard is open <now>.", "Sorry. The road at Rudyard is closed."
STRUCK = "<del>The road at Rudyard is open &lt;now&gt;.</del>"
ADDED = f"<ins>{RIGHT}</ins>"
KEY = "01TESTKEY00000000000WRONG0"
HTML = ("stoke/index.html", "index.html", f"stoke/{KEY}.html")


def said(feed):
    """The post that is wrong."""
    return feed.send(feed.prepare(a_draft(WRONG), KEY, now() - timedelta(hours=1)), NO_MEDIA)


def righting(feed, wrong, key=None):
    """The request that puts it right."""
    draft = a_draft(RIGHT, kind=Kind.CORRECTION)
    return feed.prepare(draft, key or a_key(), now(), Before(wrong, wrong))


@pytest.fixture
def shelf():
    return MemoryShelf()


@pytest.fixture
def feed(shelf):
    return a_feed(shelf)


def seen(shelf, path):
    return shelf.kept[f"public/{path}"][0].decode()


def test_what_was_wrong_is_struck_out_beside_what_is_true_wherever_it_is_told(feed, shelf):
    correction = feed.send(righting(feed, said(feed)), NO_MEDIA)

    for path in HTML:
        assert STRUCK in seen(shelf, path), path
        assert ADDED in seen(shelf, path), path
        assert correction.url in seen(shelf, path), path


def test_the_correction_leads_to_what_it_strikes_out(feed, shelf):
    wrong = said(feed)
    correction = feed.send(righting(feed, wrong), NO_MEDIA)

    own = seen(shelf, correction.url.removeprefix(f"{BASE}/"))
    assert f'<a href="{wrong.url}">Our earlier post</a>' in own


def test_readers_that_are_not_ours_are_told(feed, shelf):
    feed.send(righting(feed, said(feed)), NO_MEDIA)

    whole = json.loads(seen(shelf, "stoke/feed.json"))
    jsonschema.validate(whole, SCHEMA)
    [_, item] = whole["items"]
    assert "content_text" not in item
    assert STRUCK in item["content_html"]
    entries = atoma.parse_atom_bytes(seen(shelf, "stoke/atom.xml").encode()).entries
    assert entries[1].title.value.startswith("Corrected: ")
    assert entries[1].updated == entries[0].published > entries[1].published
    assert STRUCK in entries[1].content.value
    rss = feedparser.parse(seen(shelf, "stoke/rss.xml"), sanitize_html=False)
    assert STRUCK in rss.entries[1].description


def test_the_exact_words_are_still_read_back(feed):
    wrong = said(feed)
    feed.send(righting(feed, wrong), NO_MEDIA)

    assert feed.shown(wrong) == wrong


def test_what_was_wrong_stays_struck_out_once_newer_posts_have_pushed_it_out(feed, shelf):
    feed.send(righting(feed, said(feed)), NO_MEDIA)
    for number in range(NEWEST):
        feed.send(feed.prepare(a_draft(f"News {number}"), a_key(), now()), NO_MEDIA)

    assert STRUCK in seen(shelf, f"stoke/{KEY}.html")
    assert STRUCK not in seen(shelf, "stoke/index.html")


def test_a_post_of_long_ago_is_struck_out_on_its_own_page(feed, shelf):
    wrong = said(feed)
    for number in range(NEWEST):
        feed.send(feed.prepare(a_draft(f"News {number}"), a_key(), now()), NO_MEDIA)

    feed.send(righting(feed, wrong), NO_MEDIA)

    assert STRUCK in seen(shelf, f"stoke/{KEY}.html")
    assert feed.shown(wrong) == wrong


def test_nothing_is_struck_out_any_more_once_the_correction_is_taken_away(feed, shelf):
    wrong = said(feed)
    feed.delete(feed.send(righting(feed, wrong), NO_MEDIA))

    everything = b"".join(data for data, _ in shelf.kept.values())
    assert b"<del>" not in everything
    assert RIGHT.encode() not in everything
    assert feed.shown(wrong) == wrong


def test_a_post_that_is_taken_away_is_nowhere_though_it_was_put_right(feed, shelf):
    wrong = said(feed)
    correction = feed.send(righting(feed, wrong), NO_MEDIA)

    feed.delete(wrong)

    assert b"Rudyard is open" not in b"".join(data for data, _ in shelf.kept.values())
    assert feed.shown(correction) == correction


def test_the_latest_of_two_corrections_counts(feed, shelf):
    wrong = said(feed)
    feed.send(righting(feed, wrong), NO_MEDIA)
    draft = a_draft("Sorry again: one lane is open.", kind=Kind.CORRECTION)
    feed.send(feed.prepare(draft, a_key(), now(), Before(wrong, wrong)), NO_MEDIA)

    assert "<ins>Sorry again" in seen(shelf, f"stoke/{KEY}.html")


def test_no_account_strikes_out_the_words_of_another(feed, shelf):
    wrong = said(feed)
    leek = a_feed(shelf, "leek", title="Leek")

    leek.send(righting(leek, wrong), NO_MEDIA)

    assert b"<del>" not in b"".join(data for data, _ in shelf.kept.values())


@pytest.mark.parametrize("seed", range(60))
def test_whatever_fails_it_is_struck_out_everywhere_once_the_correction_stands(seed):
    chance, shelf = Random(seed), MemoryShelf()  # noqa: S311 - chance that can be had again
    feed = a_feed(shelf)
    frozen = righting(feed, said(feed))
    unlucky(shelf, chance, 0.2)

    for _ in range(100):
        try:
            if feed.find(frozen) or feed.send(frozen, NO_MEDIA):
                break
        except PlatformError:
            continue
    else:
        shelf.luck = 0.0
        assert feed.find(frozen) or feed.send(frozen, NO_MEDIA)

    shelf.luck = 0.0
    for path in HTML:
        assert STRUCK in seen(shelf, path), path


@pytest.mark.parametrize("deaths", [0.0, 0.02])
@pytest.mark.parametrize("seed", range(150))
def test_in_whatever_order_it_is_struck_out_as_long_as_the_correction_stands(seed, deaths):
    chance = Random(f"struck/{seed}/{deaths}")  # noqa: S311 - chance that can be had again
    shelf = SteppedShelf(chance, deaths)
    shelf.quiet = True
    wrong = said(a_feed(shelf))
    key = a_key()
    frozen = righting(a_feed(shelf), wrong, key)
    shelf.quiet = False
    gone = chance.choice([None, key, KEY])
    work = {
        "sends": lambda: a_feed(shelf).send(frozen, NO_MEDIA),
        "sends again": lambda: a_feed(shelf).send(frozen, NO_MEDIA),
        "looks": lambda: a_feed(shelf).find(frozen),
        "looks at what was wrong": lambda: a_feed(shelf).shown(wrong),
    }
    taken = []

    def take_away():
        a_feed(shelf).delete(Receipt(f"stoke/{gone}", "", ""))
        taken.append(gone)

    if gone:
        work["takes away"] = take_away

    shelf.turns.play(work)

    shelf.quiet = True
    if gone and not taken:  # whoever was asked to take it away asks until it succeeds
        take_away()
    stands = a_feed(shelf).find(frozen) is not None
    left = shelf.kept[f"public/stoke/{KEY}.html"][0].decode()
    assert (STRUCK in left) is (stands and gone != KEY)
    everything = b"".join(data for data, _ in shelf.kept.values())
    assert (RIGHT.encode() in everything) is stands
    if gone == KEY:
        assert b"Rudyard is open" not in everything
    elif stands:
        assert all(STRUCK in shelf.kept[f"public/stoke/{v}"][0].decode() for v in VIEWS[3:])
