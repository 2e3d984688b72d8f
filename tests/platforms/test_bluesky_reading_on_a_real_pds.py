"""The Bluesky reader signs in to a real Bluesky server, which passes its questions on.

The view of the network behind that server is ours (the real one needs a database of its own), but
each request that reaches it and each answer it gives is held by the server's own lexicons.
"""

import json
import subprocess
import urllib.parse
import urllib.request

import pytest

from local.pds import HOME, PdsServer
from local.tools.node import find_node
from shared.platforms.base import RefusedError
from shared.platforms.bluesky.reading import BlueskyReader
from shared.platforms.opening import Opening
from shared.posts.capabilities import Can
from tests.platforms.builders import PATIENT, MemorySessions, now
from tests.platforms.servers.bluesky_watched import BlueskyWatched
from tests.platforms.servers.watched import Remark, Someone
from tests.platforms.test_bluesky_reading import BlueskyReading

pytestmark = [pytest.mark.pds, pytest.mark.timeout(900)]  # the first run builds the server


class BehindARealServer(BlueskyWatched):
    """A view whose account lives on a real server, which alone is spoken to."""

    def __init__(self) -> None:
        super().__init__(now, behind=True)
        self.pds = PdsServer.start(view=self.url)

    def account(self):
        keys = self.pds.create_account("stoke.test")
        query = urllib.parse.urlencode({"handle": keys.identifier})
        address = f"{self.pds.url}/xrpc/com.atproto.identity.resolveHandle?{query}"
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 - loopback
            self.did = json.load(answer)["did"]
        return keys

    def __exit__(self, *_):
        self.pds.stop()
        super().__exit__(*_)


class TestBlueskyReaderOnARealServer(BlueskyReading):
    @classmethod
    def serve(cls):
        return BehindARealServer()

    def test_every_question_and_answer_is_one_that_the_lexicons_allow(self, platform, server):
        ann = Someone(1, "Ann", "A neighbour")
        server.asked.clear()
        server.followers.append(ann)
        server.following.append(ann)
        server.remarks.append(Remark(7, ann, "Thank you", now(), answers=3))
        for what in filter(self.can, (Can.PROFILE, Can.FOLLOWERS, Can.FOLLOWING, Can.MENTIONS)):
            self.read(platform, what)

        told = held_by_lexicons(server.asked)

        assert told == [json.dumps({"read": len(server.asked)}, separators=(",", ":"))]


def held_by_lexicons(asked):
    """What the lexicons refuse, and in the last line how much was held against them."""
    heard = subprocess.run(
        [str(find_node().binary), str(HOME / "lexicon.cjs")],
        input="\n".join(map(json.dumps, asked)),
        capture_output=True,
        text=True,
        check=True,
    )
    return heard.stdout.splitlines()


def test_a_server_without_a_view_of_the_network_says_so():
    with PdsServer.start() as alone:
        keys = alone.create_account("leek.test")
        reader = BlueskyReader(Opening(keys, MemorySessions(), "", PATIENT, now))

        with pytest.raises(RefusedError, match="No service configured"):
            reader.profile()
