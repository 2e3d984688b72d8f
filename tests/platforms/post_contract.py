"""What every reader promises of a post of the account's own: whether it stands, and its words."""

import pytest

from shared.platforms.base import RateLimitedError, SignInError, UnreachableError
from shared.platforms.choose import open_platform
from tests.platforms.builders import NO_MEDIA, PATIENT, a_draft, a_key, now

SPOILED = (
    *("500-before-commit", "reset-before-commit", "truncated-body", "wrong-content-type"),
    *("timeout-before-commit", "slow-drip"),
)


class PostContract:
    """Inherit beside ReaderContract; posts are published as publishing does it."""

    shown_to_anybody = False

    @pytest.fixture
    def writer(self, server, account, sessions):
        """Who publishes what is then read."""
        return open_platform(self.name, account, sessions, "stoke", timeouts=PATIENT, clock=now)

    @pytest.fixture
    def said(self, writer):
        """A post that stands, as publishing knows it."""
        text = f"Road open: see example.org/a34 & thank you, Zoë 👩🏽\u200d🚒\n\n{a_key()}"
        return writer.send(writer.prepare(a_draft(text), a_key(), now()), NO_MEDIA)

    def test_a_post_that_stands_is_shown_word_for_word(self, platform, said):
        shown = platform.post(said.platform_id, said.text)

        assert shown is not None
        assert shown.text == said.text
        assert shown.url.startswith("http")
        assert shown.at is None or abs((now() - shown.at).total_seconds()) < 600

    def test_a_post_that_was_taken_away_is_not_there(self, platform, writer, said):
        writer.delete(said)

        assert platform.post(said.platform_id, said.text) is None

    def test_several_posts_are_told_as_each_alone_would_be(self, platform, writer):
        first, gone, last = (publish(writer, f"Road {n} open & clear\n\nZoë") for n in (1, 2, 3))
        writer.delete(gone)

        shown = list(
            platform.posts([(each.platform_id, each.text) for each in (last, gone, first)])
        )

        assert shown[1] is None
        assert [each.text for each in shown if each] == [last.text, first.text]

    def test_all_of_several_may_be_gone(self, platform, writer):
        gone = [publish(writer, f"Lane {n} closed") for n in (1, 2)]
        for each in gone:
            writer.delete(each)

        assert list(platform.posts([(each.platform_id, each.text) for each in gone])) == [None] * 2

    def test_of_no_post_at_all_nothing_is_asked(self, platform, server):
        server.methods.clear()

        assert list(platform.posts([])) == []
        assert server.methods == set()

    def test_nobody_listening_proves_no_absence(self, unheard, said):
        with pytest.raises(UnreachableError):
            unheard.post(said.platform_id, said.text)

    def test_keys_that_are_no_good_prove_no_absence(self, stranger, said):
        if self.shown_to_anybody:
            assert stranger.post(said.platform_id, said.text) is not None
            return
        with pytest.raises(SignInError):
            stranger.post(said.platform_id, said.text)

    def test_looking_after_several_posts_never_writes(self, platform, writer, server):
        said = [publish(writer, f"Bridge {n} open") for n in (1, 2)]
        server.methods.clear()

        list(platform.posts([(each.platform_id, each.text) for each in said]))

        assert {m for m, p in server.methods if not self.signs_in(p)} <= {"GET"}

    def test_looking_after_a_post_never_writes(self, platform, server, said):
        server.methods.clear()

        platform.post(said.platform_id, said.text)

        strange = {(m, p) for m, p in server.methods if m != "GET" and not self.signs_in(p)}
        assert strange == set()


def publish(writer, words):
    """A post that stands; no two have the same words."""
    text = f"{words} {a_key()}"
    return writer.send(writer.prepare(a_draft(text), a_key(), now()), NO_MEDIA)


class PostFaultContract:
    """The same when the platform fails it; beside PostContract, where faults can be had."""

    told_together_on = "read"
    """What a server calls the look at several posts."""

    @pytest.mark.parametrize("fault", SPOILED)
    def test_a_look_that_failed_proves_no_absence(self, platform, hasty, said, faults, fault):
        platform.profile()  # signs in
        faults.once(fault, on="read")

        with pytest.raises(UnreachableError):
            hasty.post(said.platform_id, said.text)

    def test_not_now_proves_no_absence_and_tells_when_to_ask_again(self, platform, said, faults):
        faults.once("429", on="read")

        with pytest.raises(RateLimitedError) as caught:
            platform.post(said.platform_id, said.text)

        assert caught.value.retry_at > now()

    @pytest.mark.parametrize("fault", SPOILED)
    def test_a_failed_look_at_several_proves_no_absence_of_any(
        self, platform, hasty, writer, faults, fault
    ):
        said = [publish(writer, f"Ford {n} passable") for n in (1, 2)]
        platform.profile()  # signs in
        faults.once(fault, on=self.told_together_on)

        with pytest.raises(UnreachableError):
            list(hasty.posts([(each.platform_id, each.text) for each in said]))

    def test_not_now_ends_a_look_at_several_and_tells_when_to_ask_again(
        self, platform, writer, faults
    ):
        said = [publish(writer, f"Gate {n} shut") for n in (1, 2)]
        faults.once("429", on=self.told_together_on)

        with pytest.raises(RateLimitedError) as caught:
            list(platform.posts([(each.platform_id, each.text) for each in said]))

        assert caught.value.retry_at > now()
