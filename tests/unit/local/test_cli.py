"""The `bluelamp` command: help for everything, 2 for wrong use, and nothing done by mistake."""

import json

import pytest

from local.cli import main

COMMANDS = ("accounts", "audit", "check", "run", "demo", "openapi", "bench")


def told(capsys, *arguments):
    """Exit code, standard output, standard error."""
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code
    heard = capsys.readouterr()
    return code, heard.out, heard.err


def test_help_names_every_command(capsys):
    code, out, _ = told(capsys, "--help")

    assert code == 0
    assert all(f"\n    {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_says_how_it_is_used(capsys, command):
    code, out, err = told(capsys, command, "--help")

    assert (code, err) == (0, "")
    assert out.startswith(f"usage: bluelamp {command}")


WRONG = [
    (),
    ("post",),
    ("--verbose",),
    ("check", "--jsonl"),
    ("check", "--reader", "third"),
    ("check", "posts.jsonl"),
    ("run", "--port", "eighty"),
    ("run", "--port", "-1"),
    ("run", "--port", "65536"),
    ("run", "--platform", "myspace"),
    ("run", "--database", "sqlite"),
    ("run", "--second-reader", "comprehend"),
    ("run", "now"),
    ("demo", "--posts", "many"),
    ("demo", "--posts", "0"),
    ("demo", "--posts", "-3"),
    ("accounts",),
    ("accounts", "import"),
    ("accounts", "import", "one.csv", "two.csv"),
    ("accounts", "remove"),
    ("audit",),
    ("audit", "look"),
    ("audit", "export", "pdf", "--out", "there"),
    ("openapi",),
    ("openapi", "one", "two"),
    ("bench", "--output"),
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_use_is_told_on_standard_error_with_exit_code_2(capsys, arguments):
    code, out, err = told(capsys, *arguments)

    assert (code, out) == (2, "")
    assert "usage: bluelamp" in err


def test_the_description_of_the_api_is_written_where_it_is_wanted(capsys, tmp_path):
    file = tmp_path / "build" / "openapi.json"

    code, out, err = told(capsys, "openapi", str(file))

    assert (code, out) == (0, "")
    assert str(file) in err
    assert json.loads(file.read_text(encoding="utf-8"))["openapi"].startswith("3.1")


@pytest.mark.parametrize(
    ("text", "code"), [("The road is open again.", 0), ("#a #b #c #d #e #f", 1), (None, 2)]
)
def test_a_check_says_in_its_exit_code_what_it_found(capsys, tmp_path, text, code):
    post = {
        "id": "p1",
        "text": text,
        "platform": "bluesky",
        "author_role": "officer",
        "account_level": "neighbourhood",
    }
    file = tmp_path / "posts.jsonl"
    file.write_text(json.dumps(post), encoding="utf-8")

    assert told(capsys, "check", "--jsonl", str(file))[0] == code
