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

    def test_nobody_listening_proves_no_absence(self, unheard, said):
        with pytest.raises(UnreachableError):
            unheard.post(said.platform_id, said.text)

    def test_keys_that_are_no_good_prove_no_absence(self, stranger, said):
        if self.shown_to_anybody:
            assert stranger.post(said.platform_id, said.text) is not None
            return
        with pytest.raises(SignInError):
            stranger.post(said.platform_id, said.text)

    def test_looking_after_a_post_never_writes(self, platform, server, said):
        server.methods.clear()

        platform.post(said.platform_id, said.text)

        strange = {(m, p) for m, p in server.methods if m != "GET" and not self.signs_in(p)}
        assert strange == set()


class PostFaultContract:
    """The same when the platform fails it; beside PostContract, where faults can be had."""

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
