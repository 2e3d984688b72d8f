"""Posts: kept once, moved only from where they were read, listed newest first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.posts.names import AccountId, PersonId, PostId
from shared.records.errors import (
    AlreadyExistsError,
    KeyReusedError,
    NotFoundError,
    TooLargeError,
    UnstorableError,
)
from shared.records.outbox import Outbox
from shared.records.posts import Posts
from tests.builders import NOW, a_pen, a_picture, a_post, a_post_id, an_act

FINDING = {
    "rule": "too-many-hashtags",
    "severity": "review",
    "start": 0,
    "end": 4,
    "message": "Five hashtags.",
    "suggestion": "Keep two.",
    "source": "G12",
}


@pytest.fixture
def posts(store):
    return Posts(store, a_pen())


class TestSubmitting:
    def test_a_submitted_post_is_read_back_as_it_was(self, posts):
        post = a_post(
            "Ŵythnos 👮🏽‍♀️ \x00 e\u0301 \uffff",
            media=(a_picture(),),
            not_before=NOW + timedelta(hours=2),
            expires_at=NOW + timedelta(days=2),
            findings=(FINDING,),
        )

        posts.submit(post, an_act())

        assert posts.get(post.post_id, 1) == post

    def test_a_submission_and_its_leaf_are_one_call(self, posts, store, calls):
        posts.submit(a_post(), an_act())

        assert calls == ["TransactWriteItems"]
        assert len(Outbox(store).pending(10)) == 1

    def test_a_version_is_taken_once_and_the_second_leaves_no_leaf(self, posts, store):
        post = a_post()
        posts.submit(post, an_act())

        with pytest.raises(AlreadyExistsError):
            posts.submit(replace(post, author=PersonId("pc-other")), an_act())

        assert posts.get(post.post_id).author == post.author
        assert len(Outbox(store).pending(10)) == 1

    def test_a_text_of_no_characters_and_no_findings_can_be_kept(self, posts):
        post = a_post("", about="")

        posts.submit(post, an_act())

        assert posts.get(post.post_id).draft.text == ""

    def test_a_post_beyond_400_kb_is_refused_with_its_size(self, posts, calls):
        with pytest.raises(TooLargeError) as refused:
            posts.submit(a_post("é" * 210_000), an_act())

        assert refused.value.size > refused.value.limit == 409_600
        assert calls == []

    def test_a_very_long_post_is_kept(self, posts):
        post = a_post("x" * 400_000)

        posts.submit(post, an_act())

        assert posts.get(post.post_id) == post

    def test_half_a_character_is_refused(self, posts):
        with pytest.raises(UnstorableError):
            posts.submit(a_post(reason="\ud83d"), an_act())


class TestRepeating:
    def test_the_same_key_gives_the_first_post(self, posts):
        first = posts.submit(a_post(), an_act(), "key-1")

        again = posts.submit(a_post(), an_act(), "key-1")

        assert again == first

    def test_a_repeated_submission_keeps_nothing(self, posts, store):
        posts.submit(a_post(), an_act(), "key-1")

        posts.submit(a_post(), an_act(), "key-1")

        assert len(posts.by_author(PersonId("pc-okafor")).posts) == 1
        assert len(Outbox(store).pending(10)) == 1

    def test_the_same_key_with_other_words_is_refused(self, posts):
        posts.submit(a_post("One."), an_act(), "key-1")

        with pytest.raises(KeyReusedError):
            posts.submit(a_post("Two."), an_act(), "key-1")

    def test_two_people_may_use_the_same_key(self, posts):
        first = posts.submit(a_post(), an_act(), "key-1")

        second = posts.submit(a_post(author=PersonId("pc-other")), an_act(), "key-1")

        assert second.post_id != first.post_id

    def test_a_key_is_forgotten_after_a_day_even_if_its_row_is_still_there(self, posts):
        first = posts.submit(a_post(), an_act(), "key-1")
        later = NOW + timedelta(hours=24, seconds=1)

        second = posts.submit(a_post(), an_act(at=later), "key-1")

        assert second.post_id != first.post_id

    @pytest.mark.parametrize("key", ["", "k" * 5000, "🔑\x00", "\ud83d"])
    def test_any_text_can_be_a_key(self, posts, key):
        first = posts.submit(a_post(), an_act(), key)

        assert posts.submit(a_post(), an_act(), key) == first


class TestReading:
    def test_the_latest_version_is_the_highest_number(self, posts):
        post_id = a_post_id()
        for version in (1, 2, 10):
            posts.submit(a_post(post_id=post_id, version=version), an_act())

        assert posts.get(post_id).version == 10
        assert [post.version for post in posts.history(post_id)] == [1, 2, 10]

    @pytest.mark.parametrize(
        ("post_id", "version"),
        [
            (a_post_id(), None),
            (a_post_id(), 1),
            ("", None),
            ("", 1),
            ("x" * 3000, None),
            ("x" * 3000, 1),
            ("\ud83d", 1),
            ("x", -1),
            ("x", 10**60),
        ],
    )
    def test_an_address_nobody_gave_out_is_not_found(self, posts, post_id, version):
        with pytest.raises(NotFoundError):
            posts.get(PostId(post_id), version)

        assert posts.history(PostId(post_id)) == ()


class TestOneAccount:
    def test_an_accounts_posts_are_those_of_all_its_authors(self, posts):
        mine = posts.submit(a_post(), an_act())
        theirs = posts.submit(a_post(author=PersonId("pc-other")), an_act())
        posts.submit(a_post(account=AccountId("harbour")), an_act())

        page = posts.by_account(AccountId("riverside"))

        assert page.posts == (theirs, mine)
        assert page.cursor is None
