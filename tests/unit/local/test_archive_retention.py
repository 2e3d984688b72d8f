"""`bluelamp archive retention`, as it is typed: which months may go, and why the others stay."""

import json

import pytest

from local.cli import main
from shared.months.holding import approved, hold_act
from shared.months.holding import asked as hold_asked
from shared.months.legal_hold import Cause, Scope, Word
from shared.posts.names import LegalHoldId, PersonId
from shared.recordlog.acts import Happened
from tests.unit.archive import lives_made as made
from tests.unit.archive.closing import OCTOBER, Archived, close, on


@pytest.fixture
def asked(tmp_path):
    key = tmp_path / "force.vkey"
    key.write_text(str(made.KEYS))
    return ("--archive", made.archive_in(tmp_path / "archive"), "--key", key)


def told(capsys, *arguments):
    """Exit code, standard output, standard error."""
    try:
        code = main(["archive", "retention", *map(str, arguments)])
    except SystemExit as stop:
        code = stop.code
    heard = capsys.readouterr()
    return code, heard.out, heard.err


def test_it_says_of_every_month_whether_it_may_go_and_why_not(capsys, asked):
    code, out, err = told(capsys, *asked, "--at", "2033-10-01T00:00Z")

    assert (code, err) == (0, "")
    assert "2026-09: past its time\n2026-10: stays\n  posts are kept until 2033-11-01\n" in out
    assert out.endswith("1 of 2 months are past their time. Locks were not looked at.\n")


def test_a_schedule_of_the_forces_own_is_used_instead_of_the_usual(capsys, asked):
    at = ("--at", "2033-09-30T00:00Z")

    shorter = told(capsys, *asked, *at, "--schedule", "posts=5, deletions=5,registry=5")[1]
    longer = told(capsys, *asked, *at, "--schedule", "posts=forever")[1]

    # In September a comment was taken down, and of those nothing else was said.
    assert "2026-09: stays\n  comments are kept until 2033-10-01\n2026-10: past" in shorter
    assert "  posts are kept for ever\n" in longer
    assert longer.endswith("0 of 2 months are past their time. Locks were not looked at.\n")


def test_a_schedule_that_is_shortened_later_frees_no_month_that_was_sealed_before(capsys, asked):
    later = ("--schedule", "2027-01-01T00:00Z posts=1,deletions=1")

    out = told(capsys, *asked, "--at", "2033-10-01T00:00Z", *later)[1]

    assert "Kept since 2027-01-01: posts=1, deletions=1, " in out
    assert "2026-10: stays\n  posts are kept until 2033-11-01\n" in out


def test_for_a_program_it_is_canonical_json(capsys, asked):
    out = told(capsys, *asked, "--json", "--at", "2033-10-01T01:00+01:00")[1]

    said = json.loads(out)
    assert said["at"] == "2033-10-01T00:00:00Z"
    assert [(each["month"], each["due"], each["by"], each["until"]) for each in said["months"]] == [
        ("2026-09", True, "posts", "2033-10-01"),
        ("2026-10", False, "posts", "2033-11-01"),
    ]
    assert (said["holds"], said["read"]["missing"]) == ([], [])
    assert said["schedules"][0]["years"]["consents"] == 3


@pytest.mark.parametrize(
    ("scope", "span"),
    [
        (Scope(OCTOBER), "from 2026-10 to its release"),
        (Scope(None, OCTOBER, "account:riverside"), "from the first month to 2026-10"),
    ],
    ids=str,
)
def test_a_month_that_is_held_stays_whatever_its_time(capsys, tmp_path, scope, span):
    at = on(OCTOBER, 3)
    wanted = hold_asked(LegalHoldId("01H"), Cause.COURT, "T1", scope, Word(PersonId("p-1"), at))
    held = approved(wanted, Word(PersonId("p-2"), at))
    world = Archived()
    made.tell(world, [hold_act(held, Happened.HOLD_APPROVED, at)])
    close(world, OCTOBER)
    archive = ("--archive", world.lay_out(tmp_path / "archive"))

    out = told(capsys, *archive, "--at", "2099-01-01T00:00Z")[1]
    said = json.loads(told(capsys, *archive, "--at", "2099-01-01T00:00Z", "--json")[1])

    assert "Kept from the first: posts=7, deletions=7, " in out
    assert f"Legal hold 01H: {span} (leaf 0)\n" in out
    assert "2026-10: stays\n  held by legal hold 01H\n0 of 1 months" in out
    assert said["holds"] == [{"hold_id": "01H", "leaf_index": 0, "months": span}]


WRONG = [
    (("--schedule", "posts"), "Write it as posts=7,consents=3."),
    (("--schedule", "noon posts=7"), "write a time as"),
    (("--schedule", "2027-01-01T00:00Z"), "Write it as posts=7,consents=3."),
    (("--at", "2033-10-01"), "does not say its time zone"),
    (("--from", "2031-01"), "No sealed month here from 2031-01"),
    (("--key", "no-such-file"), "no-such-file"),
]


@pytest.mark.parametrize(("arguments", "sentence"), WRONG, ids=[each[0][-1] for each in WRONG])
def test_wrong_use_is_a_sentence(capsys, asked, arguments, sentence):
    code, out, err = told(capsys, *asked, *arguments)

    assert (code, out) == (2, "")
    assert sentence in err
