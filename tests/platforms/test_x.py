"""The X adapter keeps the contract, on a server held by X's own description of its API."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256

import pytest

from shared.platforms.wire import Wire
from shared.platforms.x import x
from tests.platforms.builders import NO_MEDIA, PATIENT, MemorySessions, a_draft, a_key, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract, RenewingContract
from tests.platforms.quota import QuotaContract, unix
from tests.platforms.replied import ReplyContract
from tests.platforms.served import PictureContract, ServedContract
from tests.platforms.servers.x import XServer
from tests.platforms.threaded import ThreadContract, by_words
from tests.platforms.timelined import TimelineContract
from tests.platforms.videos import WorkingContract, a_video


def an_adapter(credentials, sessions, waits=PATIENT):
    wire = Wire(waits)
    return x(credentials, sessions, "@StokePolice", wire=wire, clock=now, pause=lambda _: None)


class TestX(
    ServedContract,
    PlatformContract,
    ThreadContract,
    ReplyContract,
    FaultContract,
    RenewingContract,
    TimelineContract,
    PictureContract,
    WorkingContract,
    QuotaContract,
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

    def standing_answers(self):
        return by_words([(t.tweet_id, t.text, t.answers) for t in self.server.tweets])

    def change_words(self, receipt, text):
        tweet = next(t for t in self.server.tweets if t.tweet_id == receipt.platform_id)
        tweet.text = text

    def told(self, left, until):
        return {"x-rate-limit-remaining": str(left), "x-rate-limit-reset": unix(until)}

    def test_a_day_that_is_spent_closes_the_window_though_its_quarter_hour_is_not(
        self, platform, quota
    ):
        until = now().replace(microsecond=0) + timedelta(hours=20)
        quota.update(self.told(99, until - timedelta(hours=19)))
        quota["x-user-limit-24hour-remaining"] = "0"
        quota["x-user-limit-24hour-reset"] = unix(until)

        receipt = platform.send(self.frozen(platform), NO_MEDIA)

        assert receipt.resume_at == until

    def videos(self):
        return [sha256(data).hexdigest() for data in self.server.videos.values()]

    def forget(self):
        self.server.forgotten |= set(self.server.videos)

    def test_a_video_is_described_in_the_words_alone(self, platform):
        platform.send(self.filmed(platform, media := a_video()), media)

        assert self.last_alts() == [""]

    def last_alts(self):
        return [self.server.media[name] for name in self.server.tweets[-1].media]

    def test_addresses_come_back_as_they_were_typed(self, platform):
        words = f"See gov.uk/alerts & https://www.gov.uk/x?a=1&b=2 {a_key()}"
        frozen = self.frozen(platform, a_draft(words))

        platform.send(frozen, NO_MEDIA)

        assert platform.find(frozen).text == words

    def test_nothing_we_send_is_unknown_to_x(self, platform):
        # A token that has ended is refused in these words, whichever test it was that tried it.
        told = [reply.fields for reply in self.server.refused if reply.status == 400]
        assert [fields for fields in told if fields != {"error": "invalid_request"}] == []


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
