"""The sandbox's reader keeps the contract, against the sandbox that people try Bluelamp on."""

import pytest

from shared.platforms.base import RefusedError
from shared.platforms.sandbox_reading import SandboxReader
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits
from tests.platforms.builders import now
from tests.platforms.post_contract import PostContract, PostFaultContract, publish
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

    def test_a_hundred_posts_are_told_in_one_answer_and_the_next_in_another(
        self, platform, server, writer, monkeypatch
    ):
        monkeypatch.setattr(server.network, "refuses_duplicates", False)
        asked = [(r.platform_id, r.text) for r in (publish(writer, "Open") for _ in range(102))]
        answers, read = [], server.network.read_several
        monkeypatch.setattr(
            server.network, "read_several", lambda *on: (answers.append(len(on[0])), read(*on))[1]
        )

        assert [each.text for each in platform.posts(asked)] == [text for _, text in asked]
        assert answers == [100, 2]

    @pytest.mark.parametrize("count", [0, 101])
    def test_no_more_than_a_hundred_are_told_in_one_answer(self, server, count):
        names = [f"p{number:06}" for number in range(count)]

        assert server.network.read_several(names, server.url).status == 422

    def test_the_limits_are_those_that_it_judges_by(self, platform):
        assert platform.limits() == ServerLimits(characters=500, url_length=23, pictures=4)
