"""The Viva Engage adapter keeps the contract, on a server made from its documentation."""

import json
from pathlib import Path

import pytest

from shared.platforms.base import RateLimitedError, UnsupportedError
from shared.platforms.viva_engage import viva_engage
from shared.platforms.wire import Wire
from tests.platforms.builders import NO_MEDIA, MemoryMedia, a_draft, a_key, a_png, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract, RenewingContract
from tests.platforms.served import ServedContract
from tests.platforms.servers.viva_engage import VivaEngageServer
from tests.platforms.timelined import TimelineContract

GOLDEN = json.loads((Path(__file__).parent / "golden" / "viva_engage.json").read_text())


class TestVivaEngage(
    ServedContract, PlatformContract, FaultContract, RenewingContract, TimelineContract
):
    too_long = "x" * 10_001

    @classmethod
    def serve(cls):
        return VivaEngageServer(now)

    def opened(self, credentials, sessions, waits):
        return viva_engage(credentials, sessions, wire=Wire(waits), clock=now)

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
