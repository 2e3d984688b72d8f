"""The Bluesky reader keeps the contract, on a strict view of the network on this machine."""

from datetime import timedelta

import pytest

from shared.platforms.base import Receipt, RefusedError, UnreachableError
from shared.platforms.bluesky.reading import BlueskyReader
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName
from tests.platforms.builders import now
from tests.platforms.post_contract import PostContract, PostFaultContract, publish
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.served import NOBODY
from tests.platforms.servers.bluesky_watched import BlueskyWatched
from tests.platforms.servers.watched import Remark, Someone


class Records:
    """Stands for publishing where there is no server to publish on."""

    def __init__(self, server):
        self._server = server

    def prepare(self, draft, key, _now):
        return key.lower(), draft.text

    def send(self, frozen, _media):
        key, text = frozen
        self._server.records[key] = text
        uri = f"at://{self._server.did}/app.bsky.feed.post/{key}"
        return Receipt(uri, f"https://bsky.app/profile/stoke.test/post/{key}", text)

    def delete(self, receipt):
        del self._server.records[receipt.platform_id.rsplit("/", 1)[-1]]


class BlueskyReading(ReaderContract, PostContract):
    shown_to_anybody = True
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


class TestBlueskyReader(BlueskyReading, ReaderFaultContract, PostFaultContract):
    """Alone, so that it can fail on demand."""

    @pytest.fixture
    def writer(self, server):
        return Records(server)

    def test_only_the_server_that_keeps_the_account_can_say_that_a_post_is_gone(
        self, platform, server, writer, said, monkeypatch
    ):
        writer.delete(said)
        monkeypatch.setattr(server, "home", NOBODY)

        with pytest.raises(UnreachableError):
            platform.post(said.platform_id, said.text)

    def test_several_posts_are_told_in_one_list_of_the_accounts_own_server(
        self, platform, server, writer
    ):
        asked = [(r.platform_id, r.text) for r in (publish(writer, f"Road {n}") for n in (1, 2))]
        platform.post(*asked[0])  # knows where the account lives
        server.methods.clear()

        assert [each.text for each in platform.posts(asked)] == [text for _, text in asked]
        assert server.methods == {("GET", "/xrpc/com.atproto.repo.listRecords")}

    def test_a_server_that_does_not_know_the_account_proves_no_absence(self, platform, said):
        elsewhere = said.platform_id.replace("64oiz", "64oia")

        with pytest.raises(RefusedError):
            platform.post(elsewhere, said.text)

    def test_what_was_put_in_its_place_is_shown(self, platform, server, said):
        server.records[said.platform_id.rsplit("/", 1)[-1]] = "Something else."

        assert platform.post(said.platform_id, said.text).text == "Something else."
