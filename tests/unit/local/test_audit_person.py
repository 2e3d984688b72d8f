"""`bluelamp audit person`, as it is typed: what is handed out, what stays, and what is told."""

import json
import stat

import pytest

from local.cli import main
from tests.unit.archive import people_made as made
from tests.unit.archive.handed_over import files_in
from tests.unit.archive.lives_made import KEYS
from tests.unit.recordlog import logs

OCTOBER = ("--from", "2026-10", "--to", "2026-10")


@pytest.fixture
def archive(tmp_path):
    return made.world_made().lay_out(tmp_path / "archive")


@pytest.fixture
def asked(tmp_path, archive):
    key = tmp_path / "force.vkey"
    key.write_text(str(KEYS))
    return ("--archive", archive, "--key", key, "--out", tmp_path / "o")


def told(capsys, *arguments):
    """Exit code, standard output, standard error."""
    try:
        code = main(["audit", "person", *map(str, arguments)])
    except SystemExit as stop:
        code = stop.code
    heard = capsys.readouterr()
    return code, heard.out, heard.err


def test_everything_about_a_person_is_handed_out_and_says_what_was_asked_and_read(
    capsys, asked, tmp_path
):
    code, out, _ = told(capsys, *made.NAMES, *asked, *OCTOBER, "--reference", "SAR/9")

    about = json.loads(files_in(tmp_path / "o")["about.json"])
    assert code == 0
    assert out.startswith(f"{len(made.ABOUT) + 1} in {tmp_path / 'o'}: SHA-256 of about.json ")
    assert about["export"] == {"format": "person", "names": [*made.NAMES], "reference": "SAR/9"}
    assert [each["month"] for each in about["read"]["months"]] == ["2026-10"]
    assert (about["not_read"], about["unopened"]) == (["2026-09", "2026-11"], 2)


def test_nobody_who_is_known_from_any_month_is_named_in_it(capsys, asked, tmp_path):
    others = tmp_path / "others.txt"
    others.write_text("Dilys Hughes\nHughes\n", encoding="utf-8")

    told(capsys, *made.NAMES, *asked, *OCTOBER, "--others", others)

    whole = b"".join(files_in(tmp_path / "o").values()).decode("utf-8", "replace").lower()
    # d-price acted in September only, which is not among the months that were asked for.
    assert [each for each in ("hughes", "d-price", "winterbourne") if each in whole] == []


def test_what_somebody_has_to_decide_is_told_on_standard_error(capsys, asked, tmp_path):
    others = tmp_path / "others.txt"
    others.write_text("Hughes", encoding="utf-8")

    _, _, err = told(capsys, *made.NAMES, *asked, *OCTOBER, "--others", others)

    assert f"/payload/why of leaf {made.FIRST + 4}" in err
    assert f"/payload/answers/{made.OFFICER} of leaf {made.FIRST + 6}" in err
    assert "2 leaves hold text that cannot be read here, 1 of them speak of the person" in err
    assert "Not read: 2026-09, 2026-11." in err


def test_another_id_that_holds_the_name_is_asked_about_until_it_is_said_whose_it_is(
    capsys, asked, tmp_path
):
    others = tmp_path / "others.txt"
    others.write_text("pc-okafor\n", encoding="utf-8")
    asks = "pc-okafor is withheld, and may be the same person: give that id too if it is"

    _, some, err = told(capsys, "Okafor", *asked)
    assert asks in err
    again = (*asked[:-1], tmp_path / "again")
    _, fewer, err = told(capsys, "Okafor", *again, "--others", others)
    assert asks not in err
    assert int(some.split()[0]) > int(fewer.split()[0]) == 3


def test_what_was_kept_opens_what_was_withheld(capsys, asked, tmp_path):
    told(capsys, *made.NAMES, *asked)

    pack, kept = str(tmp_path / "o"), str(tmp_path / "o.kept")
    code = main(["audit", "reveal", pack, kept, *map(str, asked[:4])])

    assert (code, made.OTHER in capsys.readouterr().out) == (0, True)


def test_what_opens_it_lies_beside_it_for_its_owner_only(capsys, asked, tmp_path):
    told(capsys, *made.NAMES, *asked)

    for name in ("o.secret", "o.kept"):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    values = {json.loads(line)["value"] for line in opened(tmp_path) if "/envelope/actor" in line}
    assert values == {made.OTHER}


def test_the_same_question_with_the_same_secret_is_the_same_pack(capsys, asked, tmp_path):
    told(capsys, *made.NAMES, *asked)
    again = [*asked[:-1], tmp_path / "again", "--secret", tmp_path / "o.secret"]
    told(capsys, *made.NAMES, *again)

    assert files_in(tmp_path / "o") == files_in(tmp_path / "again")


def test_the_pack_can_be_made_again_with_what_a_person_decided(capsys, asked, tmp_path):
    told(capsys, *made.NAMES, *asked, *OCTOBER)
    pack, orders = tmp_path / "o", tmp_path / "orders.json"
    more = {"field": "/payload/text", "ground": "s.31 law enforcement", "leaf": made.FIRST}
    orders.write_text(json.dumps([*json.loads((pack / "redactions.json").read_text()), more]))

    which = ("--leaves", pack / "found.jsonl", "--redactions", orders, "--may-stand")
    stays = ("--secret", tmp_path / "o.secret", "--kept", tmp_path / "again.kept")
    typed = (*asked[:4], "--out", tmp_path / "again", *which, *stays)
    code = main(["audit", "export", "foi", *map(str, typed)])

    first, again = (
        (folder / "records.jsonl").read_bytes().splitlines()
        for folder in (pack, tmp_path / "again")
    )
    assert code == 0
    assert (first[0] != again[0], first[1:]) == (True, again[1:])


def test_months_that_were_touched_hand_out_nothing(capsys, asked, archive, tmp_path):
    file = archive / "month=2026-10/data/records/post/part-00000.jsonl.gz"
    file.write_bytes(logs.flip(file.read_bytes(), 400))

    code, out, err = told(capsys, *made.NAMES, *asked)

    assert (code, out) == (1, "")
    assert "2026-10, data/records/post/part-00000.jsonl.gz" in err
    assert not (tmp_path / "o").exists()


WRONG = [
    ((), "usage: bluelamp audit person"),
    (("ab",), "too short to look for"),
    (("nobody-at-all",), "speaks of 'nobody-at-all'. 2 of their leaves hold text"),
    (("pc-okafor", "--kept", "o/kept"), "stays with the force"),
    (("pc-okafor", "--others", "no-such-file"), "no-such-file"),
    (("pc-okafor", "--from", "2031-01"), "No sealed month here from 2031-01"),
]


@pytest.mark.parametrize(
    ("arguments", "sentence"), WRONG, ids=[" ".join(each[0]) for each in WRONG]
)
def test_wrong_use_is_a_sentence_and_nothing_is_made(
    capsys, asked, tmp_path, monkeypatch, arguments, sentence
):
    monkeypatch.chdir(tmp_path)

    code, out, err = told(capsys, *arguments, *asked)

    assert (code, out) == (2, "")
    assert sentence in err
    assert not (tmp_path / "o").exists()


def test_nothing_is_written_over(capsys, asked, tmp_path):
    (tmp_path / "o.kept").write_text("of another pack")

    code, _, err = told(capsys, "pc-okafor", *asked)

    assert (code, (tmp_path / "o.kept").read_text()) == (2, "of another pack")
    assert "o.kept is there already" in err


def opened(folder):
    return (folder / "o.kept").read_text(encoding="utf-8").splitlines()
