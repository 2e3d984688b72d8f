"""The Mastodon adapter keeps the contract, on a server that keeps keys and on one that does not."""

import pytest

from shared.platforms.base import Credentials, SignInError, UncertainError, UnsupportedError
from shared.platforms.mastodon import mastodon
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
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.timelined import TimelineContract

NOBODY = "http://127.0.0.1:9"


def an_adapter(credentials, sessions=None, waits=PATIENT):
    kept = sessions or MemorySessions()
    return mastodon(credentials, kept, wire=Wire(waits), clock=now, pause=lambda _: None)


class Mastodon(PlatformContract, FaultContract, TimelineContract):
    too_long = "x" * 501
    keeps_keys = True

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with MastodonServer(now, keeps_keys=cls.keeps_keys) as server:
            yield server

    @pytest.fixture
    def platform(self, server):
        self.server = server
        return an_adapter(server.account())

    @pytest.fixture
    def hasty(self, server):
        return an_adapter(server.account(), waits=HASTY)

    @pytest.fixture
    def unheard(self):
        kept = MemorySessions()
        kept.save("mastodon/stoke", {"service": NOBODY, "account": "1"})
        return an_adapter(Credentials(NOBODY, "stoke", "token"), kept)

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()

    def standing_texts(self):
        return [status.text for status in self.server.statuses]

    def change_words(self, receipt, text):
        status = next(s for s in self.server.statuses if s.status_id == receipt.platform_id)
        status.text = text

    def test_a_picture_is_delivered_with_its_alt_text_once_the_server_is_ready(self, platform):
        media = MemoryMedia(a_png())
        draft = a_draft(f"With a picture {a_key()}", media=media.named("A bicycle, marked."))
        frozen = self.frozen(platform, draft)

        receipt = platform.send(frozen, media)

        assert self.server.statuses[-1].media == [("1", "A bicycle, marked.")]
        assert platform.find(frozen) == receipt

    def test_the_language_of_a_status_is_told_without_its_country(self, platform):
        platform.send(
            self.frozen(platform, a_draft(f"Bore da {a_key()}", language="cy-GB")), NO_MEDIA
        )

        assert self.server.statuses[-1].language == "cy"

    def test_a_refused_token_is_a_sign_in_error(self, platform, server):
        stranger = an_adapter(Credentials(server.url, "stoke", "old"))

        with pytest.raises(SignInError):
            stranger.send(self.frozen(stranger), NO_MEDIA)

    def test_a_reshare_is_unsupported_before_anything_is_sent(self, platform):
        with pytest.raises(UnsupportedError, match="reshare"):
            platform.prepare(a_draft("Look", kind=Kind.RESHARE), a_key(), now())

    def test_a_second_request_at_work_with_our_key_means_look(self, platform, faults):
        faults.once("duplicate-refusal")

        with pytest.raises(UncertainError):
            platform.send(self.frozen(platform), NO_MEDIA)


class TestMastodon(Mastodon):
    """A server that keeps keys for an hour."""


class TestGoToSocial(Mastodon):
    """A server that pays no heed to keys."""

    keeps_keys = False
