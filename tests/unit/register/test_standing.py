"""Access is taken and given back by somebody else, with a reason, on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from register.standing import ATTEMPTS, OwnStandingError, becomes
from shared.accounts.errors import NotReverifiedError, PersonError
from shared.accounts.registry import PersonStatus, Role
from shared.posts.names import PersonId
from shared.records.errors import ChangedError
from tests.builders import NOW, a_person
from tests.unit.fakes import Ledger

REGISTRAR = a_person("reg", role=Role.REGISTRAR)
OKAFOR = PersonId("pc-okafor")
AN_HOUR = timedelta(hours=1)


def change(ledger, status, *, who=OKAFOR, why="Reported.", now=NOW):
    return becomes(who, status, by=REGISTRAR, why=why, people=ledger.people, now=now)


@pytest.mark.parametrize(
    ("status", "leaf"),
    [
        (PersonStatus.SUSPENDED, "person.suspended"),
        (PersonStatus.LEFT, "person.left"),
        (PersonStatus.AWAY, "person.away"),
    ],
)
def test_a_change_is_on_record_with_who_when_and_why(status, leaf):
    ledger = Ledger().keep(REGISTRAR, a_person())

    person = change(ledger, status)

    assert ledger.people.get(OKAFOR) == person
    last = person.history[-1]
    assert (last.status, last.at, last.by, last.why) == (status, NOW, "reg", "Reported.")
    [act] = ledger.acts
    assert (act.type, act.subject, act.actor) == (leaf, "person:pc-okafor", "reg")
    # What people are suspended for can be erased from the record, so it is no part of the leaf.
    assert act.reason is None
    assert act.payload["why"] == "Reported."


def test_nobody_changes_their_own():
    ledger = Ledger().keep(REGISTRAR)

    for status in PersonStatus:
        with pytest.raises(OwnStandingError):
            change(ledger, status, who=REGISTRAR.person_id)
    assert ledger.acts == []


@pytest.mark.parametrize("why", ["", "  \n"])
def test_a_change_without_a_reason_is_refused(why):
    ledger = Ledger().keep(REGISTRAR, a_person())

    with pytest.raises(PersonError, match="why"):
        change(ledger, PersonStatus.SUSPENDED, why=why)
    assert ledger.acts == []


@pytest.mark.parametrize("status", [PersonStatus.SUSPENDED, PersonStatus.LEFT])
def test_whoever_lost_access_comes_back_only_after_verifying_their_address_anew(status):
    ledger = Ledger().keep(REGISTRAR, a_person(reverified_at=NOW - AN_HOUR))
    change(ledger, status)

    with pytest.raises(NotReverifiedError):
        change(ledger, PersonStatus.ACTIVE, now=NOW + AN_HOUR)

    ledger.keep(replace(ledger.people.get(OKAFOR), reverified_at=NOW + AN_HOUR))
    assert change(ledger, PersonStatus.ACTIVE, now=NOW + 2 * AN_HOUR).status is PersonStatus.ACTIVE
    assert ledger.happened[-1] == "person.back"


def test_somebody_else_at_the_same_entry_is_waited_for_but_not_for_ever():
    ledger = Ledger().keep(REGISTRAR, a_person())
    once, change_it = [1], ledger.people.change

    def busy_once(before, after, act):
        if once:
            once.pop()
            raise ChangedError("person", before.person_id, "was changed by somebody else")
        change_it(before, after, act)

    ledger.people.change = busy_once
    assert change(ledger, PersonStatus.SUSPENDED).status is PersonStatus.SUSPENDED
    once.extend([1] * ATTEMPTS)
    with pytest.raises(ChangedError):
        change(ledger, PersonStatus.LEFT)
