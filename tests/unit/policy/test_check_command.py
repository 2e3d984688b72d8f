"""`bluelamp check`: verdicts line by line, and nothing lost on the way."""

import argparse
import io
import json

import pytest

from local import check, nearby
from shared.policy.verdict import Verdict
from tests.unit.policy.candidates import CORPUS, PACK
from tests.unit.second_reader.tiny import write_reader

POST = {
    "id": "p-1",
    "text": "The road is open again.",
    "platform": "x",
    "author_role": "officer",
    "account_level": "neighbourhood",
    "critical_incident": False,
    "kind": "original",
    "reshare_of": None,
}


@pytest.fixture
def command(monkeypatch, capsys):
    def run(*arguments, lines=()):
        stdin = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines)
        monkeypatch.setattr(check, "bundled", lambda _: PACK)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        parser = argparse.ArgumentParser()
        check.add_arguments(parser)
        code = check.run(parser.parse_args(arguments))
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return run


def test_a_clear_post_holds(command):
    code, verdicts, err = command(lines=[POST])

    assert code == 0
    assert err == ""
    assert verdicts == [
        {
            "id": "p-1",
            "outcome": "clear",
            "policy_version": PACK.policy_version,
            "findings": [],
        }
    ]


def test_a_finding_is_told_in_full(command):
    code, verdicts, _ = command(lines=[{**POST, "text": "See bit.ly/x"}])

    assert code == 1
    assert verdicts[0]["outcome"] == "review"
    assert verdicts[0]["findings"][0] == {
        "rule": "external-link",
        "severity": "review",
        "start": 4,
        "end": 12,
        "message": "bit.ly is a shortened link: nobody can see where it goes.",
        "suggestion": verdicts[0]["findings"][0]["suggestion"],
        "source": PACK.rule("external-link").source,
    }


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{", "is not JSON"),
        ("[]", "is not a JSON object"),
        ("[" * 100_000, "is not JSON"),
        ({**POST, "id": 7}, "field id"),
        ({**POST, "text": None}, "field text"),
        ({**POST, "platform": "myspace"}, "no limit for the platform 'myspace'"),
        ({**POST, "author_role": "king"}, "field author_role is 'king'"),
        ({**POST, "account_level": "village"}, "field account_level is 'village'"),
        ({**POST, "kind": "poem"}, "field kind is 'poem'"),
        ({**POST, "critical_incident": "no"}, "field critical_incident"),
        ({**POST, "reshare_of": 7}, "field reshare_of"),
        ({name: POST[name] for name in POST if name != "text"}, "field text"),
    ],
)
def test_a_bad_line_is_told_of_and_the_rest_is_read(command, line, sentence):
    code, verdicts, err = command(lines=[POST, "", line, {**POST, "id": "p-2"}])

    assert code == 2
    assert [verdict["id"] for verdict in verdicts] == ["p-1", "p-2"]
    assert err.startswith("line 3: ")
    assert sentence in err


def test_a_bad_line_outweighs_a_finding(command):
    code, *_ = command(lines=["{", {**POST, "text": "bit.ly/x"}])

    assert code == 2


def test_fields_nobody_asks_for_are_left_alone(command):
    code, verdicts, _ = command(lines=[{**POST, "note": "x", "expect": ["joke"]}])

    assert (code, len(verdicts)) == (0, 1)


def test_senior_accounts_may_be_given(command, tmp_path):
    accounts = tmp_path / "accounts.json"
    accounts.write_text(json.dumps({"senior": ["@NewCmdr"]}))
    post = {**POST, "text": "relief.example", "kind": "reshare", "reshare_of": "@newcmdr"}

    assert command(lines=[post])[0] == 1
    assert command("--accounts", str(accounts), lines=[post])[0] == 0


@pytest.mark.parametrize("content", ["{", "[]", '{"senior": "x"}', '{"senior": [1]}'])
def test_a_wrong_list_of_accounts_is_refused(command, tmp_path, content):
    accounts = tmp_path / "accounts.json"
    accounts.write_text(content)

    code, verdicts, err = command("--accounts", str(accounts), lines=[POST])

    assert (code, verdicts) == (2, [])
    assert "accounts.json" in err


def test_without_the_second_readers_files_nothing_is_read_and_the_file_is_named(
    command, monkeypatch, tmp_path
):
    monkeypatch.setattr(nearby, "FOLDER", tmp_path)

    code, verdicts, err = command("--reader", "both", lines=[POST])

    assert (code, verdicts) == (2, [])
    assert err.startswith("There is no second reader here: ")
    assert err.endswith("/reader.json is missing. Use --reader first.\n")


def test_the_second_reader_adds_to_the_verdict_and_is_named_in_it(command, monkeypatch, tmp_path):
    named = {"rules": ["none", "external-link", "never"], "marks": {"external-link": 0.5}}
    monkeypatch.setattr(nearby, "FOLDER", write_reader(tmp_path, **named))
    monkeypatch.setattr(check, "check", lambda _, pack: Verdict((), pack.policy_version))
    doubtful = {**POST, "text": "Honk! The road is open again."}

    code, verdicts, err = command("--reader", "both", lines=[POST, doubtful])

    assert (code, err) == (1, "")
    assert [verdict["outcome"] for verdict in verdicts] == ["clear", "review"]
    assert [verdict["second_reader"] for verdict in verdicts] == ["tiny 7"] * 2
    [found] = verdicts[1]["findings"]
    assert (found["rule"], found["severity"]) == ("external-link", "review")
    assert doubtful["text"][found["start"] : found["end"]] == "Honk!"


def test_the_first_reader_alone_says_nothing_of_a_second(command):
    assert "second_reader" not in command(lines=[POST])[1][0]


def test_a_file_that_is_not_there_is_refused(command):
    code, verdicts, err = command("--jsonl", "nowhere.jsonl")

    assert (code, verdicts) == (2, [])
    assert "nowhere.jsonl" in err


def test_a_whole_file_is_read_in_order(command):
    path = CORPUS / "posts-slips.jsonl"
    ids = [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]

    code, verdicts, err = command("--jsonl", str(path))

    assert (code, err) == (1, "")
    assert [verdict["id"] for verdict in verdicts] == ids


def test_text_that_is_not_utf_8_is_a_bad_line(command, tmp_path):
    path = tmp_path / "posts.jsonl"
    path.write_bytes(b'{"id": "\xff"}\n' + json.dumps(POST).encode())

    code, verdicts, err = command("--jsonl", str(path))

    assert (code, [verdict["id"] for verdict in verdicts]) == (2, ["p-1"])
    assert err.startswith("line 1: is not JSON")


def test_half_a_character_is_read_like_any_other(command):
    code, verdicts, _ = command(lines=[{**POST, "text": "\ud800 bit.ly/x"}])

    assert (code, len(verdicts[0]["findings"])) == (1, 1)
