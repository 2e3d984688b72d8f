"""Ten thousand accounts from a file: every bad line told, nothing half-written, in a minute."""

import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from local.cli import main
from local.force import DOMAIN, PEOPLE
from local.seed import seed
from local.stack import Stack, variables
from local.tools import ROOT
from shared.posts.names import AccountId
from shared.records.accounts import Accounts
from shared.records.errors import NotFoundError
from shared.records.outbox import Outbox
from tests.builders import a_pen

MANY, BAD = 10_000, 500
SECONDS, MEGABYTES = 60, 300
COLUMNS = (
    *("account_id", "title", "level", "area", "purpose", "audience", "email"),
    *("handles", "owner", "members", "parent", "status"),
)


@pytest.fixture(scope="module")
def stack():
    with Stack.start() as running:
        seed(running)
        yield running


def line(kind: str, number: int) -> dict[str, str]:
    """One neighbourhood team among ten thousand."""
    return {
        "account_id": f"{kind}-{number:05d}",
        "title": f"Neighbourhood Team {number}",
        "level": "neighbourhood",
        "area": f"Ward {number}",
        "purpose": "Tells people what their neighbourhood team does.",
        "audience": f"People who live in Ward {number}",
        "email": f"{kind}{number:05d}.npt@{DOMAIN}",
        "handles": f"sandbox @{kind}{number:05d} https://sandbox.example; "
        f"bluesky {kind}{number:05d}.{DOMAIN} https://pds.example",
        "owner": "p-officer",
        "members": "p-pcso",
        "parent": "moorlands-cmdr",
        "status": "requested",
    }


SPOILING = (
    # column, what is written there (line's number, force's domain), the field of the fault
    ("email", "team{n}@gmail.com", "email"),
    ("email", "team{n}@m\u043e\u043ershire.police.example", "email"),
    ("email", "team{n}@xn--mrshire-90fa.police.example", "email"),
    ("email", "team{n}@mail.{at}", "email"),
    ("email", "team{n}+x@{at}", "email"),
    ("email", "team {n}@{at}", "email"),
    ("email", "asha.rowley@{at}", "email"),
    ("email", "TEAM00001.npt@{at}", "email"),
    ("handles", "sandbox @TEAM00001 https://sandbox.example", "handles"),
    ("handles", "sandbox @t\u0435am00001 https://sandbox.example", "handles"),
    ("handles", "sandbox @team\u200b00001 https://sandbox.example", "handles"),
    ("handles", "sandbox @leek-npt https://sandbox.example", "handles"),
    ("owner", "p-nobody", "owner"),
    ("owner", "", "owner"),
    ("level", "county", "level"),
    ("parent", "force", "parent"),
    ("parent", "", "parent"),
    ("account_id", "team-00001", "account_id"),
    ("title", "", "title"),
    ("status", "active", "checklist"),
)
EVERY = MANY // BAD


def table(*, spoilt: bool, kind: str = "team", many: int = MANY) -> tuple[bytes, dict[int, str]]:
    """The file, and the field that is wrong by line."""
    text, expected = io.StringIO(), {}
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for number in range(1, many + 1):
        cells = line(kind, number)
        if number % EVERY == 0:
            if not spoilt:
                continue
            column, wrong, field = SPOILING[number // EVERY % len(SPOILING)]
            cells[column] = wrong.format(n=number, at=DOMAIN)
            expected[number + 1] = field
        writer.writerow(cells)
    return text.getvalue().encode(), expected


@dataclass(frozen=True)
class Ran:
    code: int
    told: dict
    seconds: float
    megabytes: float


def started(stack, path, *more) -> subprocess.Popen:
    """The command as a process of its own."""
    words = [sys.executable, "-m", "local.cli", "accounts", "import", str(path), "--json", *more]
    environment = {**os.environ, **variables(stack.aws), "PYTHONPATH": "functions:."}
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=subprocess.PIPE)


def run(stack, path, *more) -> Ran:
    """The command run to its end, with what it took."""
    began, megabytes = time.monotonic(), 0.0
    with started(stack, path, *more) as process, ThreadPoolExecutor(1) as listener:
        heard = listener.submit(process.stdout.read)
        while process.poll() is None:
            megabytes = peak(process.pid) or megabytes
            time.sleep(0.05)
        took = time.monotonic() - began
        return Ran(process.returncode, json.loads(heard.result()), took, megabytes)


def peak(pid: int) -> float:
    """The most memory a process ever had, in megabytes, as Linux counts it; 0 elsewhere."""
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"^VmHWM:\s+(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


@pytest.mark.timeout(300)
def test_ten_thousand_accounts_are_all_opened_or_none(stack, tmp_path):
    spoilt, clean = tmp_path / "spoilt.csv", tmp_path / "clean.csv"
    content, expected = table(spoilt=True)
    spoilt.write_bytes(content)
    clean.write_bytes(table(spoilt=False)[0])
    accounts, leaves = Accounts(stack.tables, a_pen()), len(Outbox(stack.tables).pending(1000))
    before = accounts.all()

    refused = run(stack, spoilt)

    found = {(fault["line"], fault["field"]) for fault in refused.told["faults"]}
    assert refused.code == 1
    assert {line for line, _ in found} == set(expected)
    assert set(expected.items()) <= found
    assert len(expected) == BAD
    assert accounts.all() == before
    assert len(Outbox(stack.tables).pending(1000)) <= leaves

    done = run(stack, clean)

    print(f"refused {refused.seconds:.1f} s, {refused.megabytes:.0f} MB")
    print(f"imported {done.seconds:.1f} s, {done.megabytes:.0f} MB")
    assert (done.code, done.told["faults"]) == (0, [])
    assert done.told["written"] == MANY - BAD
    assert len(accounts.all()) == len(before) + MANY - BAD
    assert done.seconds <= SECONDS
    assert max(done.megabytes, refused.megabytes) <= MEGABYTES

    again = run(stack, clean)

    assert (again.code, again.told["written"]) == (0, 0)


@pytest.mark.timeout(120)
def test_an_import_that_is_killed_shows_nothing_and_is_finished_by_running_it_again(
    stack, tmp_path
):
    file, accounts = tmp_path / "late.csv", Accounts(stack.tables, a_pen())
    file.write_bytes(table(spoilt=False, kind="late", many=2_000)[0])
    before = accounts.all()

    with started(stack, file) as process:
        while stack.tables.handles.count("mailbox#late00401.npt@" + DOMAIN) == 0:
            assert process.poll() is None
            time.sleep(0.05)
        process.kill()

    assert process.returncode == -signal.SIGKILL
    assert accounts.all() == before
    with pytest.raises(NotFoundError):
        accounts.get(AccountId("late-00001"))

    again = run(stack, file)

    assert again.code == 0
    assert 0 < again.told["written"] < 2_000 - 2_000 // EVERY
    assert len(accounts.all()) == len(before) + 2_000 - 2_000 // EVERY


def test_what_is_exported_is_what_is_there_and_says_nothing_that_is_not_for_everybody(
    stack, tmp_path, capsys
):
    file = tmp_path / "all.csv"

    assert main(["accounts", "export", str(file)]) == 0
    assert main(["accounts", "import", str(file), "--json"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["written"] == 0
    assert told["accounts"] == len(Accounts(stack.tables, a_pen()).all())
    exported = file.read_text(encoding="utf-8")
    for person in PEOPLE:
        assert person.mobile not in exported
        assert person.name not in exported


WRONG = [
    (["import", "FILE", "--as", "p-officer"], "no active registrar"),
    (["import", "FILE", "--as", "nobody"], "no person nobody"),
    (["import", "missing.csv"], "missing.csv"),
    (["export", "--stack", "elsewhere"], "--domain"),
]


@pytest.mark.parametrize(("words", "sentence"), WRONG)
def test_wrong_use_is_told_in_a_sentence(stack, tmp_path, capsys, words, sentence):
    file = tmp_path / "small.csv"
    file.write_bytes(table(spoilt=False, many=2)[0])

    code = main(["accounts", *(str(file) if word == "FILE" else word for word in words)])

    heard = capsys.readouterr()
    assert (code, heard.out) == (2, "")
    assert sentence in heard.err


def test_a_dry_run_writes_nothing_and_says_so(stack, tmp_path, capsys):
    file, accounts = tmp_path / "small.csv", Accounts(stack.tables, a_pen())
    file.write_bytes(table(spoilt=False, kind="dry", many=3)[0])
    before = accounts.all()

    code = main(["accounts", "import", str(file), "--dry-run"])

    assert code == 0
    assert capsys.readouterr().out == "3 accounts, no fault; nothing was written, as asked.\n"
    assert accounts.all() == before
