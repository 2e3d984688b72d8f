"""The sandbox's reader keeps the contract, against the sandbox that people try Bluelamp on."""

from shared.platforms.sandbox_reading import SandboxReader
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits
from tests.platforms.builders import now
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.sandbox_watched import SandboxWatched


class TestSandboxReader(ReaderContract, ReaderFaultContract):
    name = PlatformName("sandbox")

    @classmethod
    def serve(cls):
        return SandboxWatched(now)

    def read_by(self, at):
        return SandboxReader(at)

    def test_the_limits_are_those_that_it_judges_by(self, platform):
        assert platform.limits() == ServerLimits(characters=500, url_length=23, pictures=4)
