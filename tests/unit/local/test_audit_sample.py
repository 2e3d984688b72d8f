"""`bluelamp audit sample`, as it is typed: a sample drawn again, and held against the record."""

import json
from dataclasses import replace

import pytest

from local.cli import main
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import SEPTEMBER
from tests.unit.archive.test_draw_samples import World, reading_after


def told(capsys, *arguments):
    """Exit code, standard output, standard error."""
    try:
        code = main(["audit", "sample", *map(str, arguments)])
    except SystemExit as stop:
        code = stop.code
    heard = capsys.readouterr()
    return code, heard.out, heard.err


@pytest.fixture
def keys(tmp_path):
    file = tmp_path / "force.vkey"
    file.write_text(str(made.KEYS))
    return str(file)


def laid(tmp_path, *, forged=False):
    world = World()
    world.drawn(SEPTEMBER)
    if forged:
        said = {**world.acts[0].payload, "posts": [f"{made.WRONG}@v1", f"{made.OTHER}@v1"]}
        if said["posts"] == world.acts[0].payload["posts"]:
            said["posts"].reverse()
        world.acts[0] = replace(world.acts[0], payload=said)
    return world.acts[0].payload, reading_after(world, tmp_path)[1]


def test_the_sample_on_record_is_drawn_again(capsys, tmp_path, keys):
    said, archive = laid(tmp_path)

    code, out, err = told(capsys, "2026-09", "riverside", "--archive", archive, "--key", keys)

    assert (code, err) == (0, "")
    assert f"= {said['seed']}" in out
    assert all(f"  {name}\n" in out for name in said["posts"])
    assert "It is the sample on record, in leaf " in out


def test_one_that_somebody_chose_is_wrong(capsys, tmp_path, keys):
    _, archive = laid(tmp_path, forged=True)

    code, out, _ = told(capsys, "2026-09", "riverside", "--archive", archive, "--key", keys)

    assert code == 1
    assert "Wrong: posts: on record is " in out


def test_a_program_reads_the_same(capsys, tmp_path, keys):
    said, archive = laid(tmp_path)
    asked = ("2026-09", "riverside", "--archive", archive, "--key", keys, "--json")

    code, out, _ = told(capsys, *asked)
    found = json.loads(out)

    assert code == 0
    assert {name: found[name] for name in said if name != "month"} == {
        name: value for name, value in said.items() if name != "month"
    }
    assert (found["wrong"], found["month"]) == ([], "2026-09")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("2031-01", "riverside"), "No sealed month here from 2031-01"),
        (("October", "riverside"), "is no month"),
        (("2026-09", "riverside", "--rule", "all"), "Write it as share=10"),
        (("2026-09",), "usage: bluelamp audit sample"),
    ],
)
def test_what_is_asked_wrongly_is_said_in_a_sentence(capsys, tmp_path, keys, typed, sentence):
    archive = made.archive_in(tmp_path / "sealed")

    code, _, err = told(capsys, *typed, "--archive", archive, "--key", keys)

    assert code == 2
    assert sentence in err


def test_months_that_do_not_speak_of_it_say_what_would_be_drawn(capsys, tmp_path, keys):
    archive = made.archive_in(tmp_path / "sealed")

    code, out, _ = told(capsys, "2026-09", "riverside", "--archive", archive, "--key", keys)

    assert code == 0
    assert "2 of 3 published" in out
    assert "read the month after it" in out
