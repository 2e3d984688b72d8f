"""`bluelamp audit questions`: what must not be, listed and asked."""

import json
from hashlib import sha256

import pytest

from archive.questions.pack import pack
from local.cli import main
from shared.recordlog.canonical import canonical_json
from tests.unit.archive import lives_made as made
from tests.unit.local.test_audit_search import opened


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """An archive, its keys, and a copy of it that was made before."""
    folder = tmp_path_factory.mktemp("months")
    keys = folder / "force.vkey"
    keys.write_text(str(made.KEYS))
    opened(made.a_reading(), folder / "copy")
    return made.archive_in(folder / "archive"), keys, folder / "copy"


@pytest.fixture
def ask(capsys, months):
    """Exit code, standard output, standard error of a question."""
    archive, keys, copy = months

    def ask(*arguments):
        usual = ("--archive", archive, "--key", keys, "--copy", copy)
        try:
            code = main([*map(str, ("audit", "questions", *usual, *arguments))])
        except SystemExit as stop:
            code = stop.code
        heard = capsys.readouterr()
        return code, heard.out, heard.err

    return ask


def test_without_a_name_all_are_listed_with_what_they_ask_and_take(capsys):
    assert main(["audit", "questions"]) == 0

    out = capsys.readouterr().out
    assert all(f"{each.name}\n  {each.asks}\n  {each.source}\n" in out for each in pack().values())
    assert "  --given seconds=5\n" in out


def test_the_list_is_json_for_a_program(capfdbinary):
    assert main(["audit", "questions", "--json"]) == 0

    listed = json.loads(capfdbinary.readouterr().out)
    assert [each["name"] for each in listed] == list(pack())
    assert listed[2]["given"] == {"seconds": 5}


def test_nothing_found_is_held(ask):
    code, out, err = ask("own_approvals")

    assert (code, err) == (0, "")
    assert "0 of 0 rows. Answer: SHA-256 " in out
    assert "2026-09" in out


def test_what_is_found_names_its_leaf_and_is_something_wrong(ask):
    code, out, err = ask("untrained_authors")

    assert (code, err) == (1, "")
    assert "written_by: pc-okafor" in out
    assert "  leaf 0 in 2026-09, hash " in out


def test_a_shorter_period_and_a_limit_of_ones_own_are_asked_about(ask):
    assert ask("untrained_authors", "--since", "2027-01-01", "--until", "2027-02-01")[0] == 0
    assert ask("untrained_authors", "--given", "topics=0")[0] == 0


def test_as_json_whoever_has_the_rows_works_out_the_hash(capfdbinary, months):
    archive, keys, copy = months
    usual = ("--archive", archive, "--key", keys, "--copy", copy)

    assert main([*map(str, ("audit", "questions", "untrained_authors", *usual, "--json"))]) == 1

    said = json.loads(capfdbinary.readouterr().out)
    lines = b"".join(canonical_json(row) + b"\n" for row in said["rows"])
    assert said["sha256"] == sha256(lines).hexdigest()
    assert said["asked"]["question"] == "untrained_authors"
    assert said["asked"]["given"]["topics"] == 8
    assert [each["month"] for each in said["read"]["months"]] == ["2026-09", "2026-10"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("who_did_it",), "no fixed question “who_did_it”"),
        (("quick_approvals", "--given", "seconds"), "such as seconds=10"),
        (("quick_approvals", "--given", "minutes=1"), "no such value"),
        (("quick_approvals", "--given", "seconds=soon"), "whole number"),
        (("quick_approvals", "--given", "seconds=1", "--given", "seconds=2"), "once"),
        (("own_approvals", "--since", "2026-10-02", "--until", "2026-10-02"), "over before"),
        (("own_approvals", "--since", "yesterday"), "is no moment"),
        (("own_approvals'; DROP VIEW acts; --",), "no fixed question"),
    ],
)
def test_wrong_use_is_a_sentence(ask, arguments, sentence):
    code, out, err = ask(*arguments)

    assert (code, out) == (2, "")
    assert sentence in err
