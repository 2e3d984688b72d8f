"""The feed adapter keeps the contract on a shelf in memory, whoever else writes there, and
whatever fails when."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from random import Random

import pytest

from shared.platforms.base import (
    Credentials,
    NotSentError,
    PlatformError,
    RateLimitedError,
    Receipt,
    RefusedError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.feed import Feed
from shared.platforms.feed.client import LONGEST
from shared.platforms.feed.listing import NEWEST
from shared.platforms.feed.page import generation_of
from shared.platforms.feed.shelf import NoAnswerError
from shared.posts.content import Kind
from tests.platforms.builders import NO_MEDIA, MemoryMedia, a_draft, a_key, a_png, now
from tests.platforms.contract import KeyedContract
from tests.platforms.faulty import FaultContract
from tests.platforms.shelves import MemoryShelf, UnreachableShelf

BASE = "https://feeds.moorshire.example"
VIEWS = ("feed.json", "atom.xml", "rss.xml", "index.html")
FEEDS = [f"public/{folder}{name}" for folder in ("", "stoke/") for name in VIEWS]


def a_feed(shelf, account="stoke", pause=lambda _: None, title="Stoke Town Team"):
    return Feed(Credentials(BASE, account, ""), title, shelf, now, pause)


class FeedContract(KeyedContract):
    too_long = "x" * (LONGEST + 1)

    def standing_texts(self):
        """Of the account's JSON feed, once the others are seen to tell as much."""
        items = json.loads(self.seen("public/stoke/feed.json") or b'{"items": []}')["items"]
        for item in items:
            for path in FEEDS:
                assert item["url"].encode() in self.seen(path), path
        return [item["content_text"] for item in items]

    def seen(self, path):
        raise NotImplementedError


class TestFeed(FeedContract, FaultContract):
    @pytest.fixture
    def shelf(self):
        return MemoryShelf()

    @pytest.fixture
    def platform(self, shelf):
        self.shelf = shelf
        return a_feed(shelf)

    @pytest.fixture
    def hasty(self, platform):
        return platform  # a shelf's silence is its client's: it is told at once

    @pytest.fixture
    def faults(self, shelf):
        yield shelf.faults
        assert not shelf.faults.waiting()

    @pytest.fixture
    def unheard(self):
        return a_feed(UnreachableShelf())

    def seen(self, path):
        return self.shelf.kept.get(path, (b"", ""))[0]

    def test_the_newest_hundred_stand_in_the_feed_and_older_ones_are_still_found(self, platform):
        oldest = self.frozen(platform)
        receipt = platform.send(oldest, NO_MEDIA)
        for _ in range(NEWEST):
            platform.send(self.frozen(platform), NO_MEDIA)

        assert len(self.standing_texts()) == NEWEST
        assert oldest.request["text"] not in self.standing_texts()
        assert platform.find(oldest) == receipt
        assert platform.send(oldest, NO_MEDIA) == receipt
        assert oldest.request["text"] not in self.standing_texts()

    def test_a_post_that_comes_late_is_said_all_the_same(self, platform):
        late = self.frozen(platform, a_draft(text := f"Late {a_key()}"))
        for _ in range(NEWEST):
            platform.send(self.frozen(platform), NO_MEDIA)

        receipt = platform.send(late, NO_MEDIA)

        assert text in [
            item["content_text"]
            for item in json.loads(self.seen("public/stoke/feed.json"))["items"]
        ]
        assert platform.find(late) == receipt

    def test_a_post_of_long_ago_can_be_taken_away_too(self, platform):
        oldest = self.frozen(platform)
        receipt = platform.send(oldest, NO_MEDIA)
        for _ in range(NEWEST):
            platform.send(self.frozen(platform), NO_MEDIA)

        platform.delete(receipt)

        assert platform.find(oldest) is None
        assert oldest.request["text"].encode() not in self.everything()

    def test_a_post_that_was_taken_away_cannot_be_brought_back(self, platform):
        frozen = self.frozen(platform, a_draft(text := f"Withdrawn {a_key()}"))
        platform.delete(platform.send(frozen, NO_MEDIA))

        with pytest.raises(RefusedError, match="taken away"):
            platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen) is None
        assert text.encode() not in self.everything()

    def test_not_even_when_the_list_has_forgotten_it(self, platform, shelf):
        frozen = self.frozen(platform)
        platform.delete(platform.send(frozen, NO_MEDIA))
        for path in [path for path in shelf.kept if path.startswith("ledger/")]:
            del shelf.kept[path]

        with pytest.raises(RefusedError, match="taken away"):
            platform.send(frozen, NO_MEDIA)

    def test_nothing_of_a_post_that_was_taken_away_can_be_read(self, platform):
        media = MemoryMedia(a_png(1))
        draft = a_draft(f"Withdrawn {a_key()}", media=media.named("A dog at Leek"))
        receipt = platform.send(self.frozen(platform, draft), media)

        platform.delete(receipt)

        public = self.everything()
        assert draft.text.encode() not in public
        assert b"A dog at Leek" not in public
        assert a_png(1) not in public
        assert b"This post was taken away." in self.seen(_path_of(receipt.url))

    def test_accounts_have_feeds_of_their_own_and_one_together(self, platform, shelf):
        leek = a_feed(shelf, "leek", title="Leek")
        platform.send(self.frozen(platform, a_draft("From Stoke")), NO_MEDIA)
        leek.send(self.frozen(leek, a_draft("From Leek")), NO_MEDIA)

        together = json.loads(self.seen("public/feed.json"))["items"]
        own = json.loads(self.seen("public/leek/feed.json"))

        assert [item["content_text"] for item in together] == ["From Leek", "From Stoke"]
        assert [item["content_text"] for item in own["items"]] == ["From Leek"]
        assert own["title"] == "Leek"

    def test_nobody_deletes_the_post_of_another_account(self, platform, shelf):
        frozen = self.frozen(platform)
        receipt = platform.send(frozen, NO_MEDIA)

        with pytest.raises(RefusedError):
            a_feed(shelf, "leek").delete(receipt)

        assert platform.find(frozen) == receipt

    def test_pictures_stand_beside_the_post_with_what_they_show(self, platform):
        media = MemoryMedia(a_png(1), a_png(2))
        draft = a_draft(f"Two {a_key()}", media=media.named("A dog", "Ci “bach” <3"))

        platform.send(self.frozen(platform, draft), media)

        [item] = json.loads(self.seen("public/stoke/feed.json"))["items"]
        assert [each["title"] for each in item["attachments"]] == ["A dog", "Ci “bach” <3"]
        stored = [self.seen(_path_of(each["url"])) for each in item["attachments"]]
        assert stored == [a_png(1), a_png(2)]
        assert [each["size_in_bytes"] for each in item["attachments"]] == list(map(len, stored))
        assert 'alt="Ci “bach” &lt;3"' in item["content_html"]

    def test_a_picture_that_changed_since_it_was_cleared_is_not_sent(self, platform, shelf):
        media = MemoryMedia(a_png(1))
        frozen = self.frozen(platform, a_draft(media=media.named("A dog")))
        media.kept["media/0"] = a_png(2)

        with pytest.raises(RefusedError, match="cleared"):
            platform.send(frozen, media)

        assert shelf.kept == {}

    @pytest.mark.parametrize("draft", [a_draft(kind=Kind.RESHARE), a_draft(kind=Kind.REPLY)])
    def test_what_a_feed_cannot_carry_is_refused_before_it_is_claimed(self, platform, draft):
        with pytest.raises(UnsupportedError, match="cannot carry"):
            platform.prepare(draft, a_key(), now())

    def test_a_feed_is_no_place_for_an_account_that_is_a_path(self):
        with pytest.raises(UnsupportedError):
            a_feed(MemoryShelf(), "../leek")

    def test_a_picture_that_cannot_be_copied_means_not_sent(self, platform, faults):
        media = MemoryMedia(a_png(1))
        frozen = self.frozen(platform, a_draft(media=media.named("A dog")))
        faults.once("500-after-commit", on="media")

        with pytest.raises(NotSentError):
            platform.send(frozen, media)

        assert platform.find(frozen) is None
        assert platform.send(frozen, media).text == frozen.request["text"]

    def test_a_view_that_could_not_be_written_is_made_good_by_looking(self, platform, shelf):
        frozen = self.frozen(platform, a_draft(text := f"Half {a_key()}"))
        shelf.faults.always("500-before-commit", on="media", containing="rss.xml")
        with pytest.raises(UncertainError, match="every feed"):
            platform.send(frozen, NO_MEDIA)
        with pytest.raises(UnreachableError):
            platform.find(frozen)
        shelf.faults.clear()

        assert platform.find(frozen).text == text
        assert self.copies(text) == 1

    def test_a_list_that_is_no_list_proves_nothing(self, platform, shelf):
        shelf.kept["ledger/stoke/list.json"] = (b"<html>", "text/html")

        with pytest.raises(UnreachableError):
            platform.find(self.frozen(platform))

    def everything(self):
        return b"".join(data for data, _ in self.shelf.kept.values())


def test_a_view_is_never_replaced_by_an_older_one():
    """A worker sleeps with an old view in its hands while others publish and delete."""
    shelf, held, go_on = MemoryShelf(), threading.Event(), threading.Event()
    write = shelf.write

    def sleepy(path, data, content_type, seen):
        if path == "public/stoke/rss.xml" and threading.current_thread().name == "slow":
            held.set()
            go_on.wait(20)
        write(path, data, content_type, seen)

    shelf.write = sleepy
    feed = a_feed(shelf)
    slow = feed.prepare(a_draft("Slow"), a_key(), now())
    worker = threading.Thread(target=feed.send, args=(slow, NO_MEDIA), name="slow")
    worker.start()
    assert held.wait(20)

    quick = feed.prepare(a_draft("Quick"), a_key(), now())
    feed.delete(feed.send(quick, NO_MEDIA))
    newest = generation_of(shelf.kept["public/stoke/rss.xml"][0])
    go_on.set()
    worker.join(20)

    assert generation_of(shelf.kept["public/stoke/rss.xml"][0]) == newest
    assert b"Quick" not in shelf.kept["public/stoke/rss.xml"][0]
    assert b"Slow" in shelf.kept["public/stoke/rss.xml"][0]


def test_workers_of_many_accounts_at_once_lose_nothing():
    shelf = MemoryShelf()
    posts = [(account, place) for place in range(8) for account in ("stoke", "leek", "stone")]
    frozen = {
        post: a_feed(shelf, post[0]).prepare(a_draft(f"{post}"), a_key(), now()) for post in posts
    }

    def worker(post):
        return a_feed(shelf, post[0]).send(frozen[post], NO_MEDIA)

    with ThreadPoolExecutor(8) as threads:
        receipts = list(threads.map(worker, posts))

    together = json.loads(shelf.kept["public/feed.json"][0])["items"]
    assert {item["content_text"] for item in together} == {f"{post}" for post in posts}
    assert len(together) == len(posts)
    for (account, _), receipt in zip(posts, receipts, strict=True):
        for name in VIEWS:
            assert receipt.url.encode() in shelf.kept[f"public/{account}/{name}"][0]


@pytest.mark.parametrize("seed", range(150))
def test_whatever_fails_when_there_is_one_post_or_none_and_we_know_which(seed):
    chance, shelf = Random(seed), MemoryShelf()  # noqa: S311 - chance that can be had again
    feed = a_feed(shelf)
    frozen = feed.prepare(a_draft("Road closed at Leek"), a_key(), now())
    unlucky(shelf, chance, 0.25)

    for _ in range(60):
        try:
            receipt = feed.find(frozen) or feed.send(frozen, NO_MEDIA)
            break
        except PlatformError:
            continue
    else:
        shelf.luck = 0.0
        receipt = feed.find(frozen) or feed.send(frozen, NO_MEDIA)

    shelf.luck = 0.0
    for path in FEEDS:
        assert shelf.kept[path][0].count(receipt.url.encode()) == 1, path
    items = json.loads(shelf.kept["public/stoke/feed.json"][0])["items"]
    assert [item["content_text"] for item in items] == ["Road closed at Leek"]


@pytest.mark.parametrize("seed", range(60))
def test_whatever_fails_while_it_is_deleted_it_is_gone_once_that_succeeds(seed):
    chance, shelf = Random(seed), MemoryShelf()  # noqa: S311 - chance that can be had again
    feed = a_feed(shelf)
    frozen = feed.prepare(a_draft("Road closed at Leek"), a_key(), now())
    receipt = feed.send(frozen, NO_MEDIA)
    unlucky(shelf, chance, 0.15)

    for _ in range(200):
        try:
            feed.delete(receipt)
            break
        except UncertainError:
            continue

    assert b"Road closed" not in b"".join(data for data, _ in shelf.kept.values())


def unlucky(shelf, chance, luck):
    """Reads and writes fail by chance, the writes before they are done or after."""
    shelf.luck, read, put = luck, shelf.read, shelf._put

    def reads(path):
        if chance.random() < shelf.luck / 3:
            raise NoAnswerError("read")
        return read(path)

    def puts(path, data, content_type, seen):
        bad = chance.random() < shelf.luck
        if bad and chance.random() < 0.5:
            raise NoAnswerError("before")
        put(path, data, content_type, seen)
        if bad:
            raise NoAnswerError("after")

    shelf.read, shelf._put = reads, puts


def _path_of(address):
    return address.replace(BASE, "public", 1)


def test_a_receipt_of_no_feed_is_refused():
    with pytest.raises(RefusedError):
        a_feed(MemoryShelf()).delete(Receipt("nonsense", "", ""))


def test_a_busy_shelf_means_not_now():
    shelf = MemoryShelf()
    shelf.faults.once("429", on="read")
    feed = a_feed(shelf)

    with pytest.raises(RateLimitedError):
        feed.send(feed.prepare(a_draft(), a_key(), now()), NO_MEDIA)
