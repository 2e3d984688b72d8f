"""A leaver file takes access from exactly those whose last day has come, or tells what is wrong."""

from datetime import timedelta

import pytest

from register.leavers import Desk, LeaverFileError, leave, leavers_in
from shared.accounts.registry import PersonStatus, Role
from shared.posts.names import PersonId
from tests.builders import NOW, a_person, an_account
from tests.unit.fakes import Ledger

REGISTRAR = a_person("reg", role=Role.REGISTRAR)
OKAFOR, LIND = a_person("pc-okafor"), a_person("sgt-lind")
TODAY = "2026-11-20"
HEAD = "email,last_day\n"


def a_desk(*entries):
    ledger = Ledger().keep(REGISTRAR, OKAFOR, LIND, an_account(), *entries)
    return ledger, Desk(ledger.people, ledger.accounts)


def read(ledger_and_desk, text, *, dry_run=False, now=NOW):
    return leave(text, REGISTRAR, ledger_and_desk[1], now, dry_run=dry_run)


def faults(text, *entries):
    desk = a_desk(*entries)
    with pytest.raises(LeaverFileError) as refused:
        read(desk, text)
    assert desk[0].acts == []
    return [(fault.line, fault.sentence) for fault in refused.value.faults]


def test_whose_last_day_has_come_is_out_and_it_is_on_record_without_their_name():
    ledger, desk = a_desk()

    outcome = read((ledger, desk), f"{HEAD}PC-Okafor@FORCE.example,{TODAY}\n")

    assert [(who.line, who.person_id) for who in outcome.left] == [(2, "pc-okafor")]
    gone = ledger.people.get(PersonId("pc-okafor"))
    assert gone.status is PersonStatus.LEFT
    assert gone.history[-1].by == "reg"
    assert ledger.happened == ["person.left"]
    assert ledger.acts[0].payload["last_day"] == TODAY
    assert OKAFOR.name not in str(ledger.acts)
    assert OKAFOR.email not in str(ledger.acts)


def test_a_dry_run_tells_the_same_and_does_nothing():
    text = f"{HEAD}{OKAFOR.email},{TODAY}\n{LIND.email},2026-12-24\nx@elsewhere.example,{TODAY}\n"
    ledger, desk = a_desk()

    told = read((ledger, desk), text, dry_run=True)

    assert ledger.acts == []
    assert told == read((ledger, desk), text)
    assert [who.person_id for who in told.not_yet] == ["sgt-lind"]
    assert told.not_ours == 1


def test_sending_it_again_changes_nothing_and_finishes_what_was_cut_short():
    ledger, desk = a_desk()
    text = f"{HEAD}{OKAFOR.email},{TODAY}\n{LIND.email},{TODAY}\n"
    read((ledger, desk), f"{HEAD}{OKAFOR.email},{TODAY}\n")

    again = read((ledger, desk), text)

    assert [who.person_id for who in again.left_before] == ["pc-okafor"]
    assert [who.person_id for who in again.left] == ["sgt-lind"]
    assert ledger.happened == ["person.left"] * 2


@pytest.mark.parametrize("status", PersonStatus)
def test_whatever_somebodys_standing_they_leave(status):
    ledger, desk = a_desk(a_person("pc-okafor", status=status))

    read((ledger, desk), f"{HEAD}{OKAFOR.email},{TODAY}\n")

    assert ledger.people.get(PersonId("pc-okafor")).status is PersonStatus.LEFT


def test_accounts_that_are_left_with_nobody_are_told():
    assert read(a_desk(), f"{HEAD}{OKAFOR.email},{TODAY}\n").without_cover == ()
    both = f"{HEAD}{OKAFOR.email},{TODAY}\n{LIND.email},{TODAY}\n"
    assert read(a_desk(), both, dry_run=True).without_cover == ("riverside",)


def test_a_day_begins_when_it_begins_in_london():
    summer = NOW.replace(month=7, day=1, hour=23, minute=30)
    text = f"{HEAD}{OKAFOR.email},2026-07-02\n"

    assert read(a_desk(), text, now=summer - timedelta(hours=1)).not_yet
    assert read(a_desk(), text, now=summer).left


FILES = [
    f"email,last_day\r\n{OKAFOR.email},{TODAY}\r\n",
    f"{HEAD}{OKAFOR.email},20/11/2026",
    f"Name, EMAIL ,Last_Day,Why\nOkafor,{OKAFOR.email}, {TODAY} ,x\n",
    f'{HEAD}"{OKAFOR.email}","{TODAY}"\n\n , \n',
    f"{HEAD}{OKAFOR.email},{TODAY}\n{OKAFOR.email},{TODAY}\n",
]


@pytest.mark.parametrize("text", FILES)
def test_files_as_human_resources_write_them(text):
    assert [(each.email, str(each.last_day)) for each in leavers_in(text)] == [
        (OKAFOR.email, TODAY)
    ]


BROKEN = [
    ("", 1, "email"),
    ("\n\n", 1, "email"),
    ("email\n", 1, "last_day"),
    ("email,email,last_day\n", 1, "“email”"),
    (f"{HEAD},{TODAY}\n", 2, "one e-mail"),
    (f"{HEAD}two@a.example;b@c.example,{TODAY}\n", 2, "one e-mail"),
    (f"{HEAD}{OKAFOR.email},\n", 2, "last_day"),
    (f"{HEAD}{OKAFOR.email}\n", 2, "last_day"),
    (f"{HEAD}{OKAFOR.email},11/20/2026\n", 2, "last_day"),
    (f"{HEAD}{OKAFOR.email},{TODAY}\n{OKAFOR.email},2026-11-19\n", 3, "Line 2"),
    (f'{HEAD}"{OKAFOR.email},{TODAY}\n', 2, "CSV"),
    (f"{HEAD}{REGISTRAR.email},{TODAY}\n", 2, "you"),
]


@pytest.mark.parametrize(("text", "line", "why"), BROKEN)
def test_a_line_that_cannot_be_read_stops_the_whole_file(text, line, why):
    good = f"{LIND.email},{TODAY}\n" if text.startswith(HEAD) and '"' not in text else ""

    [(at, sentence)] = faults(text + good)

    assert at == line
    assert why in sentence
    assert sentence.endswith(".")


def test_every_bad_line_is_told_at_once():
    bad = "".join(f"nobody-{number},{TODAY}\n" for number in range(500))

    assert [line for line, _ in faults(HEAD + bad)] == list(range(2, 502))


def test_an_address_that_two_people_share_is_not_guessed_about():
    [(line, sentence)] = faults(
        f"{HEAD}{OKAFOR.email},{TODAY}\n", a_person("pc-other", email=OKAFOR.email)
    )

    assert line == 2
    assert "mend the registry" in sentence


def test_an_address_that_a_leaver_had_before_means_who_has_it_now():
    before = a_person("pc-before", email=OKAFOR.email, status=PersonStatus.LEFT)

    [who] = read(a_desk(before), f"{HEAD}{OKAFOR.email},{TODAY}\n").left

    assert who.person_id == "pc-okafor"
