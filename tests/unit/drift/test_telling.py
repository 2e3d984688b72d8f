"""What is compared where, and what is said of the rest."""

import pytest

from shared.accounts.custody import READ_ONLY
from shared.drift.drift import Kind
from shared.drift.profile import FIELDS
from shared.drift.telling import TELLS, cannot_tell, is_compared
from shared.posts.capabilities import ALL
from shared.posts.names import PlatformName


def test_every_platform_says_what_of_it_is_not_compared():
    assert all(cannot_tell(platform).endswith(".") for platform in ALL)
    assert "Look at the account" in cannot_tell(PlatformName("nowhere"))


@pytest.mark.parametrize("platform", TELLS)
def test_what_is_compared_is_posts_and_what_a_profile_has(platform):
    assert {Kind.POST} <= TELLS[platform] <= {Kind.POST, *FIELDS}


def test_every_platform_that_has_keys_that_only_read_is_compared():
    assert all(map(is_compared, READ_ONLY))
    assert not is_compared(PlatformName("linkedin"))
