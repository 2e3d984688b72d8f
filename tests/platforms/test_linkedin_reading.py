"""The LinkedIn reader keeps the contract, on a server made from LinkedIn's documentation."""

import json
from datetime import timedelta
from pathlib import Path

from shared.platforms.base import Credentials
from shared.platforms.linkedin.reading import LinkedInReader
from shared.posts.names import PlatformName
from tests.platforms.builders import NOON, MemorySessions, now
from tests.platforms.listening import Listening, ListeningWire
from tests.platforms.post_contract import PostContract, PostFaultContract
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.linkedin_watched import LinkedInWatched

GOLDEN = json.loads((Path(__file__).parent / "golden" / "linkedin_reading.json").read_text())


class TestLinkedInReader(ReaderContract, ReaderFaultContract, PostContract, PostFaultContract):
    name = PlatformName("linkedin")

    @classmethod
    def serve(cls):
        return LinkedInWatched(now)

    def read_by(self, at):
        return LinkedInReader(at)


def test_the_requests_are_the_documented_ones():
    fields = {"elements": [], "id": 1, "vanityName": "a", "localizedName": "A"}
    wire, moment = ListeningWire(fields), NOON.replace(microsecond=0)
    account = Credentials("https://api.linkedin.com", "5515715", "token")
    reader = LinkedInReader(Listening(account, MemorySessions(), "", wire, lambda: moment))

    reader.mentions(moment - timedelta(days=1))
    reader.profile()

    assert wire.asked == [GOLDEN["mentions"], *GOLDEN["profile"]]
