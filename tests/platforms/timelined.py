"""What every adapter promises that finds its posts by the timeline alone."""

import pytest

from shared.platforms.base import Clues, UnreachableError
from tests.platforms.builders import NO_MEDIA, a_draft, a_key


class TimelineContract:
    """Inherit beside PlatformContract."""

    def change_words(self, receipt, text: str) -> None:
        """Change a post behind the adapter's back, as platforms do that put words into shape."""
        raise NotImplementedError

    def test_a_post_much_like_ours_proves_no_absence(self, platform):
        frozen = self.frozen(platform, a_draft(f"Road closed: A34 {a_key()}"))
        self.change_words(
            receipt := platform.send(frozen, NO_MEDIA), receipt.text.upper().replace(":", " –")
        )

        with pytest.raises(UnreachableError, match="much like"):
            platform.find(frozen)

    def test_a_post_known_by_its_id_is_found_whatever_it_says_now(self, platform):
        frozen = self.frozen(platform, a_draft(f"Known {a_key()}"))
        receipt = platform.send(frozen, NO_MEDIA)
        self.change_words(receipt, "Something else altogether.")

        found = platform.find(frozen, Clues(known=receipt.platform_id))

        assert found is not None
        assert found.text == "Something else altogether."

    def test_a_post_that_was_named_and_is_gone_is_never_absent(self, platform):
        frozen = self.frozen(platform, a_draft(f"Gone {a_key()}"))
        receipt = platform.send(frozen, NO_MEDIA)
        platform.delete(receipt)

        with pytest.raises(UnreachableError, match="has it no more"):
            platform.find(frozen, Clues(known=receipt.platform_id))
