"""The same is told from new, and a list that cannot be meant changes nothing."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.followers.snapshot import MARK_BYTES, change, doubt, joined, marks, parted

SALT, OTHER = b"s" * 16, b"o" * 16
IDS = st.frozensets(st.text(min_size=1, max_size=12), max_size=40)


def marked(ids, salt=SALT):
    return frozenset(marks(ids, salt))


@given(IDS, IDS)
def test_what_changed_is_counted_from_marks_alone(before, after):
    told = change(marked(before), marked(after))

    assert (told.new, told.gone) == (len(after - before), len(before - after))


@given(IDS)
def test_marks_come_back_as_they_were_kept(ids):
    assert frozenset(parted(joined(marked(ids)))) == marked(ids)


@given(st.text(min_size=1))
def test_marks_of_two_lists_cannot_be_laid_side_by_side(platform_id):
    [here], [there] = marks([platform_id], SALT), marks([platform_id], OTHER)

    assert here != there
    assert len(here) == MARK_BYTES


@given(st.lists(st.text(st.characters() | st.just("\ud83d"), min_size=1), max_size=5))
def test_a_mark_is_a_hash_under_the_lists_own_key_whoever_else_is_marked_with_it(ids):
    said = (each.encode(errors="surrogatepass") for each in ids)

    assert marks(ids, SALT) == [blake2b(s, digest_size=8, key=SALT).digest() for s in said]


def test_half_a_mark_is_refused():
    with pytest.raises(ValueError, match="half"):
        [*parted(b"123")]


@pytest.mark.parametrize(
    ("count", "before", "told", "is_doubted", "why"),
    [
        (0, None, None, False, "a new account"),
        (0, 5, 0, False, "the last few left, and the platform says so"),
        (0, 5, None, True, "all at once, and nobody says so"),
        (0, 500, 0, True, "all of very many"),
        (0, None, 80, True, "it counts them and shows none"),
        (40, 100, None, True, "half of them at once"),
        (40, 100, 41, False, "and the platform counts as many"),
        (9, 19, None, False, "a few may go"),
        (101, 90, 101, True, "more than anybody reads"),
        (100, 90, 100, False, "as many as are read"),
    ],
)
def test_a_list_is_believed_or_not(count, before, told, is_doubted, why):
    assert bool(doubt(count, before, told, most=100)) is is_doubted, why


@given(st.integers(0, 200), st.none() | st.integers(0, 200), st.none() | st.integers(0, 200))
def test_a_doubt_is_a_sentence(count, before, told):
    said = doubt(count, before, told, most=100)

    assert not said or said.endswith(".")


@given(st.integers(1, 100))
def test_the_same_list_again_is_always_believed(count):
    assert doubt(count, count, None, most=100) == ""
