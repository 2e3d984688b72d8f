"""The runner of files that start a force: what fails is seen, and what held only alone is told."""

from pathlib import Path

import pytest

from tests.separately import LONGEST, MOST_AGAIN, longest_first, main

TESTS = Path(__file__).parents[1]

FAILS = "def test_it():\n    assert False\n"
HOLDS = "def test_it():\n    assert True\n"
FAILS_ONCE = """from pathlib import Path

def test_it():
    seen = Path(__file__).with_suffix(".seen")
    first = not seen.exists()
    seen.touch()
    assert not first
"""


@pytest.fixture
def ran(tmp_path, capsys):
    """What running files of these texts comes to: the exit code and the last lines."""

    def run(*texts):
        for number, text in enumerate(texts):
            (tmp_path / f"test_{number}.py").write_text(text)
        code = main(2, "1", [str(tmp_path)])
        return code, capsys.readouterr().out

    return run


def test_files_that_hold_are_run_once_and_counted(ran):
    code, printed = ran(HOLDS, HOLDS)

    assert code == 0
    assert printed.count("── ") == 2
    assert printed.rstrip().endswith("2 passed, 0 failed, 0 skipped")


def test_a_file_that_fails_alone_too_fails_and_is_printed_at_the_end(ran):
    code, printed = ran(HOLDS, FAILS)

    assert code == 1
    assert printed.rpartition("══ FAILED")[2].count("assert False") > 0
    assert printed.rstrip().endswith("1 passed, 1 failed, 0 skipped")


def test_a_file_that_holds_only_alone_has_failed_and_is_named_to_be_looked_at(ran):
    code, printed = ran(HOLDS, FAILS_ONCE)

    assert code == 1
    assert "══ HELD ONLY ALONE" in printed
    assert "test_1.py holds alone\n1 passed, 1 failed, 0 skipped" in printed


def test_where_many_fail_none_is_run_again(ran):
    code, printed = ran(*[FAILS_ONCE] * (MOST_AGAIN + 1))

    assert code == 1
    assert printed.count("── ") == MOST_AGAIN + 1


def test_no_files_at_all_is_a_failure(ran):
    assert ran()[0] == 1


def test_the_longest_files_begin_first_and_the_others_by_their_names():
    known = [Path(f"{name}.py") for name in LONGEST]
    others = [Path("test_a.py"), Path("test_b.py")]

    assert longest_first([*reversed(others), *reversed(known)]) == [*known, *others]


@pytest.mark.parametrize("name", LONGEST)
def test_a_long_file_that_is_named_exists(name):
    assert list(TESTS.glob(f"*/{name}.py"))
