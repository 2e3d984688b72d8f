"""A list of pages is read to its end and no further; an answer is understood or it is not."""

from datetime import timedelta

import pytest

from shared.platforms.base import (
    NotSentError,
    RateLimitedError,
    RefusedError,
    SignInError,
    UnreachableError,
)
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, place_of
from shared.platforms.reading import Page, all_of
from shared.platforms.wire import Answer, NoAnswerError
from tests.platforms.builders import NOON


def pages(*listed: Page):
    by_cursor = dict(zip((None, *(page.next_cursor for page in listed)), listed, strict=False))
    asked = []

    def read(cursor):
        asked.append(cursor)
        return by_cursor[cursor]

    return read, asked


def test_every_page_is_read_once_and_in_order():
    read, asked = pages(Page((1, 2), "b"), Page((3,), "c"), Page((4,)))

    assert list(all_of(read)) == [1, 2, 3, 4]
    assert asked == [None, "b", "c"]


def test_empty_pages_in_between_are_read_past():
    read, _ = pages(Page((), "b"), Page((), "c"), Page((1,)))

    assert list(all_of(read)) == [1]


@pytest.mark.parametrize(
    "turn",
    [
        lambda cursor: Page((cursor,), "same"),
        lambda cursor: Page(("alike",), str(int(cursor or 0) + 1)),
        lambda cursor: Page((cursor,), {"a": "b", "b": "c", "c": "a"}.get(cursor, "a")),
    ],
    ids=["same cursor", "same page", "a ring"],
)
def test_a_server_that_turns_in_circles_is_left(turn):
    asked = []

    def read(cursor):
        asked.append(cursor)
        return turn(cursor)

    with pytest.raises(UnreachableError, match="again"):
        list(all_of(read))
    assert len(asked) < 6


def test_a_list_without_end_is_left():
    def read(cursor):
        return Page((cursor,), str(int(cursor or 0) + 1))

    with pytest.raises(UnreachableError, match="7 pages"):
        list(all_of(read, most_pages=7))


def look(answer):
    def ask(_path, _query):
        if isinstance(answer, Exception):
            raise answer
        return answer

    return Look("Somewhere", ask, lambda told: f"It said {told.status}.", lambda: NOON)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (NoAnswerError("ReadTimeoutError"), UnreachableError),
        (NotSentError("No way in."), UnreachableError),
        (SignInError("No."), SignInError),
        (RateLimitedError("Wait.", NOON), RateLimitedError),
        (Answer(401, {}, b"{}"), SignInError),
        (Answer(403, {}, b"{}"), RefusedError),
        (Answer(429, {"retry-after": "30"}, b"{}"), RateLimitedError),
        (Answer(500, {}, b"{}"), UnreachableError),
        (Answer(302, {}, b"{}"), UnreachableError),
        (Answer(200, {}, b"<html>"), UnreachableError),
        (Answer(200, {}, b"[]"), UnreachableError),
    ],
)
def test_a_look_that_fails_is_exactly_one_error(answer, error):
    with pytest.raises(error) as caught:
        look(answer).fields("/x")

    assert type(caught.value) is error


def test_not_now_tells_until_when():
    with pytest.raises(RateLimitedError) as caught:
        look(Answer(429, {"retry-after": "30"}, b"{}")).fields("/x")

    assert caught.value.retry_at == NOON + timedelta(seconds=30)


@pytest.mark.parametrize("wrong", [KeyError("id"), TypeError(), ValueError(), AttributeError()])
def test_another_shape_than_documented_is_unreachable(wrong):
    here = look(Answer(200, {}, b"{}"))

    with pytest.raises(UnreachableError, match="not understood"), here.understood():
        raise wrong


@pytest.mark.parametrize("value", [None, True, 1.5, [], {}])
def test_what_is_no_id_is_none(value):
    with pytest.raises(TypeError):
        name_of(value)


@pytest.mark.parametrize("value", ["", " ", "a\nb", "x" * 1_001])
def test_an_id_is_short_and_printable(value):
    with pytest.raises(ValueError, match="no id"):
        name_of(value)


def test_a_cursor_is_an_id_or_none_at_all():
    assert (cursor_of(None), cursor_of(""), cursor_of(7)) == (None, None, "7")


@pytest.mark.parametrize(
    ("value", "count"), [(0, 0), (12, 12), (-1, None), (True, None), ("12", None), (None, None)]
)
def test_a_count_is_a_whole_number(value, count):
    assert count_of(value) == count


@pytest.mark.parametrize(("cursor", "place"), [(None, 1), ("", 1), ("3", 3), ("x", 1)])
def test_a_numbered_page_begins_somewhere(cursor, place):
    assert place_of(cursor, 1) == place


@pytest.mark.parametrize("listed", [None, {}, [1], "x"])
def test_a_list_that_is_none_is_not_understood(listed):
    with pytest.raises(TypeError):
        objects(listed)
