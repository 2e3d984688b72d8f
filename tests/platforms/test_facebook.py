"""The Facebook adapter keeps the contract, on a server held by Facebook's table of parameters."""

from dataclasses import replace

import pytest

from shared.platforms.base import (
    Credentials,
    NotSentError,
    RateLimitedError,
    SignInError,
    UncertainError,
    UnsupportedError,
)
from shared.platforms.facebook import facebook
from shared.platforms.wire import Wire
from shared.posts.content import Kind
from tests.platforms.builders import (
    HASTY,
    NO_MEDIA,
    PATIENT,
    MemoryMedia,
    a_draft,
    a_key,
    a_png,
    now,
)
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.servers.facebook import PAGE, FacebookServer
from tests.platforms.timelined import TimelineContract

NOBODY = "http://127.0.0.1:9/v26.0"


def an_adapter(credentials, waits=PATIENT):
    return facebook(credentials, wire=Wire(waits), clock=now)


class TestFacebook(PlatformContract, FaultContract, TimelineContract):
    too_long = "x" * 63_207

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with FacebookServer(now) as server:
            yield server

    @pytest.fixture
    def platform(self, server):
        self.server = server
        return an_adapter(server.account())

    @pytest.fixture
    def hasty(self, server):
        return an_adapter(server.account(), HASTY)

    @pytest.fixture
    def unheard(self):
        return an_adapter(Credentials(NOBODY, PAGE, "token"))

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()

    def standing_texts(self):
        return [post.message for post in self.server.posts]

    def change_words(self, receipt, text):
        next(p for p in self.server.posts if p.post_id == receipt.platform_id).message = text

    @pytest.mark.parametrize("count", [1, 3])
    def test_pictures_are_delivered_with_their_alt_texts(self, platform, count):
        media = MemoryMedia(*(a_png(shade) for shade in range(count)))
        alts = [f"Bicycle {number}, marked." for number in range(count)]
        draft = a_draft(f"With pictures {a_key()}", media=media.named(*alts))
        frozen = self.frozen(platform, draft)

        receipt = platform.send(frozen, media)

        assert [self.server.photos[name] for name in self.server.posts[-1].photos] == alts
        assert platform.find(frozen) == receipt

    def test_a_picture_whose_alt_text_is_not_kept_is_not_posted(self, platform, monkeypatch):
        media = MemoryMedia(a_png())
        draft = a_draft(text := f"Alt lost {a_key()}", media=media.named("A bicycle."))
        monkeypatch.setattr(self.server, "photos", _Forgetful())

        with pytest.raises(NotSentError, match="alt text"):
            platform.send(self.frozen(platform, draft), media)

        assert self.copies(text) == 0

    def test_a_500_after_the_post_was_made_is_uncertain(self, platform, faults):
        faults.once("500-after-commit")

        with pytest.raises(UncertainError, match="unavailable"):
            platform.send(frozen := self.frozen(platform), NO_MEDIA)

        assert platform.find(frozen) is not None

    def test_not_now_counts_facebooks_minutes(self, platform, faults):
        faults.once("429")

        with pytest.raises(RateLimitedError) as caught:
            platform.send(self.frozen(platform), NO_MEDIA)

        assert 400 < (caught.value.retry_at - now()).total_seconds() <= 420

    def test_words_that_facebook_has_already_mean_look(self, platform, faults):
        faults.once("duplicate-refusal")

        with pytest.raises(UncertainError, match="Duplicate"):
            platform.send(self.frozen(platform), NO_MEDIA)

    def test_a_token_that_has_ended_is_a_sign_in_error(self, platform, server):
        stranger = an_adapter(replace(server.account(), password="ended"))

        with pytest.raises(SignInError):
            stranger.send(self.frozen(stranger), NO_MEDIA)

    def test_a_reply_is_unsupported_before_anything_is_sent(self, platform):
        with pytest.raises(UnsupportedError, match="reply"):
            platform.prepare(a_draft("Yes", kind=Kind.REPLY), a_key(), now())


class _Forgetful(dict):
    """Keeps pictures and not their alt texts."""

    def __getitem__(self, name):
        super().__getitem__(name)
        return ""
