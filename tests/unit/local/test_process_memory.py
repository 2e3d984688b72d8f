"""How a process that goes on for long gives memory back."""

import gc

import pytest

from local.worker import memory
from local.worker.memory import GROWTH, M_ARENA_MAX, YOUNG, Growth, be_thrifty, resident


class Library:
    """The C library, as far as it is asked."""

    def __init__(self):
        self.asked = []

    def malloc_trim(self, left):
        self.asked.append(("malloc_trim", left))

    def mallopt(self, what, value):
        self.asked.append((what, value))


@pytest.fixture
def library(monkeypatch):
    library = Library()
    monkeypatch.setattr(memory, "_LIBRARY", library)
    return library


@pytest.fixture
def holding(monkeypatch):
    """What the process holds from one look to the next."""

    def look(*held):
        looks = iter(held)
        monkeypatch.setattr(memory, "resident", lambda: next(looks))
        return Growth()

    return look


def test_memory_is_given_back_when_the_process_has_grown_by_much(library, holding):
    growth = holding(100, 100 + GROWTH + 1, 200)

    growth.cut()

    assert library.asked == [("malloc_trim", 0)]


def test_what_it_holds_after_that_is_the_measure_from_then_on(library, holding):
    growth = holding(100, 100 + GROWTH + 1, 300 + GROWTH, 300 + 2 * GROWTH)

    growth.cut()
    growth.cut()

    assert len(library.asked) == 1


def test_a_process_that_grew_by_little_keeps_what_it_has(library, holding):
    holding(100, 100 + GROWTH).cut()

    assert library.asked == []


def test_where_the_library_cannot_nothing_is_asked(monkeypatch, holding):
    monkeypatch.setattr(memory, "_LIBRARY", object())

    holding(100, 100 + 2 * GROWTH).cut()


def test_a_thrifty_process_has_few_heaps_and_looks_at_its_young_seldom(library, monkeypatch):
    seen = []
    monkeypatch.setattr(gc, "set_threshold", lambda *given: seen.append(given))

    be_thrifty()

    assert library.asked == [(M_ARENA_MAX, memory.HEAPS)]
    assert seen == [(YOUNG, *gc.get_threshold()[1:])]


def test_a_process_that_runs_holds_some_megabytes_and_no_more_than_there_are():
    assert 0 <= resident() < 1_000_000_000_000


def test_where_the_system_does_not_tell_nothing_is_held(monkeypatch, tmp_path):
    monkeypatch.setattr(memory, "HELD", tmp_path / "statm")

    assert resident() == 0
