"""The Mastodon adapter keeps the contract, on a server that keeps keys and on one that does not."""

from shared.platforms.mastodon import mastodon
from shared.platforms.wire import Wire
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.served import PictureContract, ServedContract
from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.timelined import TimelineContract


class Mastodon(ServedContract, PlatformContract, FaultContract, TimelineContract, PictureContract):
    too_long = "x" * 501
    keeps_keys = True

    @classmethod
    def serve(cls):
        return MastodonServer(now, keeps_keys=cls.keeps_keys)

    def opened(self, credentials, sessions, waits):
        wire = Wire(waits)
        return mastodon(credentials, sessions, wire=wire, clock=now, pause=lambda _: None)

    def standing_texts(self):
        return [status.text for status in self.server.statuses]

    def change_words(self, receipt, text):
        status = next(s for s in self.server.statuses if s.status_id == receipt.platform_id)
        status.text = text

    def last_alts(self):
        return [alt for _, alt in self.server.statuses[-1].media]

    def test_the_language_of_a_status_is_told_without_its_country(self, platform):
        platform.send(
            self.frozen(platform, a_draft(f"Bore da {a_key()}", language="cy-GB")), NO_MEDIA
        )

        assert self.server.statuses[-1].language == "cy"


class TestMastodon(Mastodon):
    """A server that keeps keys for an hour."""


class TestGoToSocial(Mastodon):
    """A server that pays no heed to keys."""

    keeps_keys = False
