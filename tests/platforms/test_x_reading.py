"""The X reader keeps the contract, on a server held by X's own description of its API."""

from shared.platforms.x.reading import XReader
from shared.posts.names import PlatformName
from tests.platforms.builders import now
from tests.platforms.post_contract import PostContract, PostFaultContract, publish
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.x_watched import XWatched


class TestXReader(ReaderContract, ReaderFaultContract, PostContract, PostFaultContract):
    name = PlatformName("x")
    people_pages = 1_050

    @classmethod
    def serve(cls):
        return XWatched(now)

    def read_by(self, at):
        return XReader(at)

    def test_several_posts_are_told_in_one_answer(self, platform, writer, server):
        asked = [(r.platform_id, r.text) for r in (publish(writer, f"Road {n}") for n in (1, 2))]
        server.methods.clear()

        assert [each.text for each in platform.posts(asked)] == [text for _, text in asked]
        assert server.methods == {("GET", "/2/tweets")}
