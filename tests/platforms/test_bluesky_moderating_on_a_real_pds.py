"""The Bluesky moderator signs in to a real Bluesky server, which keeps its gates and blocks.

Its own lexicons hold what is put there. Other people's posts come from a view of the network that
is ours, to which the server passes on what it does not know itself, reports included.
"""

import json
import urllib.parse
import urllib.request

import pytest

from local.pds import PdsServer
from shared.platforms.base import RefusedError
from shared.platforms.bluesky.moderating import BlueskyModerator
from shared.platforms.opening import Opening
from tests.platforms.builders import PATIENT, MemorySessions, now
from tests.platforms.moderator_contract import ANN
from tests.platforms.servers.bluesky_moderated import BLOCK, GATE, ROOT, BlueskyModerated
from tests.platforms.test_bluesky_reading_on_a_real_pds import held_by_lexicons
from tests.platforms.test_moderating import BlueskyModerating

pytestmark = [pytest.mark.pds, pytest.mark.timeout(900)]  # the first run builds the server


class BehindARealServer(BlueskyModerated):
    """A view whose account lives on a real server, which alone is spoken to."""

    def __init__(self) -> None:
        super().__init__(now, behind=True)
        self.pds = PdsServer.start(view=self.url)
        self.keys = self.pds.create_account("stoke.test")
        signed_in = self.call(
            "com.atproto.server.createSession",
            {"identifier": self.keys.identifier, "password": self.keys.password},
        )
        self.did, self.token = signed_in["did"], signed_in["accessJwt"]

    def account(self):
        return self.keys

    def forget(self) -> None:
        super().forget()
        for kind in (GATE, BLOCK):
            for key in self.own(kind):
                fields = {"repo": self.did, "collection": kind, "rkey": key}
                self.call("com.atproto.repo.deleteRecord", fields)

    def gate(self):
        return self.own(GATE).get(ROOT, {})

    def is_blocked(self, author: str) -> bool:
        return author in [record["subject"] for record in self.own(BLOCK).values()]

    def own(self, collection: str):
        """The account's own records, as the server tells anybody."""
        query = urllib.parse.urlencode({"repo": self.did, "collection": collection})
        told = self.call(f"com.atproto.repo.listRecords?{query}")
        return {one["uri"].rsplit("/", 1)[-1]: one["value"] for one in told["records"]}

    def call(self, method: str, fields=None):
        signed = {"Authorization": f"Bearer {self.token}"} if hasattr(self, "token") else {}
        request = urllib.request.Request(  # noqa: S310 - loopback
            f"{self.pds.url}/xrpc/{method}",
            data=None if fields is None else json.dumps(fields).encode(),
            headers={"Content-Type": "application/json", **signed},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - loopback
            return json.load(answer)

    def __exit__(self, *_):
        self.pds.stop()
        super().__exit__(*_)


class TestBlueskyModeratorOnARealServer(BlueskyModerating):
    @classmethod
    def serve(cls):
        return BehindARealServer()

    def test_what_the_view_answers_is_what_the_lexicons_allow(self, platform, server):
        server.asked.clear()
        platform.comment(server.say("Liars.", ANN))

        assert held_by_lexicons(server.asked) == [json.dumps({"read": 1}, separators=(",", ":"))]


def test_a_server_that_passes_no_reports_on_says_so():
    with PdsServer.start() as alone, BlueskyModerated(now) as view:
        keys = alone.create_account("leek.test")
        moderator = BlueskyModerator(Opening(keys, MemorySessions(), "", PATIENT, now))

        with pytest.raises(RefusedError, match="No service configured"):
            moderator.report(view.say("Liars.", ANN), "A threat.")
