"""Each reader gets each issue once, whoever sends it and whatever breaks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from shared.posts.newsletter import Item
from subscribe.send_newsletter import send_newsletter
from tests.unit.subscribe.readers import World

FRIDAY = datetime(2026, 11, 20, 9, 5, tzinfo=UTC)
WEEK = timedelta(days=7)
ITEMS = (Item("Leek NPT", "The road is open again.", "https://feeds.example/1.html", FRIDAY),)


@pytest.fixture
def world():
    world = World()
    for name in ("ann", "bob", "cat"):
        world.join(f"{name}@example.org", FRIDAY - timedelta(days=1))
    return world


def sent(world, at=FRIDAY, items=ITEMS, **more):
    until = more.pop("until", at + timedelta(minutes=12))
    clock = more.pop("clock", lambda: at)
    return send_newsletter(world.desk, lambda _: items, clock, lambda _: None, until)


def addressed(world):
    return sorted(str(letter["To"]) for letter in world.letters)


def test_everybody_gets_it_once_however_often_it_is_called(world):
    told = [sent(world) for _ in range(4)]

    assert addressed(world) == ["ann@example.org", "bob@example.org", "cat@example.org"]
    assert [each.sent for each in told] == [3, 0, 0, 0]


def test_two_workers_at_once_send_no_letter_twice(world):
    for place in range(40):
        world.join(f"reader{place}@example.org", FRIDAY - timedelta(days=1))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda _: sent(world), range(6)))

    assert len(addressed(world)) == len(set(addressed(world))) == 43


def test_a_letter_that_broke_is_counted_and_not_sent_again(world):
    world.silent.add("bob@example.org")
    first = sent(world)
    world.silent.clear()

    again = sent(world)

    assert (first.sent, first.unsent) == (2, 1)
    assert (again.sent, again.unsent) == (0, 0)


def test_the_next_week_has_its_own(world):
    sent(world)

    sent(world, at=FRIDAY + WEEK)

    assert len(addressed(world)) == 6


def test_a_week_in_which_nothing_was_said_has_no_issue(world):
    told = sent(world, items=())

    assert (told.posts, told.sent) == (0, 0)
    assert world.letters == []
    assert world.subscribers.acts == []


def test_posts_are_looked_for_once_and_only_where_somebody_waits_for_the_letter(world):
    asked = []

    def items_of(issue):
        asked.append(issue.name)
        return ITEMS

    for at in (FRIDAY - WEEK, FRIDAY, FRIDAY):  # nobody has joined yet, all wait, all have it
        send_newsletter(world.desk, items_of, lambda at=at: at, lambda _: None, at + WEEK)

    assert asked == ["2026-11-20"]


def test_who_has_not_confirmed_or_has_left_gets_nothing(world):
    world.subscribers.ask("dot@example.org", "c", "l", FRIDAY - timedelta(hours=5))
    [*_, last] = world.subscribers.readers()
    world.subscribers.leave(last.subscriber_id, last.leave_token)

    assert sent(world).sent == 2
    assert last.address not in addressed(world)


def test_who_joined_after_it_was_due_gets_the_next(world):
    world.join("late@example.org", FRIDAY)

    sent(world)
    assert "late@example.org" not in addressed(world)

    sent(world, at=FRIDAY + WEEK)
    assert "late@example.org" in addressed(world)


def test_it_stops_in_time_and_the_next_call_goes_on(world):
    moments = iter([FRIDAY, FRIDAY, FRIDAY, *[FRIDAY + timedelta(hours=1)] * 9])

    first = sent(world, until=FRIDAY + timedelta(minutes=12), clock=lambda: next(moments))
    rest = sent(world, at=FRIDAY + timedelta(minutes=20))

    assert (first.sent, first.whole) == (1, False)
    assert (rest.sent, rest.whole) == (2, True)
    assert len(addressed(world)) == len(set(addressed(world))) == 3


def test_what_is_on_record_counts_and_names_nobody(world):
    sent(world)

    [act] = world.subscribers.acts
    assert (act.type, act.subject) == ("newsletter.sent", "newsletter:2026-11-20")
    assert act.payload == {"posts": 1, "letters": 3, "unsent": 0}
    assert "@" not in repr(act)
