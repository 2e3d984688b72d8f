import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.recordlog.errors import MalformedError
from shared.recordlog.places import find_place, place_objects

EARLY, LATER, LATEST = (
    "01JD3QAAAAAAAAAAAAAAAAAAAA",
    "01JD3QBBBBBBBBBBBBBBBBBBBB",
    "01JD3R" + "C" * 20,
)


def looked_up(leaf_id, objects):
    def under(folder):
        return [path for path in sorted(objects) if path.startswith(folder)]

    return find_place(leaf_id, under, objects.get)


def test_the_leaves_of_one_window_share_an_object():
    objects = place_objects(41, [EARLY, LATER, LATEST])

    assert objects == {
        "index/01JD3Q/41": f"{EARLY} 41\n{LATER} 42\n".encode(),
        "index/01JD3R/43": f"{LATEST} 43\n".encode(),
    }


def test_a_leaf_is_found_whichever_batch_it_came_in():
    objects = {**place_objects(0, [LATER]), **place_objects(1, [EARLY, LATEST])}

    assert [looked_up(each, objects) for each in (LATER, EARLY, LATEST)] == [0, 1, 2]


def test_a_leaf_that_still_waits_has_no_place():
    assert looked_up(EARLY, {}) is None
    assert looked_up(EARLY, dict(place_objects(0, [LATER]))) is None


@given(st.lists(st.lists(st.sampled_from("QRST"), max_size=5), max_size=5))
def test_no_batch_ever_writes_over_anothers_object(batches):
    objects, expected = {}, {}
    for windows in batches:
        first = len(expected)
        ids = [f"01JD3{window}{first + at:020d}" for at, window in enumerate(windows)]
        made = place_objects(first, ids)
        assert not made.keys() & objects.keys()
        objects |= made
        expected |= {leaf_id: first + at for at, leaf_id in enumerate(ids)}

    assert {leaf_id: looked_up(leaf_id, objects) for leaf_id in expected} == expected


@pytest.mark.parametrize("line", ["x", f"{EARLY}", f"{EARLY} ", f"{EARLY} -1", f"{EARLY} 1 2"])
def test_an_index_object_of_another_kind_is_refused(line):
    with pytest.raises(MalformedError):
        looked_up(EARLY, {"index/01JD3Q/0": line.encode()})
