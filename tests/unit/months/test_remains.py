"""What goes with a month: what is over and named by no kept leaf, and nothing that leads there."""

from hypothesis import given
from hypothesis import strategies as st

from shared.months.remains import Kind, Remains, found_from, going, names_in, why_kept

POST, OTHER = "01JD0000000000000000000001", "01JD0000000000000000000002"
PICTURE = "01JD000000000000000000000P"
LETTERS = "abcdefgh"
SOME_NAMES = st.frozensets(st.sampled_from(LETTERS))


def a_thing(name, speaks_of=(), **more):
    return Remains(Kind.POST, name, frozenset(speaks_of), **more)


@st.composite
def forces(draw):
    """Things that speak of each other at will, and the names that kept months have."""
    names = draw(st.lists(st.sampled_from(LETTERS), unique=True))
    things = [
        a_thing(each, draw(SOME_NAMES), is_over=draw(st.booleans() | st.just(True)))
        for each in names
    ]
    return things, draw(SOME_NAMES)


def test_a_leaf_names_its_subject_and_whatever_it_says_of_others():
    line = (
        b'{"envelope":{"id":"x","subject":"post:%s@v2/bluesky#2","v":1},"payload":'
        b'{"media":[{"key":"pictures/%s.jpg"}],"corrects":{"post_id":"%s"}}}'
    ) % (POST.encode(), PICTURE.encode(), OTHER.encode())

    assert {POST, PICTURE, OTHER} <= names_in(line)


def test_names_that_are_no_numbers_are_found_as_their_rows_are_called():
    assert "2026-11-leek-npt" in names_in(b'{"subject":"review:2026-11-leek-npt"}')
    assert "check:leek-npt/2026-11-22" in names_in(b'{"subject":"check:leek-npt/2026-11-22"}')
    exception = f"{POST}-1-bluesky-1-gone-20261122T101500"
    assert {exception, POST} <= names_in(b'{"subject":"exception:%s"}' % exception.encode())


@given(st.lists(st.sampled_from([POST, OTHER, PICTURE, "review:2026-11-leek-npt", "{}"])))
def test_of_several_lines_at_once_all_names_are_found(said):
    lines = [f'{{"subject":"post:{each}"}}\n'.encode() for each in said]

    assert names_in(b"".join(lines)) == {name for each in lines for name in names_in(each)}


@given(st.binary(max_size=200))
def test_no_bytes_stop_the_search_for_names(line):
    names_in(line)


def test_the_last_month_that_names_a_thing_takes_it_along():
    assert going([a_thing("a"), a_thing("b")], {"b"}) == (a_thing("a"),)
    assert going([a_thing("a"), a_thing("b")], set()) == (a_thing("a"), a_thing("b"))


def test_what_somebody_waits_for_stays_with_all_it_speaks_of():
    appeal = a_thing("a", "b", is_over=False)
    post, picture, other = a_thing("b", "c"), a_thing("c"), a_thing("d", "c")

    assert going([appeal, post, picture, other], set()) == (other,)


def test_a_block_stays_as_long_as_the_takedown_it_came_with():
    takedown, block = a_thing("a"), Remains(Kind.BLOCK, "a", is_over=False)

    assert going([takedown, block], set()) == ()


@given(forces())
def test_nothing_goes_that_is_named_or_open_or_that_something_staying_speaks_of(force):
    things, named = force
    gone = going(things, named)
    stay = [each for each in things if each not in gone]

    for each in gone:
        assert each.is_over
        assert each.name not in named
        assert not any(each.name in other.speaks_of for other in stay)


@given(forces())
def test_everything_else_goes_whatever_the_order(force):
    things, named = force
    gone = {each.name for each in going(things, named)}

    assert gone == {each.name for each in going(things[::-1], named)}
    reasons = {each.name for each in things if not each.is_over or each.name in named}
    for each in things:
        if each.name not in gone and each.name not in reasons:
            assert any(
                each.name in other.speaks_of
                for other in things
                if other.name not in gone and other.name != each.name
            )


@given(forces(), SOME_NAMES)
def test_whoever_removes_from_the_end_and_is_killed_finds_the_rest_again(force, names):
    things, _ = force

    def find_in(left):
        return lambda wanted: [each for each in left if each.name in wanted]

    found = found_from(names, find_in(things))
    for removed in range(len(found) + 1):
        left = found[: len(found) - removed]
        assert set(found_from(names, find_in(left))) == set(left)


def test_a_hold_about_anything_of_it_keeps_it_and_so_does_a_reason_of_its_own():
    those = [
        a_thing("a", about=frozenset({"account:leek-npt", "person:p-1"})),
        Remains(Kind.PICTURE, "b", kept=("a consent in it lasts until 2029-03-01",)),
    ]

    assert why_kept(those, set()) == ("a consent in it lasts until 2029-03-01",)
    for subject in ("account:leek-npt", "person:p-1", "post:a"):
        assert "a legal hold keeps a post in it" in why_kept(those, {subject})
    assert "a legal hold keeps a picture in it" in why_kept(those, {"picture:b"})
    assert why_kept(those[:1], {"account:hanley"}) == ()
