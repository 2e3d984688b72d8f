"""The X adapter keeps the contract, on a server held by X's own description of its API."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.platforms.base import Credentials, SignInError, UncertainError, UnsupportedError
from shared.platforms.wire import Wire
from shared.platforms.x import x
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
from tests.platforms.faulty import FaultContract, RenewingContract
from tests.platforms.servers.x import XServer
from tests.platforms.timelined import TimelineContract

NOBODY = "http://127.0.0.1:9"


def an_adapter(credentials, sessions, waits=PATIENT):
    return x(credentials, sessions, "@StokePolice", wire=Wire(waits), clock=now)


class TestX(PlatformContract, FaultContract, RenewingContract, TimelineContract):
    too_long = "x" * 281

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with XServer(now, refuses_repetition=False) as server:
            server.first = server.account()
            yield server

    @pytest.fixture(scope="class")
    @classmethod
    def sessions(cls):
        return MemorySessions()

    @pytest.fixture
    def platform(self, server, sessions):
        self.server = server
        return an_adapter(server.first, sessions)

    @pytest.fixture
    def hasty(self, server, sessions):
        return an_adapter(server.first, sessions, HASTY)

    @pytest.fixture
    def unheard(self, server, sessions):
        kept = MemorySessions()
        for name, session in sessions.kept.items():
            kept.save(name, {**session, "service": NOBODY} if "service" in session else session)
        first = server.first
        nowhere = Credentials(NOBODY, "stoke", first.password, first.client_id, "a-secret")
        return an_adapter(nowhere, kept)

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()

    def standing_texts(self):
        return [tweet.text for tweet in self.server.tweets]

    def change_words(self, receipt, text):
        tweet = next(t for t in self.server.tweets if t.tweet_id == receipt.platform_id)
        tweet.text = text

    def test_a_picture_is_delivered_with_its_alt_text(self, platform):
        media = MemoryMedia(a_png())
        draft = a_draft(f"With a picture {a_key()}", media=media.named("A bicycle, marked."))
        frozen = self.frozen(platform, draft)

        receipt = platform.send(frozen, media)

        [name] = self.server.tweets[-1].media
        assert self.server.media[name] == "A bicycle, marked."
        assert platform.find(frozen) == receipt

    def test_addresses_come_back_as_they_were_typed(self, platform):
        words = f"See gov.uk/alerts & https://www.gov.uk/x?a=1&b=2 {a_key()}"
        frozen = self.frozen(platform, a_draft(words))

        platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen).text == words

    def test_words_that_x_has_already_mean_look(self, platform, faults):
        faults.once("duplicate-refusal")

        with pytest.raises(UncertainError, match="duplicate"):
            platform.send(self.frozen(platform), NO_MEDIA)

    def test_nothing_we_send_is_unknown_to_x(self, platform):
        assert [reply.status for reply in self.server.refused if reply.status == 400] == []

    def test_a_reshare_is_unsupported_before_anything_is_sent(self, platform):
        with pytest.raises(UnsupportedError, match="reshare"):
            platform.prepare(a_draft("Look", kind=Kind.RESHARE), a_key(), now())


class TestTokens:
    @pytest.fixture
    def server(self):
        with XServer(now) as server:
            yield server

    def test_eight_at_once_renew_one_token_once(self, server):
        sessions, first = MemorySessions(), server.account()
        gate = threading.Barrier(8)

        def find(_):
            adapter = an_adapter(first, sessions)
            gate.wait()
            return adapter.find(adapter.prepare(a_draft(), a_key(), now()))

        with ThreadPoolExecutor(8) as threads:
            assert list(threads.map(find, range(8))) == [None] * 8

        assert server.renewals == 1

    def test_keys_that_are_no_good_are_a_sign_in_error(self, server):
        stranger = an_adapter(
            Credentials(server.url, "stoke", "wrong", "a-client", "a-secret"), MemorySessions()
        )

        with pytest.raises(SignInError):
            stranger.send(stranger.prepare(a_draft(), a_key(), now()), NO_MEDIA)
