"""The Mastodon reader keeps the contract, and asks its server for its limits."""

from dataclasses import replace

from shared.platforms.mastodon.plain import plain
from shared.platforms.mastodon.reading import MastodonReader
from shared.posts.names import PlatformName
from shared.posts.server_limits import ServerLimits
from tests.platforms.builders import PATIENT, MemorySessions, now
from tests.platforms.post_contract import PostContract, PostFaultContract, publish
from tests.platforms.reader_contract import ReaderContract, ReaderFaultContract
from tests.platforms.servers.mastodon_watched import MastodonWatched


class TestMastodonReader(ReaderContract, ReaderFaultContract, PostContract, PostFaultContract):
    name = PlatformName("mastodon")

    @classmethod
    def serve(cls):
        return MastodonWatched(now)

    def read_by(self, at):
        self.kept = at.sessions
        return MastodonReader(at)

    def forget_limits(self):
        self.kept.kept.pop(f"mastodon/limits/{self.server.url}", None)

    def test_the_limits_are_those_of_this_server(self, platform):
        self.forget_limits()

        assert platform.limits() == ServerLimits(
            characters=5000,
            url_length=25,
            pictures=6,
            alt_characters=1500,
            picture_bytes=16_777_216,
            picture_pixels=33_177_600,
            video_bytes=103_809_024,
            types=("image/jpeg", "image/png", "video/mp4"),
        )

    def test_limits_are_asked_for_once_a_day(self, server, account, faults):
        sessions = MemorySessions()
        first = self.opened(account, sessions, PATIENT).limits()
        faults.once("500-before-commit", on="limits")

        assert self.opened(account, sessions, PATIENT).limits() == first
        faults.clear()

    def test_a_server_tells_its_limits_to_whoever_asks_without_a_key(
        self, platform, server, account
    ):
        stranger = self.opened(replace(account, password=""), MemorySessions(), PATIENT)

        assert stranger.limits().characters == 5000
        assert "authorization" not in server.last_headers

    def test_a_limit_of_nothing_is_no_limit(self, platform, server, monkeypatch):
        self.forget_limits()
        strange = {"statuses": {"max_characters": 0, "characters_reserved_per_url": "23"}}
        monkeypatch.setattr(server, "instance", strange)

        assert platform.limits() == ServerLimits()
        self.forget_limits()

    def several(self, platform, writer, *, count=2):
        said = [publish(writer, f"Road {number} open") for number in range(count)]
        return said, [(each.platform_id, each.text) for each in said]

    def test_several_are_told_in_one_answer_without_their_sources(self, platform, writer, server):
        said, asked = self.several(platform, writer, count=3)
        server.methods.clear()

        assert [each.text for each in platform.posts(asked)] == [each.text for each in said]
        assert server.methods == {("GET", "/api/v1/statuses")}

    def test_of_a_status_with_other_words_its_source_tells_what_was_typed(
        self, platform, writer, server
    ):
        _, asked = self.several(platform, writer)
        server.statuses[-1].text = "Road *closed*"

        assert [each.text for each in platform.posts(asked)] == [asked[0][1], "Road *closed*"]

    def test_a_server_from_before_it_told_several_is_asked_one_by_one(
        self, platform, writer, server, monkeypatch
    ):
        _, asked = self.several(platform, writer)
        monkeypatch.setattr(server, "tells_several", False)

        assert [each.text for each in platform.posts(asked)] == [text for _, text in asked]


def test_html_becomes_words_with_their_lines():
    markup = (
        '<p><a href="https://x.example">@<span>Stoke</span></a> is it<br>true?</p><p>&lt;b&gt;</p>'
    )

    assert plain(markup) == "@Stoke is it\ntrue?\n\n<b>"


def test_scripts_and_broken_html_are_words_and_no_more():
    assert plain("<p>a<b>c</p><<i>d") == "ac\n\n<d"
