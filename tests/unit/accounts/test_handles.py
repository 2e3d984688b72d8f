"""Names on platforms: what the public would take for one another is one name."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.accounts.errors import HandleError
from shared.accounts.handles import folded, handle_key, handle_name
from shared.posts.names import PlatformName

ALIKE = [
    ("@LeekPolice", "@leekpolice", "capitals"),
    ("@leekpolice", "leekpolice", "the sign before it"),
    ("@leekpolice", "@l\u0435\u0435kpolice", "Cyrillic letters"),
    ("@leekpolice", "@leek\u200bpolice", "a zero-width space"),
    ("@leekpolice", "@\uff4c\uff45\uff45kpolice", "full width"),
    ("@leekpolice", "@léekpolice", "an accent"),
    ("@leekpolice", "@le\u0301ekpolice", "an accent of its own"),
    ("@strasse", "@straße", "a sharp s"),
]
OTHERS = [("@leekpolice", "@leek_police"), ("@leek1", "@leek2"), ("@leek", "@leeks")]


@pytest.mark.parametrize(("one", "other", "why"), ALIKE)
def test_names_that_differ_only_in_what_nobody_notices_are_one(one, other, why):
    assert folded(one) == folded(other), why


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_that_read_differently_are_two(one, other):
    assert folded(one) != folded(other)


def test_a_name_on_another_platform_is_another_name():
    assert handle_key(PlatformName("x"), "leek") != handle_key(PlatformName("bluesky"), "leek")


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(name):
    assert folded(folded(name)) == folded(name)


@given(st.text(max_size=40))
@example("\u050c")  # read as G, and its small letter as itself
@example("\u0397")  # the capital of eta is read as H
def test_capitals_never_tell_two_names_apart(name):
    assert folded(name.casefold()) == folded(name)


@pytest.mark.parametrize("typed", [" @leek ", "leek", "leek.test", "@leek@police.social", "Ледок"])
def test_a_name_is_kept_as_it_was_typed_without_space_around_it(typed):
    assert handle_name(typed) == typed.strip()


@pytest.mark.parametrize(
    "typed", ["", "@", " ", "le ek", "le\u200bek", "le\nek", "\u3164", "x" * 254]
)
def test_a_name_nobody_could_read_is_refused(typed):
    with pytest.raises(HandleError):
        handle_name(typed)
