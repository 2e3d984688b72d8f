"""What every adapter that speaks HTTP promises when the platform fails it."""

import pytest

from local.sandbox import Faults
from shared.platforms.base import (
    NotSentError,
    Platform,
    RateLimitedError,
    UncertainError,
    UnreachableError,
)
from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now

UNCERTAIN = [
    ("500-before-commit", 0),
    ("500-after-commit", 1),
    ("reset-before-commit", 0),
    ("reset-after-commit", 1),
    ("timeout-before-commit", 0),
    ("timeout-after-commit", 1),
]
"""The fault, and how many posts stand after it: the error is the same, the truth is not."""


class FaultContract:
    """Inherit beside PlatformContract, and say where faults go in."""

    @pytest.fixture
    def faults(self) -> Faults:
        """Empty when the test begins and when it has ended."""
        raise NotImplementedError

    @pytest.fixture
    def hasty(self, platform) -> Platform:
        """An adapter of the same account that soon gives up waiting."""
        raise NotImplementedError

    @pytest.fixture
    def unheard(self) -> Platform:
        """An adapter whose platform has nobody listening, though it has a session."""
        raise NotImplementedError

    @pytest.mark.parametrize(("fault", "standing"), UNCERTAIN)
    def test_a_lost_answer_is_uncertain_and_reading_back_settles_it(
        self, platform, hasty, faults, fault, standing
    ):
        frozen = self.frozen(platform, a_draft(text := f"Unsure {a_key()}"))
        platform.find(frozen)  # signs in
        faults.once(fault)

        with pytest.raises(UncertainError):
            (hasty if "timeout" in fault else platform).send(frozen, NO_MEDIA)

        found = platform.find(frozen)
        assert (found is not None) == bool(standing)
        assert self.copies(text) == standing

    @pytest.mark.parametrize("fault", [fault for fault, _ in UNCERTAIN])
    def test_sending_again_after_a_lost_answer_ends_with_one_post(
        self, platform, hasty, faults, fault
    ):
        frozen = self.frozen(platform, a_draft(text := f"Again {a_key()}"))
        platform.find(frozen)  # signs in
        faults.once(fault)
        with pytest.raises(UncertainError):
            (hasty if "timeout" in fault else platform).send(frozen, NO_MEDIA)

        receipt = self.say(platform, frozen)

        assert platform.find(frozen) == receipt
        assert self.copies(text) == 1

    def test_not_now_tells_when_and_publishes_nothing(self, platform, faults):
        frozen = self.frozen(platform)
        faults.once("429")

        with pytest.raises(RateLimitedError) as caught:
            platform.send(frozen, NO_MEDIA)

        assert caught.value.retry_at > now()
        assert platform.find(frozen) is None

    def test_nobody_listening_means_not_sent(self, platform, unheard):
        with pytest.raises(NotSentError):
            unheard.send(self.frozen(platform), NO_MEDIA)

    def test_nobody_listening_proves_no_absence(self, platform, unheard):
        with pytest.raises(UnreachableError):
            unheard.find(self.frozen(platform))

    @pytest.mark.parametrize("fault", ["500-after-commit", "reset-after-commit"])
    def test_a_delete_whose_answer_is_lost_is_proved_by_reading(self, platform, faults, fault):
        frozen = self.frozen(platform)
        receipt = platform.send(frozen, NO_MEDIA)
        faults.once(fault, on="delete")

        platform.delete(receipt)

        assert platform.find(frozen) is None

    def test_a_delete_that_did_nothing_is_uncertain(self, platform, faults):
        frozen = self.frozen(platform)
        receipt = platform.send(frozen, NO_MEDIA)
        faults.once("500-before-commit", on="delete")

        with pytest.raises(UncertainError, match="stand"):
            platform.delete(receipt)

        assert platform.find(frozen) == receipt

    def test_a_delete_that_cannot_be_read_back_is_uncertain(self, platform, faults):
        receipt = platform.send(self.frozen(platform), NO_MEDIA)
        faults.once("500-before-commit", on="read")

        with pytest.raises(UncertainError):
            platform.delete(receipt)

    @pytest.mark.parametrize("fault", ["truncated-body", "wrong-content-type", "slow-drip"])
    def test_an_answer_that_is_none_is_uncertain_and_the_post_is_found(
        self, platform, hasty, faults, fault
    ):
        frozen = self.frozen(platform, a_draft(text := f"Spoiled {a_key()}"))
        platform.find(frozen)  # signs in
        faults.once(fault)

        with pytest.raises(UncertainError):
            hasty.send(frozen, NO_MEDIA)

        assert self.say(platform, frozen).text == text
        assert self.copies(text) == 1


class RenewingContract:
    """A platform whose tokens end, and are renewed."""

    def test_an_expired_token_is_renewed_without_a_word(self, platform, faults):
        frozen = self.frozen(platform, a_draft(text := f"Renewed {a_key()}"))
        faults.once("expired-token")

        platform.send(frozen, NO_MEDIA)

        assert self.copies(text) == 1
