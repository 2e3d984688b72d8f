"""What a platform said to one post of an account is known before the next is sent."""

from datetime import timedelta

from shared.records.platform_windows import PlatformWindows, window_name
from shared.records.snapshot import Snapshots
from tests.builders import NOW

LATER = NOW + timedelta(minutes=15)


def closed(store, account="riverside", platform="x"):
    name = window_name(account, platform)
    return Snapshots(store).read(windows=[name]).closed.get(name)


def test_nothing_is_closed_before_a_platform_says_so(store):
    assert closed(store) is None


def test_a_closed_window_is_read_in_the_same_call_as_the_post(store, calls):
    PlatformWindows(store).close("riverside", "x", LATER)
    calls.clear()

    assert closed(store) == LATER
    assert calls == ["BatchGetItem"]


def test_it_is_one_accounts_on_one_platform(store):
    PlatformWindows(store).close("riverside", "x", LATER)

    assert closed(store, account="hilltop") is None
    assert closed(store, platform="mastodon") is None


def test_the_later_end_stays(store):
    windows = PlatformWindows(store)
    for end in (NOW, LATER, NOW + timedelta(minutes=1)):
        windows.close("riverside", "x", end)

    assert closed(store) == LATER
