"""Subscribers: asked, confirmed, claimed once an issue, erased. The fake of the unit tests too."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from shared.records.errors import DeadLinkError
from shared.records.outbox import Outbox
from shared.records.subscribers import PAGE, Subscribers, subscriber_id
from tests.builders import NOW, a_pen, an_act
from tests.unit.subscribe.readers import MemorySubscribers

SAM, KEY = "Sam@example.org", subscriber_id("sam@example.org")
HOUR = timedelta(hours=1)


@pytest.fixture(params=["real", "fake"])
def kept(request, store):
    return Subscribers(store, a_pen()) if request.param == "real" else MemorySubscribers()


def joined(kept, address=SAM, at=NOW):
    assert kept.ask(address, "confirm", "leave", at)
    kept.join(subscriber_id(address), "confirm", at)
    return next(r for r in kept.readers() if r.subscriber_id == subscriber_id(address))


class TestJoining:
    def test_who_asked_is_no_reader_yet(self, kept):
        assert kept.ask(SAM, "confirm", "leave", NOW)

        assert list(kept.readers()) == []

    def test_who_confirmed_is_one(self, kept):
        reader = joined(kept)

        assert (reader.address, reader.leave_token, reader.issue) == (SAM, "leave", None)
        assert reader.joined_at == NOW

    def test_confirming_twice_changes_nothing(self, kept):
        reader = joined(kept)

        kept.join(KEY, "confirm", NOW + HOUR)

        assert list(kept.readers()) == [reader]

    @pytest.mark.parametrize(
        ("key", "token", "after"),
        [
            (KEY, "wrong", HOUR),
            (KEY, "confirm", timedelta(hours=48)),
            (subscriber_id("jo@example.org"), "confirm", HOUR),
            ("", "confirm", HOUR),
        ],
    )
    def test_a_link_that_is_not_the_latest_or_too_old_joins_nobody(self, kept, key, token, after):
        kept.ask(SAM, "confirm", "leave", NOW)

        with pytest.raises(DeadLinkError):
            kept.join(key, token, NOW + after)

        assert list(kept.readers()) == []

    def test_within_the_hour_an_address_is_not_written_to_again(self, kept):
        assert kept.ask(SAM, "one", "leave", NOW)
        assert not kept.ask("sam@EXAMPLE.org", "two", "other", NOW + HOUR / 2)
        kept.join(KEY, "one", NOW + HOUR / 2)

    def test_a_newer_letter_makes_the_older_link_void(self, kept):
        kept.ask(SAM, "one", "leave", NOW)
        assert kept.ask(SAM, "two", "leave", NOW + HOUR)

        with pytest.raises(DeadLinkError):
            kept.join(KEY, "one", NOW + HOUR)
        kept.join(KEY, "two", NOW + HOUR)

    def test_a_reader_who_asks_again_stays_one_and_keeps_their_way_out(self, kept):
        reader = joined(kept)
        kept.claim(reader, "2026-11-20")

        assert kept.ask(SAM, "again", "other", NOW + HOUR)
        kept.join(KEY, "again", NOW + HOUR)

        [same] = kept.readers()
        assert (same.leave_token, same.issue, same.joined_at) == ("leave", "2026-11-20", NOW)


class TestLeaving:
    def test_leaving_erases_everything(self, kept):
        joined(kept)

        kept.leave(KEY, "leave")

        assert list(kept.readers()) == []
        with pytest.raises(DeadLinkError):
            kept.join(KEY, "confirm", NOW)

    @pytest.mark.parametrize("token", ["wrong", "", "confirm"])
    def test_only_their_own_token_lets_anybody_leave(self, kept, token):
        reader = joined(kept)

        kept.leave(KEY, token)

        assert list(kept.readers()) == [reader]

    def test_leaving_twice_and_leaving_what_never_was_are_no_faults(self, kept):
        joined(kept)

        for _ in range(2):
            kept.leave(KEY, "leave")
        kept.leave("nobody", "leave")

    def test_who_refuses_letters_is_erased_and_again_is_no_fault(self, kept):
        joined(kept)

        kept.drop(KEY)
        kept.drop(KEY)

        assert list(kept.readers()) == []


class TestClaiming:
    def test_one_worker_gets_a_reader_for_an_issue(self, kept):
        reader = joined(kept)

        with ThreadPoolExecutor(6) as threads:
            claimed = list(threads.map(lambda _: kept.claim(reader, "2026-11-20"), range(6)))

        assert sorted(claimed) == [False] * 5 + [True]

    def test_later_issues_follow_and_earlier_ones_do_not(self, kept):
        reader = joined(kept)

        assert kept.claim(reader, "2026-11-20")
        assert kept.claim(reader, "2026-11-27")
        assert not kept.claim(reader, "2026-11-20")

    def test_who_left_since_is_not_claimed_and_not_made_anew(self, kept):
        reader = joined(kept)
        kept.leave(KEY, "leave")

        assert not kept.claim(reader, "2026-11-20")
        assert list(kept.readers()) == []


def test_a_network_is_counted_within_its_window(kept):
    assert [kept.count("192.0.2.1", NOW, HOUR) for _ in range(3)] == [1, 2, 3]
    assert kept.count("192.0.2.2", NOW, HOUR) == 1
    assert kept.count("192.0.2.1", NOW + HOUR, HOUR) == 1


def test_readers_are_read_page_by_page(store):
    kept = Subscribers(store, a_pen())
    for place in range(PAGE + 3):
        kept.ask(f"reader{place}@example.org", "confirm", "leave", NOW)
        kept.join(subscriber_id(f"reader{place}@example.org"), "confirm", NOW)

    assert len({reader.address for reader in kept.readers()}) == PAGE + 3


def test_what_is_unconfirmed_expires_and_what_is_confirmed_does_not(store):
    kept = Subscribers(store, a_pen())
    kept.ask(SAM, "confirm", "leave", NOW)
    asked = store.subscribers.get(KEY)
    kept.join(KEY, "confirm", NOW)

    assert asked.ttl == NOW + timedelta(hours=48)
    assert store.subscribers.get(KEY).ttl is None


def test_no_row_tells_an_address_by_its_key_nor_a_token_to_confirm_with(store):
    kept = Subscribers(store, a_pen())
    kept.ask(SAM, "the-secret", "leave", NOW)
    kept.count("192.0.2.1", NOW, HOUR)

    rows = [row.to_simple_dict() for row in store.subscribers.scan()]
    assert "the-secret" not in repr(rows)
    assert "192.0.2.1" not in repr(rows)
    assert not any("@" in row["subscriber_id"] for row in rows)


def test_what_is_noted_is_a_leaf(store):
    Subscribers(store, a_pen()).note(an_act("newsletter.sent"))

    [waiting] = Outbox(store).pending(10)
    assert b"newsletter.sent" in waiting.envelope
