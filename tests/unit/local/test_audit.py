"""`bluelamp audit`, as it is typed: exit codes, sentences, and the same answer every time."""

import hashlib
import json
import stat
import subprocess
import sys

import pytest

from local.audit.plain import plain
from local.audit.progress import Progress
from local.audit.system import UNKNOWN, this_system
from local.cli import main
from tests.unit.archive import lives_made as made
from tests.unit.archive.certified import joined, pages_in
from tests.unit.archive.handed_over import files_in
from tests.unit.recordlog import logs

CERTIFIED = ("--maker", "Siân Hughes", "--role", "records manager", "--at", "2026-11-21T09:00Z")


@pytest.fixture
def archive(tmp_path):
    return made.archive_in(tmp_path / "archive")


@pytest.fixture
def keys(tmp_path):
    file = tmp_path / "force.vkey"
    file.write_text(str(made.KEYS))
    return str(file)


def told(capsys, *arguments):
    """Exit code, standard output, standard error."""
    try:
        code = main(["audit", *map(str, arguments)])
    except SystemExit as stop:
        code = stop.code
    heard = capsys.readouterr()
    return code, heard.out, heard.err


def asked(archive, keys):
    return ("--archive", archive, "--key", keys)


def spoil(archive):
    file = archive / "month=2026-09/data/records/post/part-00000.jsonl.gz"
    file.write_bytes(logs.flip(file.read_bytes(), 4_000))


# ── show ─────────────────────────────────────────────────────────────────────


def test_show_tells_the_life_leaf_by_leaf_and_the_hash_of_the_answer(capsys, archive, keys):
    code, out, err = told(capsys, "show", made.WRONG, *asked(archive, keys))

    assert (code, err) == (0, "")
    assert out.startswith(f"Post {made.WRONG}\nRead: 2026-09, 329 leaves, 0 to 328\n")
    assert "Version 1, by pc-okafor at 2026-09-04 12:00:00 UTC" in out
    assert "  mastodon: taken away, and proved (leaf 343)" in out
    assert "Approved (approval.approved)" in out
    assert out.count("\n  leaf ") == 27
    assert "‘\\u{202e}open’" in out
    assert "\u202e" not in out


def test_show_as_json_is_canonical_and_its_hash_is_the_one_that_is_told(capfdbinary, archive, keys):
    assert main(["audit", "show", made.WRONG, *map(str, asked(archive, keys)), "--json"]) == 0
    answer = capfdbinary.readouterr().out
    assert main(["audit", "show", made.WRONG, *map(str, asked(archive, keys))]) == 0
    text = capfdbinary.readouterr().out.decode()

    assert text.endswith(f"Answer: SHA-256 {hashlib.sha256(answer).hexdigest()}\n")
    assert json.loads(answer)["question"] == {"show": made.WRONG}


def test_without_a_key_it_says_which_keys_it_believes(capsys, archive):
    code, _, err = told(capsys, "show", made.WRONG, "--archive", archive)

    assert code == 0
    assert err.startswith("No key was given, so the keys in the bags are believed.")
    assert str(made.LOG_SIGNER.key) in err


def test_a_key_may_be_given_as_it_is_written(capsys, archive):
    given = [part for key in made.KEYS.signers for part in ("--key", str(key))]

    assert told(capsys, "show", made.WRONG, "--archive", archive, *given)[0] == 0


def test_months_that_were_touched_are_something_wrong_and_named(capsys, archive, keys):
    spoil(archive)

    code, out, err = told(capsys, "show", made.WRONG, *asked(archive, keys))

    assert (code, out) == (1, "")
    assert err == (
        "2026-09, data/records/post/part-00000.jsonl.gz: it is not the file that was sealed.\n"
    )


WRONG = [
    ((), "usage: bluelamp audit"),
    (("look",), "usage: bluelamp audit"),
    (("show",), "usage: bluelamp audit show"),
    (("show", "nothing"), "names no post"),
    (("show", made.an_id(999)), "Nothing in these months speaks of post"),
    (("show", made.WRONG, "--from", "2031-01"), "No sealed month here from 2031-01"),
    (("show", made.WRONG, "--from", "October"), "is no month"),
    (("show", made.WRONG, "--key", "nonsense+key"), "Not a well-formed key"),
    (("show", made.WRONG, "--key", "no-such-file"), "no-such-file"),
    (("prove", "7"), "usage: bluelamp audit prove"),
    (("prove", "999", "--out", "o", *CERTIFIED), "No leaf '999' in these months"),
    (("prove", "7", "--out", "o", *CERTIFIED, "--exhibit", "a"), "no exhibit label"),
    (("prove", "7", "--out", "o", *CERTIFIED, "--at", "noon"), "write a time as"),
    (("prove", "7", "--out", "o", *CERTIFIED, "--at", "2026-11-21"), "does not say its time zone"),
    (("prove", "7", "--out", "o", "--maker", "\x1b[2J", "--role", "x"), "none that cannot be seen"),
    (("export", "pdf", "--out", "o"), "invalid choice"),
    (("export", "jsonl"), "--out"),
    (("export", "court", "--out", "o"), "give --maker and --role"),
    (("export", "court", "--out", "o", *CERTIFIED, "--account", "nobody"), "No leaf"),
    (("export", "foi", "--out", "o"), "needs --redactions"),
    (("export", "csv", "--out", "o", "--leaves", "no-such-file"), "no-such-file"),
    (("reveal", "pack"), "usage: bluelamp audit reveal"),
    (("reveal", "pack", "no-such-file"), "no-such-file"),
    (("verify",), "usage: bluelamp audit verify"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG, ids=lambda each: " ".join(each)[:60])
def test_wrong_use_is_a_sentence_and_nothing_is_made(
    capsys, archive, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(archive)
    before = sorted(archive.iterdir())

    code, out, err = told(capsys, *arguments)

    assert (code, out) == (2, "")
    assert sentence in err
    assert "\x1b" not in err
    assert sorted(archive.iterdir()) == before


# ── prove ────────────────────────────────────────────────────────────────────


def test_prove_writes_a_proof_a_certificate_and_what_seals_the_month(
    capsys, archive, keys, tmp_path
):
    out = tmp_path / "out"

    code, said, err = told(capsys, "prove", "7", *asked(archive, keys), "--out", out, *CERTIFIED)

    assert (code, err) == (0, "")
    files = files_in(out)
    assert files["BL1.tlog-proof"].startswith(b"c2sp.org/tlog-proof@v1\nindex 7\n")
    assert {f"certificate.{kind}" for kind in ("json", "html", "pdf")} <= files.keys()
    assert {"leaf.json", "payload.json", "salted-payload", "month/month.note"} <= files.keys()
    digest = hashlib.sha256(files["about.json"]).hexdigest()
    assert said.endswith(f"{out}: SHA-256 of about.json {digest}\n")
    [page] = pages_in(files["certificate.pdf"])
    assert "held. 2026-09 holds: 329 leaves, 0 to 328" in " ".join(page.split())
    assert joined(this_system().lock_sha256) in joined(page)


def test_the_same_question_is_the_same_folder_wherever_the_months_lie(
    capsys, archive, keys, tmp_path
):
    elsewhere = made.archive_in(tmp_path / "another" / "place")
    for name, place in (("a", archive), ("b", elsewhere)):
        code, *_ = told(
            *(capsys, "prove", "7", *asked(place, keys), "--out", tmp_path / name, *CERTIFIED)
        )
        assert code == 0

    assert files_in(tmp_path / "a") == files_in(tmp_path / "b")
    assert str(tmp_path).encode() not in b"".join(files_in(tmp_path / "a").values())


def test_a_leaf_is_proved_by_its_id_too(capsys, archive, keys, tmp_path):
    name = made.a_reading().bags[0].envelope(9)
    leaf_id = json.loads(name)["id"]
    given = ("--out", tmp_path / "o", *CERTIFIED, "--unverified")

    code, said, _ = told(capsys, "prove", leaf_id, *asked(archive, keys), *given)

    assert code == 0
    assert said.startswith("Leaf 9, hash ")


def test_nothing_is_certified_of_a_month_that_verify_does_not_accept(
    capsys, archive, keys, tmp_path
):
    file = archive / "month=2026-09/data/counts.json"  # nothing that a proof is made from
    file.write_bytes(file.read_bytes().replace(b"329", b"330"))

    code, _, err = told(
        *(capsys, "prove", "7", *asked(archive, keys), "--out", tmp_path / "o", *CERTIFIED)
    )

    assert code == 1
    assert "verify.py did not accept the months, so nothing is certified" in err
    assert "data/counts.json" in err
    assert not (tmp_path / "o").exists()


def test_the_program_in_a_bag_is_never_run(capsys, archive, keys, tmp_path):
    trap = archive / "month=2026-09/data/verify.py"
    trap.write_text(f"open({str(tmp_path / 'sprung')!r}, 'w')")

    told(capsys, "prove", "7", *asked(archive, keys), "--out", tmp_path / "o", *CERTIFIED)
    told(capsys, "verify", archive)

    assert not (tmp_path / "sprung").exists()


def test_the_solicitors_declaration_is_read_from_a_file(capsys, archive, keys, tmp_path):
    words = tmp_path / "declaration.txt"
    words.write_text("I say that this is true.\n")
    given = ("--out", tmp_path / "o", *CERTIFIED, "--declaration", words, "--unverified")

    assert told(capsys, "prove", "7", *asked(archive, keys), *given)[0] == 0
    assert "I say that this is true." in pages_in(files_in(tmp_path / "o")["certificate.pdf"])[0]


# ── export ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", ["jsonl", "csv", "html", "activities"])
def test_export_writes_a_folder_that_says_what_was_asked_and_read(
    capsys, archive, keys, tmp_path, kind
):
    for name in "ab":
        code, *_ = told(
            *(capsys, "export", kind, *asked(archive, keys), "--out", tmp_path / name),
            *("--account", "riverside", "--since", "2026-09-04T00:00Z"),
        )
        assert code == 0

    files = files_in(tmp_path / "a")
    about = json.loads(files["about.json"])
    which = {"account": "riverside", "since": "2026-09-04T00:00:00+00:00"}
    assert about["export"] == {"format": kind, "which": which}
    assert [each["month"] for each in about["read"]["months"]] == ["2026-09", "2026-10"]
    assert files == files_in(tmp_path / "b")


def test_a_posts_life_goes_to_court_under_the_labels_that_were_asked_for(
    capsys, archive, keys, tmp_path
):
    given = ("--post", made.EDITED, "--exhibit", "SH", "--number", "7")

    code, out, _ = told(
        *(capsys, "export", "court", *asked(archive, keys), "--out", tmp_path / "o"),
        *(*CERTIFIED, *given),
    )

    assert code == 0
    assert out.startswith("10 in ")
    labels = {name.split("/")[1] for name in files_in(tmp_path / "o") if "exhibits/" in name}
    assert labels == {f"SH{number}" for number in range(7, 17)}


def test_leaves_are_taken_from_a_list_of_numbers_or_of_answers(capsys, archive, keys, tmp_path):
    listed = tmp_path / "leaves"
    listed.write_text('7\n\n{"leaf_index":329,"leaf_hash":"x"}\n')

    code, *_ = told(
        *(capsys, "export", "jsonl", *asked(archive, keys), "--out", tmp_path / "o"),
        *("--leaves", listed),
    )

    lines = files_in(tmp_path / "o")["records.jsonl"].splitlines()
    assert code == 0
    assert [json.loads(line)["leaf_index"] for line in lines] == [7, 329]


@pytest.mark.parametrize(
    "line", ["x", "-1", "1.5", "true", '{"leaf":1}', "[" * 9_999, '"7"', "NaN"]
)
def test_a_list_of_leaves_that_is_none_is_refused(capsys, archive, keys, tmp_path, line):
    (tmp_path / "leaves").write_text(line)

    code, _, err = told(
        *(capsys, "export", "jsonl", *asked(archive, keys), "--out", tmp_path / "o"),
        *("--leaves", tmp_path / "leaves"),
    )

    assert code == 2
    assert err.startswith("No leaf ")
    assert not (tmp_path / "o").exists()


def test_an_export_of_touched_months_leaves_nothing_behind(capsys, archive, keys, tmp_path):
    spoil(archive)

    code, _, err = told(
        *(capsys, "export", "jsonl", *asked(archive, keys), "--out", tmp_path / "o")
    )

    assert code == 1
    assert "part-00000.jsonl.gz: it is not the file that was sealed" in err
    assert not list(tmp_path.glob("o*"))


# ── FOI ──────────────────────────────────────────────────────────────────────


@pytest.fixture
def foi(tmp_path, archive, keys):
    (tmp_path / "redactions.json").write_text(
        json.dumps([{"field": "/payload/text", "ground": "s.31", "leaf": 7}])
    )
    return (
        *("export", "foi", *asked(archive, keys), "--leaves", tmp_path / "leaves"),
        *("--redactions", tmp_path / "redactions.json", "--secret", tmp_path / "secret"),
        *("--reference", "FOI 12/26"),
    )


def give(capsys, foi, tmp_path, name, *more):
    (tmp_path / "leaves").write_text("7\n8\n")
    kept = ("--out", tmp_path / name, "--kept", tmp_path / f"{name}.kept")
    return told(capsys, *foi, *kept, *more)


def test_a_pack_is_given_out_and_what_opens_it_stays(capsys, foi, tmp_path):
    assert give(capsys, foi, tmp_path, "a")[0] == 0
    assert give(capsys, foi, tmp_path, "b")[0] == 0

    files = files_in(tmp_path / "a")
    assert files == files_in(tmp_path / "b")
    assert "Rudyard" not in b"".join(files.values()).decode("utf-8", "replace")
    assert json.loads(files["about.json"])["export"] == {"format": "foi", "reference": "FOI 12/26"}
    for name in ("secret", "a.kept"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert "Rudyard" in (tmp_path / "a.kept").read_text()


def test_reveal_shows_that_a_field_was_what_it_was(capsys, foi, tmp_path, archive):
    give(capsys, foi, tmp_path, "a")

    code, out, err = told(
        *(capsys, "reveal", tmp_path / "a", tmp_path / "a.kept", "--field", "/payload/text"),
        *("--leaf", "7", "--archive", archive),
    )

    assert code == 0
    assert json.loads(out)["value"] == made.WORDS
    assert out.isascii()
    assert "leaf 7, /payload/text: it is what was withheld." in err
    (tmp_path / "one").write_text(out)  # handed to whoever has the pack
    assert told(capsys, "reveal", tmp_path / "a", tmp_path / "one")[0] == 0


def test_reveal_refuses_another_value_whoever_says_so(capsys, foi, tmp_path):
    give(capsys, foi, tmp_path, "a")
    kept = json.loads((tmp_path / "a.kept").read_text().splitlines()[0])
    (tmp_path / "false").write_text(json.dumps({**kept, "value": "The road is open."}))

    code, out, err = told(capsys, "reveal", tmp_path / "a", tmp_path / "false")

    assert (code, out) == (1, "")
    assert "this is not what was withheld" in err


def test_words_that_are_withheld_and_stand_elsewhere_are_told_and_nothing_is_made(
    capsys, foi, tmp_path
):
    (tmp_path / "leaves").write_text("7\n12\n")
    kept = ("--out", tmp_path / "o", "--kept", tmp_path / "kept")

    code, _, err = told(capsys, *foi, *kept)

    assert code == 1
    assert "/payload/text_read_back of leaf 12" in err
    assert not (tmp_path / "o").exists()
    assert not (tmp_path / "kept").exists()
    assert told(capsys, *foi, *kept, "--may-stand")[0] == 0


def test_what_opens_a_pack_is_never_written_into_it_nor_over_another(capsys, foi, tmp_path):
    (tmp_path / "leaves").write_text("7\n")
    inside = ("--out", tmp_path / "o", "--kept", tmp_path / "o" / "kept")

    code, _, err = told(capsys, *foi, *inside)

    assert (code, "stays with the force" in err) == (2, True)
    assert give(capsys, foi, tmp_path, "a")[0] == 0
    again = ("--out", tmp_path / "z", "--kept", tmp_path / "a.kept")
    assert told(capsys, *foi, *again)[0] == 2


# ── verify, and the rest ─────────────────────────────────────────────────────


def test_verify_runs_the_program_that_stands_on_its_own(archive, keys):
    ran = run("verify", archive, "--key", keys)
    spoil(archive)
    spoilt = run("verify", archive, "--key", keys)

    assert (ran.returncode, spoilt.returncode) == (0, 1)
    assert "Everything holds, from 2026-09 to 2026-10" in ran.stdout
    assert "post/part-00000.jsonl.gz" in spoilt.stdout + spoilt.stderr


def test_whoever_stops_reading_is_not_shown_a_traceback(archive):
    command = [sys.executable, "-m", "local.cli", "audit", "show", made.WRONG, "--archive", archive]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        running.stdout.close()
        said = running.stderr.read().decode()

    assert "Traceback" not in said
    assert "Broken pipe" not in said


def run(*arguments):
    command = [sys.executable, "-m", "local.cli", "audit", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


class Terminal:
    def __init__(self, *, shows):
        self.said, self._shows = "", shows

    def isatty(self):
        return self._shows

    def write(self, text):
        self.said += text

    def flush(self):
        pass


def test_long_work_shows_how_far_it_is_on_a_terminal_and_nowhere_else():
    terminal, file = Terminal(shows=True), Terminal(shows=False)
    for stream in (terminal, file):
        with Progress(stream) as progress:
            progress.opened("month=2026-09/data/records/post/part-00000.jsonl.gz")

    assert "1: month=2026-09/data/records/post" in terminal.said
    assert terminal.said.endswith(" \r")
    assert file.said == ""


def test_this_system_says_its_commit_or_that_it_knows_none(tmp_path):
    here, nowhere = this_system(), this_system(tmp_path)

    assert here.version == nowhere.version
    assert len(here.lock_sha256) == 64
    assert (nowhere.commit, nowhere.lock_sha256) == (UNKNOWN, UNKNOWN)


def test_what_would_steer_a_terminal_is_spelled():
    assert plain("a\x1b[2J\u202eb\x9b\u200b\ud800é🚧") == (
        "a\\u{1b}[2J\\u{202e}b\\u{9b}\\u{200b}\\u{d800}é🚧"
    )
