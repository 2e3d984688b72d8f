"""`bluelamp audit search`, and the copy it asks: made once, and believed only while it is true."""

import json
import os
import shutil
from hashlib import sha256

import pytest

from archive.questions import answer as answering
from local.audit import copy as copying
from local.audit.copy import opened_copy
from local.audit.progress import Progress
from local.cli import main
from shared.recordlog.canonical import canonical_json
from tests.unit.archive import lives_made as made


@pytest.fixture
def archive(tmp_path):
    return made.archive_in(tmp_path / "archive")


@pytest.fixture
def keys(tmp_path):
    file = tmp_path / "force.vkey"
    file.write_text(str(made.KEYS))
    return str(file)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A copy that was made before; tests spoil one of their own."""
    folder = tmp_path_factory.mktemp("kept") / "copy"
    return folder, opened(made.a_reading(), folder)


@pytest.fixture
def search(capsys, archive, keys, kept):
    """Exit code, standard output, standard error of a search."""

    def search(*arguments):
        usual = ("--archive", archive, "--key", keys, "--copy", kept[0])
        given = ("audit", "search", *usual, *arguments)
        try:
            code = main([*map(str, given)])
        except SystemExit as stop:
            code = stop.code
        heard = capsys.readouterr()
        return code, heard.out, heard.err

    return search


def files_of(folder):
    return {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}


def opened(reading, folder):
    with opened_copy(reading, folder, Progress()) as index:
        return index.ask("SELECT leaf_index, leaf_hash, month FROM leaves ORDER BY 1").rows


# ── what it prints ───────────────────────────────────────────────────────────


def test_it_finds_a_post_by_its_words_and_says_which_leaf_proves_it(search):
    code, out, err = search("rudyard", "SIAN")

    assert (code, err) == (0, "")
    assert f"post_id: {made.WRONG}" in out
    assert "leaf 7 in 2026-09, hash " in out
    assert "Read: 2026-09" in out
    assert "Read: 2026-10" in out
    assert "1 of 1 rows. Answer: SHA-256 " in out


def test_what_would_steer_a_terminal_is_spelled(search):
    _, out, _ = search("rudyard")

    assert "\\u{202e}open" in out
    assert "\u202e" not in out


def test_it_answers_a_program_with_everything_that_the_hash_is_over(search):
    code, out, _ = search("--json", "--kind", "post.submitted", "--limit", 1_000)
    said = json.loads(out)

    assert code == 0
    lines = b"".join(canonical_json(row) + b"\n" for row in said["rows"])
    assert sha256(lines).hexdigest() == said["sha256"]
    assert said["asked"]["given"] == {"kind": "post.submitted"}
    assert said["asked"]["as_of"] == said["read"]["months"][-1]["end"]
    assert [each["month"] for each in said["read"]["months"]] == ["2026-09", "2026-10"]
    assert canonical_json(said) + b"\n" == out.encode()


def test_the_same_search_gives_the_same_bytes_from_another_copy(search, tmp_path):
    first = search("--json", "road")
    again = search("road", "--json")
    elsewhere = search("--json", "road", "--copy", tmp_path / "elsewhere")

    assert first == again == elsewhere


def test_it_tells_the_whole_life_of_a_post(search):
    found = json.loads(search("--json", "--post", made.WRONG)[1])

    assert found["asked"]["given"] == {"post": made.WRONG}
    assert found["total"] > 3
    assert {row["post_id"] for row in found["rows"]} == {made.WRONG}


def test_its_pages_join(search):
    whole = json.loads(search("--json", "--kind", "post.")[1])
    page = json.loads(search("--json", "--kind", "post.", "--limit", 5)[1])
    rest = json.loads(search("--json", "--kind", "post.", "--after", page["next"])[1])

    assert page["rows"] + rest["rows"] == whole["rows"]
    assert page["sha256"] == rest["sha256"] == whole["sha256"]
    _, out, _ = search("--kind", "post.", "--limit", 5)
    assert f"5 of {whole['total']} rows; further rows: --after {page['next']}. " in out


def test_it_reads_the_months_it_is_told_to(search):
    september = json.loads(search("--json", "road", "--to", "2026-09")[1])
    october = json.loads(search("--json", "road", "--from", "2026-10")[1])

    assert {row["post_id"] for row in september["rows"]} == {made.WRONG}
    assert {row["post_id"] for row in october["rows"]} == {made.CORRECTION}


def test_as_of_a_moment_a_post_stands_where_it_stood_then(search):
    def state(*as_of):
        [row] = json.loads(search("--json", "rudyard", *as_of)[1])["rows"]
        return row["state"]

    assert state() == "published"
    assert state("--as-of", "2026-09-04T12:02:30Z") == "cleared"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--account", "../north", "a"], "no name of the registry"),
        (["--regex", "(a"], "no regular expression of RE2: missing )"),
        (["--since", "yesterday", "a"], "is no moment"),
        ([], "Nothing but a time was said"),
        (["a", "--seconds", "nan"], "write seconds as a number"),
        (["a", "--seconds", "3601"], "write seconds as a number"),
        (["a", "--seconds", "soon"], "write seconds as a number"),
        (["a", "--most-months", "1"], "1 months at most"),
        (["a", "--from", "../2026-10"], "is no month"),
        (["a", "--from", "2027-01"], "No sealed month here"),
        (["a", "--key", "nowhere.vkey"], "nowhere.vkey"),
    ],
)
def test_what_cannot_be_asked_is_wrong_use_and_says_why(search, arguments, says):
    code, out, err = search(*arguments)

    assert (code, out) == (2, "")
    assert says in err
    assert "Traceback" not in err


def test_more_rows_than_anybody_reads_are_wrong_use(search, monkeypatch):
    monkeypatch.setattr(answering, "MOST_ROWS", 3)

    assert search("--kind", "post.")[0] == 2


def test_a_month_that_is_not_what_was_sealed_gives_no_answer(search, archive):
    file = archive / "month=2026-09/data/records/post/part-00000.jsonl.gz"
    file.write_bytes(file.read_bytes()[:-9] + b"123456789")

    code, out, err = search("road", "--copy", archive / "new")

    assert (code, out) == (1, "")
    assert "2026-09, data/records/post/part-00000.jsonl.gz" in err


# ── the copy ─────────────────────────────────────────────────────────────────


def test_a_copy_is_this_users_alone_and_lies_beside_the_months(capsys, archive, keys):
    assert main(["audit", "search", "--archive", str(archive), "--key", keys, "road"]) == 0

    capsys.readouterr()
    folder = archive / ".copy"
    assert folder.stat().st_mode & 0o077 == 0
    assert {path.parts[0] for path in files_of(folder)} >= {"copied", "post"}
    assert not list(folder.glob("asking-*"))
    assert not list(folder.rglob("*.new"))
    assert main(["audit", "verify", str(archive), "--key", keys]) == 0


def test_a_copy_is_made_once(archive, tmp_path):
    reading, folder = made.bags_in(archive).between(), tmp_path / "copy"
    rows = opened(reading, folder)
    first = {path: file.stat().st_ino for path, file in files_of(folder).items()}

    assert opened(reading, folder) == rows
    assert {path: file.stat().st_ino for path, file in files_of(folder).items()} == first
    assert [row[0] for row in rows] == list(range(len(rows)))


def test_only_the_months_that_are_asked_for_are_read(archive, kept):
    reading = made.bags_in(archive).between(made.OCTOBER)

    months = {row[2] for row in opened(reading, kept[0])}

    assert months == {"2026-10"}


def flip(folder, keep):
    """A row group of another month's file, in the place of the right one."""
    keep.write_bytes((folder / "post/month=2026-10/part-0.parquet").read_bytes())


def another_bag(folder, _):
    note = folder / "copied/2026-09.json"
    said = json.loads(note.read_text())
    note.write_text(json.dumps({**said, "bag": "0" * 64}))


def older_edition(folder, _):
    note = folder / "copied/2026-09.json"
    said = json.loads(note.read_text())
    note.write_text(json.dumps({**said, "edition": 0}))


def no_hashes(folder, _):
    note = folder / "copied/2026-09.json"
    said = json.loads(note.read_text())
    files = [{"path": each["path"]} for each in said["files"]]
    note.write_text(json.dumps({**said, "files": files}))


def leads_outside(folder, _):
    (folder.parent / "outside.parquet").write_bytes(b"x")
    note = folder / "copied/2026-09.json"
    said = json.loads(note.read_text())
    outside = {"path": "../outside.parquet", "sha256": sha256(b"x").hexdigest()}
    note.write_text(json.dumps({**said, "files": [*said["files"], outside]}))


def names_another_month(folder, _):
    note = folder / "copied/2026-09.json"
    note.write_bytes(
        (folder / "copied/2026-10.json")
        .read_bytes()
        .replace(
            json.loads((folder / "copied/2026-10.json").read_text())["bag"].encode(),
            json.loads(note.read_text())["bag"].encode(),
        )
    )


def no_json(folder, _):
    (folder / "copied/2026-09.json").write_bytes(b"[" * 100_000)


def a_link(folder, file):
    aside = folder.parent / "aside.parquet"
    file.rename(aside)
    file.symlink_to(aside)


def gone(_, file):
    file.unlink()


@pytest.mark.parametrize(
    "spoil",
    [
        *(flip, another_bag, older_edition, no_hashes, leads_outside, names_another_month),
        *(no_json, a_link, gone),
    ],
)
def test_a_copy_that_is_not_as_it_was_made_of_this_bag_is_made_anew(kept, tmp_path, spoil):
    folder = tmp_path / "copy"
    shutil.copytree(kept[0], folder)
    file = folder / "post/month=2026-09/part-0.parquet"
    right = file.read_bytes()
    spoil(folder, file)
    before = files_of(folder).keys()

    assert opened(made.a_reading(), folder) == kept[1]

    assert file.read_bytes() == right
    assert not file.is_symlink()
    said = json.loads((folder / "copied/2026-09.json").read_text())
    assert said["files"] == json.loads((kept[0] / "copied/2026-09.json").read_text())["files"]
    assert before - {file.relative_to(folder)} <= files_of(folder).keys()


def test_what_a_note_does_not_name_is_not_read(kept, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(kept[0], folder)
    post = folder / "post/month=2026-09"
    (post / "part-9.parquet").write_bytes((post / "part-0.parquet").read_bytes())

    assert opened(made.a_reading(), folder) == kept[1]


def test_who_makes_it_anew_or_spoils_it_meanwhile_changes_no_answer(kept, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(kept[0], folder)
    with opened_copy(made.a_reading(), folder, Progress()) as index:
        for file in folder.rglob("part-0.parquet"):
            if "asking-" not in str(file):
                file.unlink()
                file.write_bytes(b"something else")

        assert (
            index.ask("SELECT leaf_index, leaf_hash, month FROM leaves ORDER BY 1").rows
            == (kept[1])
        )


def test_a_folder_that_cannot_have_links_gets_its_files_copied(kept, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)

    assert opened(made.a_reading(), kept[0]) == kept[1]


def test_somebody_who_changes_it_all_the_time_gets_a_sentence(search, monkeypatch):
    monkeypatch.setattr(copying, "_is_laid", lambda *_: False)
    monkeypatch.setattr(copying, "copy_month", lambda *_: None)

    code, out, err = search("road")

    assert (code, out) == (1, "")
    assert "give --copy a folder that nobody else uses" in err


def test_a_folder_that_cannot_be_written_is_wrong_use(search, tmp_path):
    (tmp_path / "file").write_text("")

    assert search("road", "--copy", tmp_path / "file")[0] == 2
