"""The force's own names are made ready once for many runs, and never for long."""

from datetime import timedelta

import pytest

from shared.accounts.registry import Handle
from shared.followers.someone import Someone
from shared.posts.names import PlatformName
from tests.builders import NOW, an_account
from watch.following.names_of_ours import KEPT_FOR, NamesOfOurs
from watch.following.read_followers import LONGEST_RUN

X = PlatformName("x")


class Registry:
    """Accounts, and how often all of them were read."""

    def __init__(self):
        self.names = ["leekpolice"]
        self.reads = 0

    def all(self):
        self.reads += 1
        handles = [Handle(X, name, "https://x.example") for name in self.names]
        return tuple(an_account(title=h.name, handles=(h,)) for h in handles)


@pytest.fixture
def registry():
    return Registry()


def is_alike(ours, handle):
    return ours.alike(X, Someone("u-1", handle)) is not None


def test_a_hundred_runs_one_after_another_read_the_registry_once(registry):
    names = NamesOfOurs(registry.all)

    for number in range(100):
        assert is_alike(names.at(NOW + number * KEPT_FOR / 100), "leekpo1ice")

    assert registry.reads == 1


def test_a_name_that_was_entered_is_known_to_whoever_begins_after_they_are_over(registry):
    names = NamesOfOurs(registry.all)
    names.at(NOW)
    registry.names.append("cheadlepolice")

    assert not is_alike(names.at(NOW + KEPT_FOR - timedelta(seconds=1)), "cheadlepo1ice")
    assert is_alike(names.at(NOW + KEPT_FOR), "cheadlepo1ice")


def test_names_from_a_clock_that_went_back_are_not_kept(registry):
    names = NamesOfOurs(registry.all)
    names.at(NOW)

    names.at(NOW - timedelta(seconds=1))

    assert registry.reads == 2


def test_a_registry_that_cannot_be_read_leaves_nothing_behind(registry):
    answers = [ConnectionError("down"), registry.all()]

    def read():
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    names = NamesOfOurs(read)
    with pytest.raises(ConnectionError):
        names.at(NOW)

    assert is_alike(names.at(NOW), "leekpo1ice")


def test_names_are_kept_no_longer_than_one_run_uses_them_anyway():
    assert KEPT_FOR <= LONGEST_RUN
