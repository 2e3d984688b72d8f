"""Lists by cursor: whole, in order, and deaf to cursors they never gave out."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.posts.names import PersonId
from shared.records.errors import InvalidCursorError
from shared.records.paging import cursor_after, post_key, start_after
from shared.records.posts import Posts
from tests.builders import a_pen, a_post, a_post_id, an_act

AUTHOR = PersonId("pc-okafor")

HOSTILE = [
    "",
    "?",
    "....",
    "AAAA",
    "a" * 5000,
    "\ud83d",
    "é",
    "bm90IGEga2V5",
    base64.urlsafe_b64encode(b"01ARZ3NDEKTSV4RRFFQ69G5FAV#1").decode(),
    base64.urlsafe_b64encode(b"x#000001\n").decode(),
    base64.urlsafe_b64encode("x#٠٠٠٠٠١".encode()).decode(),
    base64.urlsafe_b64encode(b'{"author":{"S":"somebody-else"}}').decode(),
    cursor_after("01ARZ3NDEKTSV4RRFFQ69G5FAV#000001") + "=",
    cursor_after("01ARZ3NDEKTSV4RRFFQ69G5FAV#000001") + "\n",
]


class TestPaging:
    def test_pages_put_together_are_the_whole_list_newest_first(self, store):
        posts = Posts(store, a_pen())
        written = [posts.submit(a_post(), an_act()) for _ in range(7)]
        read, cursor = [], None

        while True:
            page = posts.by_author(AUTHOR, cursor, limit=3)
            read += page.posts
            cursor = page.cursor
            if cursor is None:
                break

        assert read == written[::-1]

    def test_the_last_full_page_knows_that_it_is_the_last(self, store):
        posts = Posts(store, a_pen())
        for _ in range(4):
            posts.submit(a_post(), an_act())

        first = posts.by_author(AUTHOR, limit=2)
        last = posts.by_author(AUTHOR, first.cursor, limit=2)

        assert first.cursor is not None
        assert last.cursor is None

    def test_a_post_submitted_meanwhile_neither_repeats_nor_hides_one(self, store):
        posts = Posts(store, a_pen())
        written = [posts.submit(a_post(), an_act()) for _ in range(4)]
        first = posts.by_author(AUTHOR, limit=2)
        posts.submit(a_post(), an_act())

        second = posts.by_author(AUTHOR, first.cursor, limit=2)

        assert (*first.posts, *second.posts) == tuple(written[::-1])

    def test_a_page_is_two_calls_however_long(self, store, calls):
        posts = Posts(store, a_pen())
        for _ in range(5):
            posts.submit(a_post(), an_act())
        calls.clear()

        posts.by_author(AUTHOR, limit=99)

        assert calls == ["Query", "BatchGetItem"]

    def test_versions_of_one_post_come_latest_first(self, store):
        posts = Posts(store, a_pen())
        post_id = a_post_id()
        for version in (1, 2, 10):
            posts.submit(a_post(post_id=post_id, version=version), an_act())

        page = posts.by_author(AUTHOR)

        assert [post.version for post in page.posts] == [10, 2, 1]

    def test_a_cursor_of_another_list_shows_nothing_of_that_list(self, store):
        posts = Posts(store, a_pen())
        for _ in range(3):
            posts.submit(a_post(author=PersonId("somebody-else")), an_act())
        theirs = posts.by_author(PersonId("somebody-else"), limit=1).cursor
        mine = posts.submit(a_post(post_id=a_post_id()), an_act())

        page = posts.by_author(AUTHOR, theirs)

        assert {post.author for post in page.posts} <= {mine.author}

    @pytest.mark.parametrize("cursor", HOSTILE)
    def test_a_hostile_cursor_is_refused_before_anything_is_asked(self, store, calls, cursor):
        with pytest.raises(InvalidCursorError):
            Posts(store, a_pen()).by_author(AUTHOR, cursor)

        assert calls == []

    @pytest.mark.parametrize("limit", [-5, 0, 100, 10**9])
    def test_an_absurd_limit_still_gives_a_page(self, store, limit):
        posts = Posts(store, a_pen())
        post = posts.submit(a_post(), an_act())

        assert posts.by_author(AUTHOR, limit=limit).posts == (post,)

    @pytest.mark.parametrize("person", ["", "x" * 5000, "\ud83d"])
    def test_somebody_who_cannot_exist_has_written_nothing(self, store, person):
        assert Posts(store, a_pen()).by_author(PersonId(person)).posts == ()


@given(st.text())
def test_a_cursor_is_either_ours_or_refused(cursor):
    try:
        key, post_id, version = start_after(cursor)
    except InvalidCursorError:
        return
    assert cursor_after(key) == cursor
    assert key == post_key(post_id, version)


@given(st.integers(0, 999_999))
def test_every_cursor_we_give_out_leads_back(version):
    post_id = a_post_id()

    found = start_after(cursor_after(post_key(post_id, version)))

    assert found == (post_key(post_id, version), post_id, version)
