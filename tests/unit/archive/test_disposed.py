"""A month without its bag: disposed of by a leaf that a later month has, or missing."""

import json

import pytest

from archive.reading.as_sealed import BagError, DisposedError, UntrueBagError
from archive.reading.disposed import Told
from local.cli import main
from shared.recordlog.acts import Happened
from shared.recordlog.checkpoint import Checkpoint, sign_checkpoint
from tests.unit.archive import disposals_made as made
from tests.unit.archive.closing import LOG_SIGNER, NOVEMBER, OCTOBER, ORIGIN, SEPTEMBER
from tests.unit.archive.lives_made import KEYS, bags_of
from tests.unit.archive.verifier import ask, judge

LEAF = 120
"""Behind forty leaves of each month."""

TRUSTED = tuple(str(KEYS).split())


@pytest.fixture(scope="module")
def world():
    return made.three_months(tell=made.approval)


@pytest.fixture(scope="module")
def midst():
    return made.three_months(OCTOBER, tell=made.approval)


def laid(tmp_path, objects):
    for path, data in objects.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    return tmp_path


@pytest.mark.parametrize("keys", [KEYS, None], ids=["given", "brought"])
def test_a_month_that_was_let_go_is_told_by_its_leaf_and_the_others_are_read(world, keys):
    bags = bags_of(keys, made.without(world, SEPTEMBER))

    assert bags.months == (OCTOBER, NOVEMBER)
    bag = made.bag_of(world, SEPTEMBER)
    assert bags.disposed == {SEPTEMBER: Told("01DISPOSAL", SEPTEMBER, bag, LEAF)}
    with pytest.raises(DisposedError, match="leaf 120 says who let it go"):
        bags.bag(SEPTEMBER)
    with pytest.raises(DisposedError):
        bags.between(SEPTEMBER, SEPTEMBER)
    said = bags.between().as_json()
    assert said["disposed"] == [{"bag": bag, "leaf_index": LEAF, "month": "2026-09"}]
    assert said["missing"] == []


def test_in_the_midst_of_others_it_is_disposed_of_and_not_missing(midst):
    reading = bags_of(objects=made.without(midst, OCTOBER)).between()

    assert [bag.month for bag in reading.bags] == [SEPTEMBER, NOVEMBER]
    assert ([each.month for each in reading.disposed], reading.missing) == ([OCTOBER], ())


@pytest.mark.parametrize(
    "tell",
    [
        made.nothing,
        made.taken_back,
        lambda disposal: [made.told(disposal, Happened.DISPOSAL_ASKED, NOVEMBER)],
        lambda _: made.approval(made.agreed(SEPTEMBER, "f" * 64)),
        lambda disposal: made.approval(made.agreed(OCTOBER, disposal.bag)),
    ],
    ids=["nobody", "taken back", "only asked", "another bag", "another month"],
)
def test_a_month_of_which_no_leaf_says_so_is_missing(tmp_path, tell):
    objects = made.without(made.three_months(tell=tell), SEPTEMBER)

    bags = bags_of(objects=objects)
    assert (bags.disposed, bags.months) == ({}, (SEPTEMBER, OCTOBER, NOVEMBER))
    with pytest.raises(UntrueBagError):
        bags.between()
    found = judge(laid(tmp_path, objects))
    assert found.sentence == (
        "month=2026-09: it is missing, and commit/2026-09.note says that it was sealed."
    )


@pytest.mark.parametrize("month", [SEPTEMBER, OCTOBER], ids=str)
@pytest.mark.parametrize("keys", [TRUSTED, ()], ids=["given", "brought"])
def test_the_verifier_holds_what_is_left_and_names_the_leaf(tmp_path, world, midst, month, keys):
    whole = world if month == SEPTEMBER else midst

    found = judge(laid(tmp_path, made.without(whole, month)), keys=keys)

    assert (found.code, found.sentence) == (0, "Everything holds.")
    by_leaf = {each["month"]: each["disposed_by_leaf"] for each in found.said["months"]}
    assert by_leaf == {**dict.fromkeys(map(str, made.THREE)), str(month): LEAF}


def test_the_verifier_says_it_in_a_line(tmp_path, world):
    code, out, _ = ask(laid(tmp_path, made.without(world, SEPTEMBER)))

    assert code == 0
    bag = made.bag_of(world, SEPTEMBER)
    assert f"2026-09 was disposed of, by leaf {LEAF}; bag {bag}\n" in out
    assert "Everything holds, from 2026-09 to 2026-11" in out


def test_named_one_by_one_a_month_between_is_told_by_the_note_beside_the_later_one(tmp_path, midst):
    folder = laid(tmp_path, made.without(midst, OCTOBER))

    assert judge(folder / "month=2026-09", folder / "month=2026-11").code == 0


def test_where_the_approval_is_gone_itself_the_leaf_that_it_began_tells(tmp_path):
    objects = made.without(made.three_months(tell=made.going), SEPTEMBER)

    assert list(bags_of(objects=objects).disposed) == [SEPTEMBER]
    assert judge(laid(tmp_path, objects)).code == 0


def test_a_later_approval_names_the_months_that_went_before(tmp_path):
    def tell(disposal):
        before = [(SEPTEMBER, september)]
        return [made.told(disposal, Happened.DISPOSAL_APPROVED, NOVEMBER, before=before)]

    september = made.bag_of(made.three_months(), SEPTEMBER)
    objects = made.without(made.three_months(OCTOBER, tell=tell), SEPTEMBER, OCTOBER)

    assert list(bags_of(objects=objects).disposed) == [SEPTEMBER, OCTOBER]
    found = judge(laid(tmp_path, objects))
    assert (found.code, found.sentence) == (0, "Everything holds.")


def test_a_note_that_was_forged_for_a_month_that_is_gone_is_found(tmp_path, world):
    objects = made.without(world, SEPTEMBER)
    note = objects["commit/2026-09.note"]
    objects["commit/2026-09.note"] = note.replace(b"end 40 ", b"end 39 ")

    assert "commit/2026-09.note" in judge(laid(tmp_path, objects)).sentence
    with pytest.raises(BagError):
        bags_of(objects=objects).between()


def test_a_checkpoint_of_its_midst_cannot_be_compared_any_more(tmp_path, world):
    folder = laid(tmp_path, made.without(world, SEPTEMBER))
    seen = tmp_path / "kept"
    seen.write_bytes(sign_checkpoint(Checkpoint(ORIGIN, 20, b"r" * 32), [LOG_SIGNER]))

    code, out, _ = ask(folder, "--seen", seen)

    assert code == 1
    assert "it is of 2026-09, which was disposed of" in out


def test_the_command_line_tells_it_from_missing(tmp_path, world, capsys):
    folder = laid(tmp_path, made.without(world, SEPTEMBER))
    key = tmp_path / "force.vkey"
    key.write_text(str(KEYS))

    code = main(["archive", "retention", "--archive", str(folder), "--key", str(key), "--json"])

    said = json.loads(capsys.readouterr().out)
    assert code == 0
    assert [each["month"] for each in said["months"]] == ["2026-10", "2026-11"]
    assert [each["month"] for each in said["read"]["disposed"]] == ["2026-09"]
