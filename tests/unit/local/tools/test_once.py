import threading

import pytest

from local.tools import FailedToolError
from local.tools.once import once


@pytest.fixture
def lock_file(tmp_path):
    file = tmp_path / "lock.json"
    file.write_text("one")
    return file


@pytest.fixture
def stamp(tmp_path):
    return tmp_path / "made" / ".stamp"


def test_work_is_done_once_for_the_same_inputs(stamp, lock_file):
    done = []

    first = once(stamp, [lock_file, "20.1"], lambda: done.append(1))
    second = once(stamp, [lock_file, "20.1"], lambda: done.append(2))

    assert (first, second, done) == (True, False, [1])


@pytest.mark.parametrize(("content", "version"), [("two", "20.1"), ("one", "22.0")])
def test_work_is_done_again_when_any_input_changed(stamp, lock_file, content, version):
    once(stamp, [lock_file, "20.1"], lambda: None)
    lock_file.write_text(content)

    assert once(stamp, [lock_file, version], lambda: None)


def test_inputs_that_only_run_together_alike_are_not_the_same(stamp):
    once(stamp, ["ab", "c"], lambda: None)

    assert once(stamp, ["a", "bc"], lambda: None)


def test_work_that_failed_is_done_again(stamp, lock_file):
    def fail():
        raise FailedToolError("no")

    once(stamp, [lock_file, "old"], lambda: None)
    with pytest.raises(FailedToolError):
        once(stamp, [lock_file], fail)

    assert once(stamp, [lock_file, "old"], lambda: None)


def test_work_may_remove_the_folder_of_its_stamp(stamp, lock_file):
    once(stamp, [lock_file], lambda: None)
    lock_file.write_text("two")

    def start_over():
        stamp.parent.rmdir()

    assert once(stamp, [lock_file], start_over)
    assert not once(stamp, [lock_file], lambda: None)


def test_two_who_want_the_same_work_do_it_once(stamp, lock_file):
    done, both_here = [], threading.Barrier(2, timeout=10)

    def want():
        both_here.wait()
        once(stamp, [lock_file], lambda: done.append(1))

    threads = [threading.Thread(target=want) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=10)

    assert done == [1]
