"""The sandbox adapter keeps the contract against a running sandbox server, faults and all."""

from datetime import timedelta

import pytest

from local.sandbox import SandboxServer
from shared.platforms.base import (
    Credentials,
    RateLimitedError,
    RefusedError,
    SignInError,
    UncertainError,
)
from shared.platforms.sandbox import Sandbox
from shared.platforms.wire import Wire
from shared.posts.content import Kind
from tests.platforms.builders import (
    HASTY,
    NO_MEDIA,
    PATIENT,
    MemoryMedia,
    MemorySessions,
    a_draft,
    a_key,
    a_png,
    now,
)
from tests.platforms.contract import KeyedContract
from tests.platforms.faulty import FaultContract, RenewingContract
from tests.platforms.replied import ReplyContract
from tests.platforms.threaded import ThreadContract, by_words
from tests.platforms.videos import VideoContract

NOBODY = "http://127.0.0.1:9"
"""The discard port: nobody listens there."""


@pytest.fixture(scope="module")
def server():
    with SandboxServer(now, posts_per_window=100_000) as running:
        yield running


def an_adapter(credentials, sessions=None, waits=PATIENT):
    return Sandbox(credentials, sessions or MemorySessions(), wire=Wire(waits), clock=now)


class TestSandbox(
    KeyedContract, ThreadContract, ReplyContract, FaultContract, RenewingContract, VideoContract
):
    too_long = "x" * 501

    @pytest.fixture
    def account(self, server):
        self.server, self.sessions = server, MemorySessions()
        return server.create_account(f"stoke-{a_key()}")

    @pytest.fixture
    def platform(self, account):
        return an_adapter(account, self.sessions)

    @pytest.fixture
    def hasty(self, account):
        return an_adapter(account, self.sessions, HASTY)

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()

    @pytest.fixture
    def unheard(self):
        return an_adapter(Credentials(NOBODY, "stoke", "secret"))

    def videos(self):
        return [each["sha256"] for post in self.server.posts for each in post.pictures]

    def standing_texts(self):
        return [post.text for post in self.server.posts]

    def standing_answers(self):
        return by_words([(p.post_id, p.text, p.answers) for p in self.server.posts])

    def test_a_link_counts_as_twenty_three_characters(self, platform):
        fits = "x" * 476 + " https://example.org/" + "y" * 300

        platform.send(self.frozen(platform, a_draft(fits)), NO_MEDIA)
        with pytest.raises(RefusedError, match="500"):
            platform.send(self.frozen(platform, a_draft(f"x{fits}")), NO_MEDIA)

    def test_pictures_arrive_with_their_alt_text(self, platform, server):
        media = MemoryMedia(a_png(1), a_png(2))
        draft = a_draft(f"Two {a_key()}", media=media.named("A dog", "Ci"), kind=Kind.CORRECTION)

        receipt = platform.send(self.frozen(platform, draft), media)

        (post,) = [post for post in server.posts if post.post_id == receipt.platform_id]
        assert [picture["alt"] for picture in post.pictures] == ["A dog", "Ci"]
        assert [p["sha256"] for p in post.pictures] == [m.sha256 for m in draft.media]
        assert post.kind == "correction"

    def test_a_picture_that_changed_since_it_was_cleared_is_not_sent(self, platform):
        media = MemoryMedia(a_png(1))
        frozen = self.frozen(platform, a_draft(media=media.named("A dog")))
        media.kept["media/0"] = a_png(2)

        with pytest.raises(RefusedError, match="cleared"):
            platform.send(frozen, media)

        assert platform.find(frozen) is None

    def test_words_that_the_platform_alters_are_told_as_they_stand(self, platform, faults):
        frozen = self.frozen(platform, a_draft("Road closed at Leek"))
        faults.once("altered-text")

        receipt = platform.send(frozen, NO_MEDIA)

        assert receipt.text == "Road closed at Lee…"
        assert platform.find(frozen) == receipt

    def test_a_duplicate_that_is_not_ours_is_refused(self, platform, faults):
        frozen = self.frozen(platform)
        faults.once("duplicate-refusal")

        with pytest.raises(RefusedError, match="already"):
            platform.send(frozen, NO_MEDIA)

    def test_a_commit_after_we_gave_up_is_found_later(self, platform, hasty, faults, server):
        frozen = self.frozen(platform)
        platform.find(frozen)  # signs in
        faults.once("commit-after-timeout")

        with pytest.raises(UncertainError, match="lost"):
            hasty.send(frozen, NO_MEDIA)

        assert server.settled(seconds=10)
        assert platform.find(frozen) is not None

    def test_where_duplicates_are_not_refused_looking_first_still_keeps_one(self):
        with SandboxServer(now) as careless:
            careless.network.refuses_duplicates = False
            platform = an_adapter(careless.create_account("stoke"))
            frozen = self.frozen(platform)

            platform.send(frozen, NO_MEDIA)
            platform.send(frozen, NO_MEDIA)

            assert len(careless.posts) == 1

    def test_a_post_far_down_the_timeline_is_found(self, platform):
        frozen = self.frozen(platform)
        receipt = platform.send(frozen, NO_MEDIA)
        for _ in range(60):
            platform.send(self.frozen(platform), NO_MEDIA)

        assert platform.find(frozen) == receipt

    def test_a_wrong_password_is_a_sign_in_error(self, server):
        known = server.create_account("leek")
        platform = an_adapter(Credentials(known.service, known.identifier, "wrong"))

        with pytest.raises(SignInError, match="do not match"):
            platform.send(self.frozen(platform), NO_MEDIA)

    def test_one_login_serves_many_posts(self, server):
        sessions = MemorySessions()
        credentials = server.create_account("uttoxeter")

        for _ in range(3):
            platform = an_adapter(credentials, sessions)
            platform.send(self.frozen(platform), NO_MEDIA)

        assert sessions.saved == 1

    def test_too_many_posts_are_not_now_until_the_window_moves_on(self):
        moment = now()
        with SandboxServer(lambda: moment, posts_per_window=2) as strict:
            platform = an_adapter(strict.create_account("stoke"))
            for _ in range(2):
                platform.send(self.frozen(platform), NO_MEDIA)
            third = self.frozen(platform)

            with pytest.raises(RateLimitedError) as caught:
                platform.send(third, NO_MEDIA)

            moment = caught.value.retry_at + timedelta(seconds=1)
            assert platform.send(third, NO_MEDIA).text == third.request["text"]


def test_the_last_post_of_a_quota_closes_the_window_until_it_is_full_again():
    with SandboxServer(now, posts_per_window=2) as server:
        platform = an_adapter(server.create_account("quota"))
        two = [platform.prepare(a_draft(f"Post {n}"), a_key(), now()) for n in range(2)]

        first, last = [platform.send(frozen, NO_MEDIA).resume_at for frozen in two]

    assert first is None
    assert timedelta(minutes=14) < last - now() <= timedelta(minutes=15)
