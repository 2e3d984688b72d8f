"""The sandbox's reader keeps the contract, against the sandbox that people try Bluelamp on."""

import pytest

from shared.platforms.base import RefusedError
from shared.platforms.sandbox_reading import SandboxReader
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits
from tests.platforms.builders import now
from tests.platforms.post_contract import PostContract, PostFaultContract
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.sandbox_watched import SandboxWatched


class TestSandboxReader(ReaderContract, ReaderFaultContract, PostContract, PostFaultContract):
    name = PlatformName("sandbox")
    shown_to_anybody = True

    @classmethod
    def serve(cls):
        return SandboxWatched(now)

    def read_by(self, at):
        return SandboxReader(at)

    def test_some_proxys_page_proves_no_absence(self, platform, writer, said, faults):
        writer.delete(said)
        faults.once("wrong-content-type", on="read")

        with pytest.raises(RefusedError):
            platform.post(said.platform_id, said.text)

    def test_the_limits_are_those_that_it_judges_by(self, platform):
        assert platform.limits() == ServerLimits(characters=500, url_length=23, pictures=4)
