"""A platform that tells what is left of a quota: its last yes closes the account's window."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.platforms.builders import NO_MEDIA, a_draft, a_key, now


class QuotaContract:
    """Inherit beside PlatformContract, and say how the platform tells it."""

    def teller(self) -> Any:
        """What tells with every yes to a post the headers in its `told_with_a_post`."""
        return self.server  # type: ignore[attr-defined]

    def told(self, left: int, until: datetime) -> Mapping[str, str]:
        """The headers that say that so much is left until then."""
        raise NotImplementedError

    @pytest.fixture
    def quota(self, platform: Any) -> Iterator[dict[str, str]]:
        """What is told; nothing any more once the test has ended."""
        teller = self.teller()
        yield teller.told_with_a_post
        teller.told_with_a_post.clear()

    def test_the_last_post_of_a_quota_closes_the_window_until_it_is_full_again(
        self, platform, quota
    ):
        until = now().replace(microsecond=0) + timedelta(minutes=9)
        quota.update(self.told(0, until))

        receipt = platform.send(self.frozen(platform, a_draft(f"The last {a_key()}")), NO_MEDIA)

        assert receipt.resume_at == until

    def test_while_something_is_left_nothing_is_closed(self, platform, quota):
        quota.update(self.told(1, now() + timedelta(minutes=9)))

        receipt = platform.send(self.frozen(platform, a_draft(f"One more {a_key()}")), NO_MEDIA)

        assert receipt.resume_at is None


def unix(moment: datetime) -> str:
    """As X and Bluesky tell a moment."""
    return str(int(moment.timestamp()))
