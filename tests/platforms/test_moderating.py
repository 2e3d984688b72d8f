"""Every platform that can take others' words down keeps the moderators' contract; the others say
so."""

import json
from pathlib import Path

import pytest

from shared.platforms.base import (
    Credentials,
    NotSentError,
    RefusedError,
    UncertainError,
    UnreachableError,
    UnsupportedError,
)
from shared.platforms.bluesky.moderating import BlueskyModerator
from shared.platforms.choose_moderator import KNOWN, open_moderator
from shared.platforms.facebook.moderating import FacebookModerator
from shared.platforms.linkedin.moderating import LinkedInModerator
from shared.platforms.mastodon.moderating import MastodonModerator
from shared.platforms.sandbox_moderating import SandboxModerator
from shared.platforms.viva_engage.moderating import VivaEngageModerator
from shared.platforms.x.moderating import XModerator
from shared.posts.capabilities import ALL, Can
from shared.posts.names import PlatformName
from tests.platforms.builders import MemorySessions, now
from tests.platforms.listening import Listening, ListeningWire
from tests.platforms.moderator_contract import ANN, ModeratorContract, ModeratorFaultContract
from tests.platforms.served import NOBODY
from tests.platforms.servers.bluesky_moderated import BLOCK, GATE, ROOT, BlueskyModerated
from tests.platforms.servers.facebook_moderated import PAGE, FacebookModerated
from tests.platforms.servers.linkedin_moderated import LinkedInModerated
from tests.platforms.servers.mastodon_moderated import ELSEWHERE, MastodonModerated
from tests.platforms.servers.sandbox_moderated import SandboxModerated
from tests.platforms.servers.viva_engage_moderated import VivaEngageModerated
from tests.platforms.servers.x_moderated import XModerated

GOLDEN = Path(__file__).parent / "golden"


class TestSandboxModerator(ModeratorContract, ModeratorFaultContract):
    name = PlatformName("sandbox")

    @classmethod
    def serve(cls):
        return SandboxModerated(now)

    def moderated_by(self, at):
        return SandboxModerator(at)


class TestFacebookModerator(ModeratorContract, ModeratorFaultContract):
    name = PlatformName("facebook")
    nowhere = f"{NOBODY}/v26.0"

    @classmethod
    def serve(cls):
        return FacebookModerated(now)

    def moderated_by(self, at):
        return FacebookModerator(at)

    def test_a_post_of_ours_is_not_taken_for_a_comment(self, platform, server):
        for ask in (platform.comment, platform.hide, platform.show, platform.delete):
            with pytest.raises(RefusedError, match="/deletions"):
                ask(f"{PAGE}_801")


class TestXModerator(ModeratorContract, ModeratorFaultContract):
    name = PlatformName("x")
    shows_hidden = False

    @classmethod
    def serve(cls):
        return XModerated(now)

    def moderated_by(self, at):
        return XModerator(at)


class TestMastodonModerator(ModeratorContract, ModeratorFaultContract):
    name = PlatformName("mastodon")

    @classmethod
    def serve(cls):
        return MastodonModerated(now)

    def moderated_by(self, at):
        return MastodonModerator(at)

    def test_a_post_is_found_by_its_address_on_another_server(self, platform, server):
        said = server.say("Liars.", ANN)

        told = platform.comment(server.address_of(said))
        platform.report(server.address_of(said), "Spam.")

        assert (told.platform_id, told.text) == (said, "Liars.")
        assert server.reports == [(said, "Spam.")]

    def test_an_address_that_leads_nowhere_proves_no_absence(self, platform, server):
        with pytest.raises(RefusedError, match="finds no post"):
            platform.comment(f"{ELSEWHERE}/@nobody/1")

    def test_a_search_that_failed_is_never_an_absence(self, platform, server, faults):
        address = server.address_of(server.say("Liars.", ANN))
        faults.once("500-before-commit", on="read")

        with pytest.raises(UnreachableError):
            platform.comment(address)

    def test_a_report_after_a_look_that_failed_was_not_sent(self, platform, server, faults):
        said = server.say("Liars.", ANN)
        faults.once("500-before-commit", on="comment")

        with pytest.raises(NotSentError):
            platform.report(said, "Spam.")

        assert server.reports == []

    def test_a_reason_longer_than_a_server_takes_is_refused_not_cut(self, platform, server):
        said = server.say("Liars.", ANN)

        with pytest.raises(RefusedError, match="1000"):
            platform.report(said, "x" * 1_001)

        assert server.reports == []


class BlueskyModerating(ModeratorContract):
    """What holds alone and behind a real server."""

    name = PlatformName("bluesky")

    def moderated_by(self, at):
        return BlueskyModerator(at)

    def test_a_reply_is_found_by_its_authors_handle(self, platform, server):
        said = server.say("Liars.", ANN)

        told = platform.comment(said.replace(server.author_of(ANN), f"{ANN.handle}.example.com"))

        assert told.platform_id == said

    def test_two_replies_under_one_post_are_hidden_side_by_side(self, platform, server):
        first, second = server.say("Liars.", ANN), server.say("Liars!", ANN)

        platform.hide(first)
        platform.hide(second)
        platform.show(first)

        assert not server.is_hidden(first)
        assert server.is_hidden(second)

    def test_a_reply_under_somebody_elses_post_is_theirs_to_hide(self, platform, server):
        said = server.say("Liars.", ANN, under=server.author_of(ANN))

        with pytest.raises(RefusedError, match="somebody else's post"):
            platform.hide(said)

        assert platform.comment(said).hidden is False

    def test_what_the_view_leaves_out_is_not_called_gone(self, platform, server):
        said = server.say("Liars.", ANN)
        server.unseen.add(said)

        told = platform.comment(said)

        assert (told.text, told.author.platform_id) == ("Liars.", server.author_of(ANN))

    def test_a_reason_longer_than_the_network_takes_is_refused_not_cut(self, platform, server):
        said = server.say("Liars.", ANN)

        with pytest.raises(RefusedError, match="2000"):
            platform.report(said, "x" * 2_001)

        assert server.reports == []


class TestBlueskyModerator(BlueskyModerating, ModeratorFaultContract):
    @classmethod
    def serve(cls):
        return BlueskyModerated(now)

    def looked_at_by(self, deed):
        return "blocked" if deed.name in ("block", "unblock") else "read"

    def test_who_may_answer_stays_as_it_was_set(self, platform, server):
        said = server.say("Liars.", ANN)
        allow = [{"$type": f"{GATE}#followingRule"}]
        gate = {"$type": GATE, "post": f"at://{server.did}/app.bsky.feed.post/{ROOT}"}
        server.kept[GATE, ROOT] = {**gate, "createdAt": "2026-11-01T00:00:00Z", "allow": allow}

        platform.hide(said)

        assert server.gate()["allow"] == allow
        assert server.gate()["createdAt"] == "2026-11-01T00:00:00Z"

    def test_a_gate_that_is_changed_meanwhile_is_not_overwritten(
        self, platform, server, monkeypatch
    ):
        said = server.say("Liars.", ANN)
        put = server._put

        def overtaken(request):
            monkeypatch.undo()
            gate = {"$type": GATE, "post": f"at://{server.did}/app.bsky.feed.post/{ROOT}"}
            server.kept[GATE, ROOT] = {**gate, "createdAt": "2026-11-01T00:00:00Z", "allow": []}
            return put(request)

        monkeypatch.setattr(server, "_put", overtaken)

        with pytest.raises(UncertainError, match="again"):
            platform.hide(said)
        assert server.gate() == {**server.gate(), "allow": []}

        platform.hide(said)
        assert server.is_hidden(said)
        assert server.gate()["allow"] == []

    def test_every_block_of_somebody_is_lifted_whoever_made_it(self, platform, server):
        subject = server.author_of(ANN)
        for number in range(120):
            whom = subject if number > 110 else f"did:plc:{number}"
            record = {"$type": BLOCK, "subject": whom, "createdAt": "2026-11-01T00:00:00Z"}
            server.kept[BLOCK, f"3k{number:03d}"] = record

        platform.unblock(subject)

        assert len(server.kept) == 111

    def test_a_gate_that_is_full_says_so(self, platform, server):
        said = server.say("Liars.", ANN)
        gate = {"$type": GATE, "post": f"at://{server.did}/app.bsky.feed.post/{ROOT}"}
        others = [f"at://did:plc:x/app.bsky.feed.post/{number}" for number in range(300)]
        server.kept[GATE, ROOT] = {**gate, "createdAt": "2026-11-01", "hiddenReplies": others}

        with pytest.raises(RefusedError, match="300"):
            platform.hide(said)


class TestLinkedInModerator(ModeratorContract, ModeratorFaultContract):
    name = PlatformName("linkedin")

    @classmethod
    def serve(cls):
        return LinkedInModerated(now)

    def moderated_by(self, at):
        return LinkedInModerator(at)

    def test_a_comment_that_is_not_ours_to_delete_is_refused_and_stands(
        self, platform, server, monkeypatch
    ):
        monkeypatch.setattr(server, "jealous", True)
        said = server.say("Liars.", ANN)

        with pytest.raises(RefusedError, match="permissions"):
            platform.delete(said)

        assert server.stands(said)

    def test_what_is_no_comment_is_not_asked_for(self, platform):
        with pytest.raises(RefusedError, match="urn:li:comment"):
            platform.comment("urn:li:share:12")


class TestVivaEngageModerator(ModeratorContract, ModeratorFaultContract):
    name = PlatformName("viva-engage")

    @classmethod
    def serve(cls):
        return VivaEngageModerated(now)

    def moderated_by(self, at):
        return VivaEngageModerator(at)

    def test_a_message_of_another_community_is_left_alone(self, platform, server):
        said = server.say("Which stands?", ANN, community=772)

        with pytest.raises(RefusedError, match="not in our community"):
            platform.delete(said)

        assert server.stands(said)


class RememberingWire(ListeningWire):
    """Keeps the method beside what is asked."""

    def call(self, method, url, **more):
        answer = super().call(method, url, **more)
        self.asked[-1] = f"{method} {self.asked[-1]}"
        return answer


def test_linkedin_is_asked_as_its_documentation_has_it():
    golden = json.loads((GOLDEN / "linkedin_moderating.json").read_text())
    wire = RememberingWire({"status": 404, "message": "gone"})
    account = Credentials("https://api.linkedin.com", "5515715", "token")
    moderator = LinkedInModerator(Listening(account, MemorySessions(), "", wire, now))
    urn = "urn:li:comment:(urn:li:activity:12,34)"

    with pytest.raises(UncertainError):
        moderator.delete(urn)

    assert wire.asked == [f"DELETE {golden['delete']}", f"GET {golden['comment']}"]


def test_viva_engage_is_asked_as_its_documentation_has_it():
    golden = json.loads((GOLDEN / "viva_engage_moderating.json").read_text())
    wire = RememberingWire({"group_id": 771, "sender_id": 6002, "id": 4022})
    account = Credentials("https://www.yammer.com", "771", "token")
    moderator = VivaEngageModerator(Listening(account, MemorySessions(), "", wire, now))

    with pytest.raises(UncertainError):
        moderator.delete("881")

    whose = "GET /api/v1/users/current.json"
    look, delete = f"GET {golden['comment']}", f"DELETE {golden['delete']}"
    assert wire.asked == [look, whose, delete, look]


@pytest.mark.parametrize("name", ALL)
def test_who_can_do_nothing_says_so(name):
    deeds = (Can.HIDE_COMMENT, Can.DELETE_COMMENT, Can.REPORT_COMMENT, Can.BLOCK)
    if any(map(ALL[name].can, deeds)):
        assert name in KNOWN
        return
    moderator = open_moderator(name, None, MemorySessions())

    for ask in (moderator.comment, moderator.hide, moderator.delete, moderator.block):
        with pytest.raises(UnsupportedError, match="nobody answers"):
            ask("1")
    with pytest.raises(UnsupportedError, match="nobody answers"):
        moderator.report("1", "why")


@pytest.mark.parametrize("name", KNOWN)
def test_a_moderator_is_opened_for_its_platform(name):
    keys = Credentials("https://platform.example", "1", "token")

    assert open_moderator(name, keys, MemorySessions()).name == name


def test_no_key_travels_in_the_clear():
    keys = Credentials("http://platform.example", "1", "token")

    with pytest.raises(UnsupportedError, match="https"):
        open_moderator(PlatformName("x"), keys, MemorySessions())
