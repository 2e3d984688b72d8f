"""The Facebook reader keeps the contract, on a server held by Facebook's table of fields."""

from datetime import timedelta

from shared.platforms.facebook.reading import FacebookReader
from shared.posts.names import PlatformName
from tests.platforms.builders import now
from tests.platforms.post_contract import PostContract, PostFaultContract, publish
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.served import NOBODY
from tests.platforms.servers.facebook import PAGE
from tests.platforms.servers.facebook_watched import FacebookWatched
from tests.platforms.servers.watched import Remark, Someone


class TestFacebookReader(ReaderContract, ReaderFaultContract, PostContract, PostFaultContract):
    name = PlatformName("facebook")
    told_together_on = "timeline"
    nowhere = f"{NOBODY}/v26.0"

    @classmethod
    def serve(cls):
        return FacebookWatched(now)

    def read_by(self, at):
        return FacebookReader(at)

    def test_several_posts_are_found_in_one_list_of_the_page(self, platform, writer, server):
        asked = [(r.platform_id, r.text) for r in (publish(writer, f"Road {n}") for n in (1, 2))]
        server.methods.clear()

        assert [each.text for each in platform.posts(asked)] == [text for _, text in asked]
        assert server.methods == {("GET", f"/v26.0/{PAGE}/published_posts")}

    def test_a_writer_whom_facebook_keeps_back_is_nobody(self, platform, server):
        council, somebody = Someone(2, "Leek Council"), Someone(1, "Ann")
        server.remarks += [Remark(1, council, "Road open", now()), Remark(2, somebody, "!", now())]

        said = {one.text: one.author for one in platform.mentions(now() - timedelta(days=1)).items}

        assert said["Road open"].name == "Leek Council"
        assert said["!"] is None
