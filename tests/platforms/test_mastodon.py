"""The Mastodon adapter keeps the contract, on a server that keeps keys and on one that does not."""

from hashlib import sha256

import pytest

from shared.platforms.base import Before, UnreachableError
from shared.platforms.mastodon import mastodon
from shared.platforms.wire import Wire
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now
from tests.platforms.contract import PlatformContract
from tests.platforms.faulty import FaultContract
from tests.platforms.quota import QuotaContract
from tests.platforms.replied import ReplyContract
from tests.platforms.served import PictureContract, ServedContract
from tests.platforms.servers.mastodon import MastodonServer
from tests.platforms.threaded import ThreadContract, by_words
from tests.platforms.timelined import TimelineContract
from tests.platforms.videos import ALT, WorkingContract, a_video


class Mastodon(
    ServedContract,
    PlatformContract,
    ThreadContract,
    ReplyContract,
    FaultContract,
    TimelineContract,
    PictureContract,
    WorkingContract,
    QuotaContract,
):
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

    def standing_answers(self):
        return by_words([(s.status_id, s.text, s.answers) for s in self.server.statuses])

    def change_words(self, receipt, text):
        status = next(s for s in self.server.statuses if s.status_id == receipt.platform_id)
        status.text = text

    def told(self, left, until):
        reset = until.isoformat().replace("+00:00", "Z")
        return {"X-RateLimit-Remaining": str(left), "X-RateLimit-Reset": reset}

    def videos(self):
        return [sha256(data).hexdigest() for data in self.server.videos.values()]

    def forget(self):
        self.server.forgotten |= set(self.server.videos)

    def test_a_video_is_delivered_with_its_description(self, platform):
        platform.send(self.filmed(platform, media := a_video()), media)

        assert self.last_alts() == [ALT]

    def last_alts(self):
        return [alt for _, alt in self.server.statuses[-1].media]

    def test_the_language_of_a_status_is_told_without_its_country(self, platform):
        platform.send(
            self.frozen(platform, a_draft(f"Bore da {a_key()}", language="cy-GB")), NO_MEDIA
        )

        assert self.server.statuses[-1].language == "cy"

    def test_a_part_whose_first_part_was_deleted_by_hand_proves_no_absence(self, platform):
        first = platform.send(self.frozen(platform), NO_MEDIA)
        more = a_draft(f"More {a_key()}")
        frozen = platform.prepare(more, a_key(), now(), Before(first, first))
        platform.send(frozen, NO_MEDIA)

        platform.delete(first)  # and the server forgets what was answered

        with pytest.raises(UnreachableError, match="much like"):
            platform.find(frozen)


class TestMastodon(Mastodon):
    """A server that keeps keys for an hour."""


class TestGoToSocial(Mastodon):
    """A server that pays no heed to keys."""

    keeps_keys = False
