"""The Viva Engage adapter keeps the contract, on a server made from its documentation."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from shared.platforms.base import RateLimitedError, SignInError, UnsupportedError
from shared.platforms.viva_engage import viva_engage
from shared.platforms.wire import Wire
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
from tests.platforms.servers.viva_engage import VivaEngageServer
from tests.platforms.timelined import TimelineContract

NOBODY = "http://127.0.0.1:9"
GOLDEN = json.loads((Path(__file__).parent / "golden" / "viva_engage.json").read_text())


def an_adapter(credentials, sessions, waits=PATIENT):
    return viva_engage(credentials, sessions, wire=Wire(waits), clock=now)


class TestVivaEngage(PlatformContract, FaultContract, RenewingContract, TimelineContract):
    too_long = "x" * 10_001

    @pytest.fixture(scope="class")
    @classmethod
    def server(cls):
        with VivaEngageServer(now) as server:
            yield server

    @pytest.fixture(scope="class")
    @classmethod
    def sessions(cls):
        return MemorySessions()

    @pytest.fixture
    def platform(self, server, sessions):
        self.server = server
        return an_adapter(server.account(), sessions)

    @pytest.fixture
    def hasty(self, server, sessions):
        return an_adapter(server.account(), sessions, HASTY)

    @pytest.fixture
    def unheard(self, server):
        nowhere = replace(server.account(), service=NOBODY, token_url=f"{NOBODY}/token")
        return an_adapter(nowhere, MemorySessions())

    @pytest.fixture
    def faults(self, server):
        server.faults.clear()
        yield server.faults
        assert not server.faults.waiting()

    def standing_texts(self):
        return [message.text for message in self.server.messages]

    def change_words(self, receipt, text):
        wanted = int(receipt.platform_id)
        next(m for m in self.server.messages if m.message_id == wanted).text = text

    def test_the_request_is_the_documented_one(self, platform):
        frozen = platform.prepare(a_draft(GOLDEN["form"]["body"]), a_key(), now())

        assert frozen.request["fields"] == GOLDEN["form"]

    def test_a_picture_is_unsupported_before_anything_is_sent(self, platform):
        media = MemoryMedia(a_png())

        with pytest.raises(UnsupportedError, match="no attachments"):
            platform.prepare(a_draft("Look", media=media.named("A bicycle.")), a_key(), now())

    def test_not_now_lasts_half_a_minute(self, platform, faults):
        faults.once("429")

        with pytest.raises(RateLimitedError) as caught:
            platform.send(self.frozen(platform), NO_MEDIA)

        assert 20 < (caught.value.retry_at - now()).total_seconds() <= 30

    def test_keys_that_are_no_good_are_a_sign_in_error(self, server):
        stranger = an_adapter(replace(server.account(), password="wrong"), MemorySessions())

        with pytest.raises(SignInError):
            stranger.send(stranger.prepare(a_draft(), a_key(), now()), NO_MEDIA)
