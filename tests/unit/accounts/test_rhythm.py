"""How long an account may be silent: as the registry says, else as usual for its level."""

from datetime import timedelta

import pytest

from shared.accounts.registry import Level
from shared.accounts.rhythm import rhythm, rhythm_words
from tests.builders import an_account


@pytest.mark.parametrize(
    ("hours", "words"),
    [(1, "every hour"), (36, "every 36 hours"), (24, "every day"), (744, "every 31 days")],
)
def test_the_registry_says_how_often(hours, words):
    account = an_account(rhythm_hours=hours)

    assert (rhythm(account), rhythm_words(account)) == (timedelta(hours=hours), words)


@pytest.mark.parametrize(
    ("level", "days"), [(Level.CORPORATE, 1), (Level.LPT, 7), (Level.NEIGHBOURHOOD, 31)]
)
def test_where_it_does_not_the_level_does(level, days):
    account = an_account(level=level)

    assert rhythm(account) == timedelta(days=days)
    assert rhythm_words(account).endswith(", as usual for its level")
