"""The Bluesky reader keeps the contract, on a strict view of the network on this machine."""

from datetime import timedelta

from shared.platforms.bluesky.reading import BlueskyReader
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName
from tests.platforms.builders import now
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.bluesky_watched import BlueskyWatched
from tests.platforms.servers.watched import Remark, Someone


class BlueskyReading(ReaderContract):
    name = PlatformName("bluesky")

    @classmethod
    def serve(cls):
        return BlueskyWatched(now)

    def read_by(self, at):
        return BlueskyReader(at)

    def test_a_post_that_calls_itself_old_is_as_new_as_it_is(self, platform, server):
        server.remarks.append(Remark(7, Someone(1, "Ann"), "Hello", now() - timedelta(minutes=1)))

        [said] = self.read(platform, Can.MENTIONS)

        assert said.at == server.remarks[0].at.replace(microsecond=said.at.microsecond)


class TestBlueskyReader(BlueskyReading, ReaderFaultContract):
    """Alone, so that it can fail on demand."""
