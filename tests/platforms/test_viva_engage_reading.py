"""The Viva Engage reader keeps the contract, on a server made from its documentation."""

import json
from pathlib import Path

from shared.platforms.base import Credentials
from shared.platforms.viva_engage.reading import VivaEngageReader
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName
from tests.platforms.builders import NOON, MemorySessions, now
from tests.platforms.listening import Listening, ListeningWire
from tests.platforms.post_contract import PostContract, PostFaultContract
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.viva_engage_watched import VivaEngageWatched
from tests.platforms.servers.watched import Remark, Someone

GOLDEN = json.loads((Path(__file__).parent / "golden" / "viva_engage_reading.json").read_text())


class TestVivaEngageReader(ReaderContract, ReaderFaultContract, PostContract, PostFaultContract):
    name = PlatformName("viva-engage")

    @classmethod
    def serve(cls):
        return VivaEngageWatched(now)

    def read_by(self, at):
        return VivaEngageReader(at)

    def test_what_colleagues_write_is_private(self, platform, server):
        server.remarks.append(Remark(7, Someone(1, "Ann"), "Which stands?", now()))

        [said] = self.read(platform, Can.MENTIONS)

        assert said.private
        assert said.author.name == "Ann"


def test_the_requests_are_the_documented_ones():
    account = Credentials(
        "https://www.yammer.com", "771", "seed", "a", "b", "https://login.example/token"
    )
    fields = {"messages": [], "references": [], "users": [], "id": 1}
    wire = ListeningWire({**fields, "access_token": "a", "expires_in": 3600})
    reader = VivaEngageReader(Listening(account, MemorySessions(), "", wire, lambda: NOON))

    reader.mentions(NOON)
    reader.followers()
    reader.profile()

    assert wire.asked[1:] == [GOLDEN["mentions"], GOLDEN["followers"], *GOLDEN["profile"]]
