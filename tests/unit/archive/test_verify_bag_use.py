"""verify.py as it is used: alone, on any machine, by somebody who has nothing else of ours."""

import ast
import io
import json
import subprocess
import sys
from functools import cache

import bagit
import jsonschema
import pytest

from shared.months import bag, lines
from shared.months.lines import entity_of
from shared.months.logslice import tiles_of
from shared.recordlog.tree import prove_consistency, root
from tests.unit.archive import bags
from tests.unit.archive.verifier import VERIFY, ask, judge, verify
from tests.unit.recordlog import logs
from tests.unit.recordlog.nodes import Nodes

MONTH = "2026-09"


@cache
def whole():
    return bags.an_archive(7, 0, 5, erased=(4,))


@pytest.fixture
def folder(tmp_path):
    return whole().copy().write(tmp_path)


# ── alone ─────────────────────────────────────────────────────────────────────


def alone(*arguments):
    """In a Python that has nothing but its standard library."""
    command = [sys.executable, "-I", "-S", "-X", "dev", str(VERIFY), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)


@pytest.mark.thorough
def test_it_holds_seventy_thousand_leaves_in_two_parts_by_the_standard_library_alone(tmp_path):
    archive = bags.an_archive(66_000, 4_000, erased=(4, 66_004), attested=False)
    archive.write(tmp_path)
    assert "data/records/post/part-00001.jsonl.gz" in archive.bag(MONTH)

    found = alone(tmp_path, "--key", archive.keys[0], "--key", archive.keys[1])

    assert (found.returncode, found.stderr) == (0, "")
    assert "2026-09 holds: 66000 leaves, 0 to 65999;" in found.stdout
    assert "2026-10 holds: 4000 leaves, 66000 to 69999;" in found.stdout
    assert "  1 of them have no salt any more" in found.stdout


def test_alone_it_names_what_is_wrong_and_says_nothing_else(folder):
    path = folder / f"month={MONTH}" / "data/records/post/part-00000.jsonl.gz"
    path.write_bytes(bags.pack(bags.unpack(path.read_bytes())[1:]))

    found = alone(folder)

    assert (found.returncode, found.stderr) == (1, "")
    assert found.stdout.splitlines()[0] == (
        f"WRONG: month={MONTH}/data/records/post/part-00000.jsonl.gz, line 1, leaf 0: "
        "leaf 2 stands here, where this leaf should."
    )


def test_it_is_written_for_python_3_9_and_its_standard_library():
    tree = ast.parse(VERIFY.read_text(encoding="utf-8"), feature_version=(3, 9))
    imported = {
        name.split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
        )
    }

    assert imported <= sys.stdlib_module_names
    assert not imported & {
        "socket",
        "urllib",
        "http",
        "subprocess",
        "ctypes",
        "importlib",
        "pickle",
    }


# ── the same format ───────────────────────────────────────────────────────────


def test_it_means_the_same_as_the_product_by_every_name():
    names = ("DECLARATION", "MANIFEST", "TAG_MANIFEST", "BAG_INFO", "BAGIT", "START", "END", "KEYS")
    more = (
        "CONSISTENCY",
        "COUNTS",
        "RECONCILIATION",
        "TIMESTAMP",
        "RECORDS",
        "COSIGNATURES",
        "PART",
    )

    assert [getattr(verify, each) for each in (*names, *more)] == [
        getattr(bag, each) for each in (*names, *more)
    ]
    assert (verify.REGISTRY, verify.FOLLOWERS) == (lines.REGISTRY, lines.FOLLOWERS)


@pytest.mark.parametrize(
    "noun", ["post", "account", "person", "review", "follower", "month", "log"]
)
def test_it_expects_a_line_in_the_folder_it_is_written_to(noun):
    envelope = b'{"subject":"x","type":"%b.happened","v":1}' % noun.encode()
    records = verify.Records(None)

    tally = records._tally(envelope[envelope.rfind(b',"type"') :], 0)

    assert (tally.type, tally.entity) == (f"{noun}.happened", entity_of(envelope))


SIZES = (0, 1, 2, 255, 256, 257, 300, 65_535, 65_536, 65_537, 70_000, 16_777_216)


@pytest.mark.parametrize("end", SIZES)
def test_it_expects_the_tiles_that_a_slice_has(end):
    for start in (each for each in SIZES if end - 70_000 <= each <= end):
        mine = [tile.path.removeprefix(bag.LOG) for tile in verify.tiles_of(start, end)]

        assert mine == [tile.path for tile in tiles_of(start, end)]


@pytest.mark.parametrize("new", range(20))
def test_it_reads_proofs_of_growth_as_we_write_them(new):
    node = Nodes(logs.some_entries(20))
    cuts = [verify.Cut(size, root(size, node)) for size in range(new + 1)]

    for old in range(new + 1):
        proof = list(prove_consistency(old, new, node))
        assert verify.is_grown(cuts[old], cuts[new], proof)
        assert not verify.is_grown(cuts[old], cuts[new], [*proof, bytes(32)])
        if proof:
            assert not verify.is_grown(cuts[old], cuts[new], proof[:-1])
            assert not verify.is_grown(cuts[old], cuts[new], [bytes(32), *proof[1:]])


@pytest.mark.parametrize("month", whole().months)
def test_the_library_of_congress_opens_the_bag_and_finds_it_valid(month, folder):
    opened = bagit.Bag(str(folder / f"month={month}"))

    assert opened.validate()
    assert opened.info["External-Identifier"] == f"{bags.ORIGIN}/{month}"


def test_every_line_is_as_the_schema_in_the_bag_says(folder):
    files = whole().bag(MONTH)
    schema = json.loads(files["data/schema/line.schema.json"])
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)

    for path in (each for each in files if each.startswith(bag.RECORDS)):
        for line in bags.unpack(files[path]):
            validator.validate(json.loads(line))
            assert not validator.is_valid(json.loads(line) | {"more": 1})


# ── asked ─────────────────────────────────────────────────────────────────────


def test_one_bag_alone_holds(folder):
    found = judge(folder / "month=2026-10", keys=whole().keys)

    assert (found.code, [each["month"] for each in found.said["months"]]) == (0, ["2026-10"])


def test_a_month_that_was_not_asked_for_is_not_held_against_the_others(folder):
    code, out, _ = ask(folder / "month=2026-10", folder / "month=2026-11")

    assert code == 0
    assert "There are months before 2026-10; they were not looked at." in out


def test_bags_may_be_named_in_any_order_and_twice(folder):
    named = [folder / f"month={each}" for each in ("2026-11", "2026-09", "2026-10", "2026-09")]

    assert [each["month"] for each in judge(*named).said["months"]] == whole().months


def test_a_month_missing_between_two_that_were_named_is_missing(folder):
    found = judge(folder / "month=2026-11", folder / "month=2026-09")

    assert found.sentence == "month=2026-10: it is missing, between 2026-09 and 2026-11."


def test_two_bags_of_one_month_cannot_both_be_it(folder, tmp_path_factory):
    other = whole().copy().write(tmp_path_factory.mktemp("other"))

    assert "is here twice" in judge(folder, other / "month=2026-10").sentence


def test_the_notes_may_lie_elsewhere(folder, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("notes")
    (folder / "commit").rename(elsewhere / "sealed")

    assert judge(folder, "--commit", elsewhere / "sealed").code == 0
    assert judge(folder).sentence == (
        "commit/2026-09.note: it is missing, and without it the month is not sealed."
    )


def test_a_bag_may_lie_in_a_folder_of_any_name(folder, monkeypatch):
    (folder / "month=2026-10").rename(folder / "october")
    monkeypatch.chdir(folder / "october")

    assert judge(".").code == 0
    assert judge(folder / "october", keys=whole().keys).code == 0


def test_a_note_without_its_bag_is_a_missing_month(folder):
    (folder / "month=2026-11").rename(folder.parent / f"{folder.name}-gone")

    assert judge(folder).sentence == (
        "month=2026-11: it is missing, and commit/2026-11.note says that it was sealed."
    )


def test_keys_come_from_files_too(folder):
    (folder / "keys").write_text("# of the force\n\n" + "\n".join(whole().keys), encoding="utf-8")

    assert judge(folder, keys=[folder / "keys"]).said["keys"] == list(whole().keys)


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["nowhere"], "There is no folder"),
        (["empty"], "is no bag, and no month=… lies in it"),
        (["commit/2026-09.note"], "There is no folder"),
        ([".", "--key", "nonsense"], "is no key and no file of keys"),
        ([".", "--key", "a+b+c"], "is no key and no file of keys"),
        ([".", "--key", "x+" * 5000], "is no key and no file of keys"),
        ([".", "--key", "empty"], "is no key and no file of keys"),
        ([".", "--key", "commit/2026-09.note"], "is no key and no file of keys"),
        ([".", "--commit", "nowhere"], "There is no folder"),
        ([".", "--seen", "nowhere"], "is no checkpoint"),
    ],
)
def test_what_it_does_not_understand_it_says_and_decides_nothing(
    arguments, why, folder, monkeypatch
):
    (folder / "empty").mkdir()
    monkeypatch.chdir(folder)

    code, out, err = ask(*arguments)

    assert (code, out) == (2, "")
    assert why in err


@pytest.mark.parametrize("arguments", [[], ["--nonsense"], ["--key"]])
def test_without_anything_to_check_it_says_how_it_is_used(arguments, capsys):
    with pytest.raises(SystemExit) as left:
        verify.main(arguments)

    assert left.value.code == 2
    assert "usage:" in capsys.readouterr().err


def test_what_may_not_be_read_is_wrong_and_no_crash(folder, monkeypatch):
    def refused(*_, **__):
        raise PermissionError(13, "Permission denied", "counts.json")

    monkeypatch.setattr(verify.Bag, "digest", refused)

    assert judge(folder).sentence == "counts.json: it cannot be read (Permission denied)."


def test_stopped_half_way_it_has_decided_nothing(folder, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(verify, "check_counts", stopped)

    assert ask(folder) == (2, "", "It was stopped, and has decided nothing.\n")


# ── said ──────────────────────────────────────────────────────────────────────


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_on_a_terminal_it_says_how_far_it_is(folder, monkeypatch, capsys):
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)

    assert verify.main([str(folder)]) == 0

    assert terminal.getvalue().startswith("\r2026-09: leaf 0 of 7 ")
    assert terminal.getvalue().endswith("\r")
    assert "leaf 0 of" not in capsys.readouterr().out


def test_the_months_before_the_one_that_is_wrong_are_said_to_hold(folder):
    (folder / "month=2026-11" / "data" / "README.txt").write_text("Nothing to see here.\n")

    code, out, _ = ask(folder)

    assert code == 1
    assert out.startswith(
        "2026-09 holds.\n2026-10 holds.\nWRONG: month=2026-11/data/README.txt: it is not the file "
        "that manifest-sha256.txt names: its SHA-256 is "
    )


def test_what_else_is_wrong_goes_along(folder):
    month = folder / f"month={MONTH}"
    post = "data/records/post/part-00000.jsonl.gz"
    (month / post).write_bytes(bags.pack(bags.unpack((month / post).read_bytes())[1:]))
    (folder / "commit" / f"{MONTH}.note").write_bytes(b"")

    code, out, _ = ask(folder)

    first, *also = out.splitlines()
    assert code == 1
    assert first.startswith(f"WRONG: month={MONTH}/{post}, line 1, leaf 0: ")
    assert [each.split(": ")[1] for each in also] == [
        f"commit/{MONTH}.note",
        f"month={MONTH}/{post}",
    ]


def test_in_json_it_says_everything_that_another_program_asks(folder):
    (folder / f"month={MONTH}" / "data" / "counts.json").write_bytes(b"{}")

    said = judge(folder, keys=whole().keys).said

    assert said["held"] is False
    assert said["keys_from"] == "given"
    assert said["months"] == []
    assert said["verifier"] == bag.digest(VERIFY.read_bytes())
    assert said["wrong"]["file"] == f"month={MONTH}/data/counts.json"
    assert (said["wrong"]["line"], said["wrong"]["leaf"]) == (None, None)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"leaves": 8}, "leaves is 8 by what it says, and 7 by what was counted"),
        ({"leaves": True}, "leaves is true by what it says, and 7 by what was counted"),
        ({"entities": {}}, "entities, approval, is null by what it says, and"),
        ({"types": None}, "types is null by what it says, and"),
        ({"month": "2026-10"}, 'month is "2026-10" by what it says, and "2026-09" by'),
        ({"more": [1]}, "more is [1] by what it says, and null by what was counted"),
        ({"erased": 0}, "erased is 0 by what it says, and 1 by what was counted"),
    ],
)
def test_counts_are_counted_again(said, expected, tmp_path):
    archive = whole().copy()
    path = f"month={MONTH}/data/counts.json"
    counts = json.loads(archive.objects[path]) | said
    archive.objects[path] = bags.canonical_json(counts)
    bags.reseal(archive, MONTH, [bags.ARCHIVE])
    archive.write(tmp_path)

    assert expected in judge(tmp_path).sentence


EXPORTED = {
    "exported_at": "2026-10-01T02:00:00Z",
    "leaves": 7,
    "month": MONTH,
    "only_in_log": [],
    "only_in_table": [],
    "only_in_table_count": 0,
    "rows": 7,
    "source": "export",
}


@pytest.mark.parametrize(
    ("change", "code", "why"),
    [
        ({}, 0, "The tables held the same acts as the log on 2026-10-01T02:00:00Z."),
        ({"only_in_log": ["01X"], "rows": 6}, 0, "1 leaves had no row, and 0 rows no leaf"),
        ({"leaves": 8}, 1, "not about the 7 leaves"),
        ({"leaves": True}, 1, "not about the 7 leaves"),
        ({"month": "2026-10"}, 1, "not about 2026-09"),
        ({"only_in_log": {}}, 1, "does not tell what the comparison found"),
        ({"rows": "seven"}, 1, "does not tell what the comparison found"),
        ({"source": "hearsay"}, 1, "does not say how it was made"),
        ({"source": "none"}, 1, "does not say why nothing was compared"),
    ],
)
def test_what_the_comparison_with_the_tables_found_is_passed_on(change, code, why, tmp_path):
    archive = whole().copy()
    path = f"month={MONTH}/data/reconciliation.json"
    archive.objects[path] = bags.canonical_json(EXPORTED | change)
    bags.reseal(archive, MONTH, [bags.ARCHIVE])
    archive.write(tmp_path)

    found = judge(tmp_path / f"month={MONTH}")

    assert found.code == code
    told = found.sentence if code else " ".join(found.said["months"][0]["remarks"])
    assert why in told
