"""The Facebook adapter keeps the contract, on a server held by Facebook's table of parameters."""

import pytest

from shared.platforms.base import NotSentError, RateLimitedError, UncertainError
from shared.platforms.facebook import facebook
from shared.platforms.wire import Wire
from tests.platforms.builders import NO_MEDIA, MemoryMedia, a_draft, a_key, a_png, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.served import NOBODY, PictureContract, ServedContract
from tests.platforms.servers.facebook import FacebookServer
from tests.platforms.timelined import TimelineContract


class TestFacebook(
    ServedContract, PlatformContract, FaultContract, TimelineContract, PictureContract
):
    too_long = "x" * 63_207
    repetition = "Duplicate"
    nowhere = f"{NOBODY}/v26.0"

    @classmethod
    def serve(cls):
        return FacebookServer(now)

    def opened(self, credentials, _sessions, waits):
        return facebook(credentials, wire=Wire(waits), clock=now)

    def standing_texts(self):
        return [post.message for post in self.server.posts]

    def change_words(self, receipt, text):
        next(p for p in self.server.posts if p.post_id == receipt.platform_id).message = text

    def last_alts(self):
        return [self.server.photos[name] for name in self.server.posts[-1].photos]

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


class _Forgetful(dict):
    """Keeps pictures and not their alt texts."""

    def __getitem__(self, name):
        super().__getitem__(name)
        return ""
