"""What a force's own month says about one officer, handed out: all of it, and nobody else in it."""

import gzip
import json
import re
from datetime import time

import pytest

from local.cli import main
from local.force import OFFICER, PEOPLE
from shared.months.lines import read_line, type_of
from tests.workflows.archiving import Archive
from tests.workflows.deleting import a_published, asked, carried_out, decided
from tests.workflows.force import WATCHED, a_force, clock_at

pytestmark = pytest.mark.timeout(400)  # a whole life and a sealed month come before the first test

HOW_THEY_STAND = {"actor", "subject", "named"}


def live(force):
    """They post: one is returned to them, another published, and deleted at their wish."""
    returned = force.submit("We would like to say this.", account=WATCHED)
    force.decide(returned, "return", reason="Say where.")
    force.until(returned)
    deletion = asked(force, a_published(force, "The witness lives in Mill Street."))
    decided(force, deletion)
    carried_out(force, deletion)


@pytest.fixture(scope="module")
def months(tmp_path_factory):
    """The month of that force, sealed, in a folder."""
    folder = tmp_path_factory.mktemp("archive")
    with a_force(clock=clock_at(time(10))) as force:
        live(force)
        archive = Archive(force.stack)
        archive.sequence()
        archive.pass_month()
        archive.night()
        for path in archive.paths():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(archive.read(path))
    return folder


@pytest.fixture(scope="module")
def pack(months, tmp_path_factory):
    out = tmp_path_factory.mktemp("pack") / "o"
    where = ("--archive", str(months), "--out", str(out))
    assert main(["audit", "person", OFFICER.person_id, *where]) == 0
    return out


def lines_of(months):
    """Every line of the month, as whoever looks for an id by hand would read it."""
    for file in sorted(months.glob("month=*/data/records/*/*.jsonl.gz")):
        for raw in gzip.decompress(file.read_bytes()).splitlines(keepends=True):
            yield read_line(raw)


def test_every_leaf_that_has_the_officers_id_is_handed_out_and_no_other(months, pack):
    whole = re.compile(rf"(?<![\w-]){re.escape(OFFICER.person_id)}(?![\w-])")

    by_hand = {
        line.leaf_index: type_of(line.envelope)
        for line in lines_of(months)
        if whole.search((line.envelope + line.payload).decode())
    }
    given = [json.loads(each) for each in (pack / "records.jsonl").read_bytes().splitlines()]
    told = [json.loads(each) for each in (pack / "found.jsonl").read_bytes().splitlines()]

    assert {"deletion.asked", "person.entered", "post.submitted"} <= {*by_hand.values()}
    assert {each["leaf_index"] for each in given} == {*by_hand}
    assert {role for each in told for role in each["as"]} >= HOW_THEY_STAND


def test_nobody_else_of_the_force_is_in_it(pack):
    words = b"".join(file.read_bytes() for file in pack.rglob("*") if file.is_file())
    others = [each for each in PEOPLE if each.person_id != OFFICER.person_id]

    found = [
        each.person_id
        for each in others
        if each.person_id.encode() in words or each.email.encode() in words
    ]
    assert found == []


def test_the_month_of_a_force_has_nothing_that_nobody_classed(months, capsys):
    assert main(["archive", "retention", "--archive", str(months), "--json"]) == 0

    [month] = json.loads(capsys.readouterr().out)["months"]
    assert (month["due"], month["by"]) == (False, "posts")
    assert [each.split(" until ")[0] for each in month["stays"]] == ["posts are kept"]
