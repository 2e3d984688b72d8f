"""The X adapter keeps the contract, on a server held by X's own description of its API."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.platforms.wire import Wire
from shared.platforms.x import x
from tests.platforms.builders import NO_MEDIA, PATIENT, MemorySessions, a_draft, a_key, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract, RenewingContract
from tests.platforms.served import PictureContract, ServedContract
from tests.platforms.servers.x import XServer
from tests.platforms.timelined import TimelineContract


def an_adapter(credentials, sessions, waits=PATIENT):
    return x(credentials, sessions, "@StokePolice", wire=Wire(waits), clock=now)


class TestX(
    ServedContract,
    PlatformContract,
    FaultContract,
    RenewingContract,
    TimelineContract,
    PictureContract,
):
    too_long = "x" * 281
    repetition = "duplicate"

    @classmethod
    def serve(cls):
        return XServer(now, refuses_repetition=False)

    def opened(self, credentials, sessions, waits):
        return an_adapter(credentials, sessions, waits)

    def standing_texts(self):
        return [tweet.text for tweet in self.server.tweets]

    def change_words(self, receipt, text):
        tweet = next(t for t in self.server.tweets if t.tweet_id == receipt.platform_id)
        tweet.text = text

    def last_alts(self):
        return [self.server.media[name] for name in self.server.tweets[-1].media]

    def test_addresses_come_back_as_they_were_typed(self, platform):
        words = f"See gov.uk/alerts & https://www.gov.uk/x?a=1&b=2 {a_key()}"
        frozen = self.frozen(platform, a_draft(words))

        platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen).text == words

    def test_nothing_we_send_is_unknown_to_x(self, platform):
        assert [reply.status for reply in self.server.refused if reply.status == 400] == []


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
