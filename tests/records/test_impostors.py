"""Cases of impostors on both engines: each once, sealed, step by step; searches and kept names."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.accounts.registry import ReservedName
from shared.impostors.case import CaseState, Step, looked, take
from shared.impostors.evidence import Evidence, case_name
from shared.impostors.hand_searches import HandSearch
from shared.impostors.kept_names import KeptName
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.recordlog.erasure import Basis, Erasure, State, carried_out
from shared.records.erasures import Erasures
from shared.records.errors import ChangedError, InvalidCursorError, NotFoundError
from shared.records.hand_searches import HandSearches
from shared.records.impostor_entries import act_of_finding, act_of_step
from shared.records.impostors import Impostors
from shared.records.kept_names import KeptNames
from shared.records.searches import Search, Searches
from tests.builders import NOW, a_pen, an_account
from tests.unit.impostors.cases_made import CASE, STEPS, WHO

X, FACEBOOK = PlatformName("x"), PlatformName("facebook")
TODAY = date(2026, 11, 20)
SEEN = Evidence("leekpo1ice", "2026-11-20T09:00:00Z", "u-77", "Leek", about="Ring Pat Invented")


@pytest.fixture
def impostors(store):
    return Impostors(store, a_pen())


def a_case(number=1, minutes=0):
    found_at = NOW + timedelta(minutes=minutes)
    name = case_name(X, f"somebody{number}")
    return replace(CASE, case_id=name, found_at=found_at, leaf=LeafId(""))


def found(impostors, case):
    assert impostors.find(case, act_of_finding(case, SEEN))
    return impostors.get(case.case_id)


def stepped(impostors, case, state):
    after = take(case, STEPS[state], TODAY)
    impostors.advance(case, after, [act_of_step(case, after)])
    return impostors.get(case.case_id)


def rows_of(table):
    return repr([row.serialize() for row in table.scan()])


def test_an_account_is_found_once_whoever_finds_it_again(impostors, store):
    case = found(impostors, a_case())

    assert impostors.find(a_case(), act_of_finding(a_case(), SEEN)) is False
    assert case == replace(a_case(), leaf=case.leaf)
    assert sum(1 for _ in store.outbox.scan(consistent_read=True)) == 1


def test_what_it_shows_opens_and_stands_in_no_row_of_it(impostors, store):
    case = found(impostors, a_case())

    assert impostors.evidence([case]) == {case.case_id: SEEN}
    for table in (store.impostors, store.outbox, store.payloads):
        assert "Pat Invented" not in rows_of(table)
        assert "leekpo1ice" not in rows_of(table)


def test_what_was_erased_is_gone_and_the_case_stays(impostors, store):
    case = found(impostors, a_case())
    erasures = Erasures(store, a_pen())
    who, other = PersonId("comms-1"), PersonId("comms-2")
    asked = Erasure("01E", case.leaf, Basis.OBJECTION, "They asked.", who, NOW)
    erasures.ask(asked)
    approved = replace(asked, state=State.APPROVED, decided_by=other, decided_at=NOW)
    erasures.decide(asked, approved)
    erasures.carry_out(approved, carried_out(approved, NOW))

    assert impostors.evidence([case]) == {}
    assert impostors.get(case.case_id) == case


def test_each_step_comes_back_as_it_was_taken_with_its_leaf(impostors, store):
    case = found(impostors, a_case())
    for state in (CaseState.IMPOSTOR, CaseState.REPORTED, CaseState.REFUSED, CaseState.APPEALED):
        case = stepped(impostors, case, state)
    missed = looked(case, is_there=False, at=NOW)
    impostors.advance(case, missed)

    case = impostors.get(case.case_id)

    assert [step.state for step in case.steps] == ["impostor", "reported", "refused", "appealed"]
    assert case.steps[1] == STEPS[CaseState.REPORTED]
    assert case.missed_at == NOW
    assert sum(1 for _ in store.outbox.scan(consistent_read=True)) == 5


def test_of_two_who_decide_at_once_one_does(impostors):
    case = found(impostors, a_case())
    stepped(impostors, case, CaseState.FALSE_ALARM)

    with pytest.raises(ChangedError):
        stepped(impostors, case, CaseState.IMPOSTOR)


def test_what_is_open_is_listed_longest_first_and_all_newest_first(impostors):
    old, new, closed = (found(impostors, a_case(number, number)) for number in range(3))
    stepped(impostors, closed, CaseState.FALSE_ALARM)

    first = impostors.waiting(limit=1)
    rest = impostors.waiting(first.cursor)

    assert [each.case_id for each in impostors.open()] == [old.case_id, new.case_id]
    assert [each.case_id for each in (*first.entries, *rest.entries)] == [old.case_id, new.case_id]
    assert [each.case_id for each in impostors.listed().entries] == [
        *(closed.case_id, new.case_id, old.case_id),
    ]
    with pytest.raises(InvalidCursorError):
        impostors.listed("zzz")


def test_searches_and_names_lie_beside_and_are_no_cases(impostors, store):
    leek = AccountId("leek")
    searches = Searches(store)
    before = searches.several([(leek, X)])[leek, X]
    after = Search(leek, X, NOW, 2, 3, "It was down.", NOW, NOW + timedelta(hours=6))
    searches.keep(before, after)

    assert searches.several([(leek, X)])[leek, X] == after
    with pytest.raises(ChangedError):
        searches.keep(before, after)
    searches.keep(after, after)
    with pytest.raises(NotFoundError):
        impostors.get("search:leek/x")
    assert impostors.listed().entries == ()


def test_who_signs_in_to_a_kept_name_is_on_record_and_of_two_at_once_one_is(store):
    names = KeptNames(store, a_pen())
    kept = KeptName(an_account(), ReservedName(X, "LeekPolice1"))
    after = names.keep(kept, TODAY, WHO, NOW)

    assert names.signed_in([kept.key, "x#nobody"]) == {kept.key: TODAY}
    with pytest.raises(ChangedError):
        names.keep(kept, TODAY, WHO, NOW)
    names.keep(after, TODAY + timedelta(days=1), WHO, NOW)
    assert names.signed_in([kept.key]) == {kept.key: TODAY + timedelta(days=1)}
    assert sum(1 for _ in store.outbox.scan(consistent_read=True)) == 2


def test_a_step_of_the_clock_is_nobodys(impostors):
    case = stepped(impostors, found(impostors, a_case()), CaseState.IMPOSTOR)
    gone = looked(looked(case, is_there=False, at=NOW), is_there=False, at=NOW + timedelta(days=1))
    impostors.advance(case, gone, [act_of_step(case, gone)])

    assert impostors.get(case.case_id).steps[-1] == Step(
        CaseState.REMOVED, NOW + timedelta(days=1), None, gone.steps[-1].why
    )


def test_who_searched_by_hand_is_on_record_and_of_two_at_once_one_is(store):
    searches, leek = HandSearches(store, a_pen()), AccountId("leek")
    targets = [(leek, FACEBOOK), (leek, X)]
    before = tuple(searches.several(targets).values())
    assert before == (HandSearch(leek, FACEBOOK), HandSearch(leek, X))

    after = searches.keep(before, TODAY, WHO, NOW)

    assert tuple(searches.several(targets).values()) == after
    assert {(each.searched_on, each.by) for each in after} == {(TODAY, WHO)}
    with pytest.raises(ChangedError):
        searches.keep(before[:1], TODAY, WHO, NOW)
    searches.keep(after[:1], TODAY + timedelta(days=1), WHO, NOW)
    with pytest.raises(ChangedError):
        searches.keep(after, TODAY + timedelta(days=2), WHO, NOW)
    days = [each.searched_on for each in searches.several(targets).values()]
    assert days == [TODAY + timedelta(days=1), TODAY]
    said = [json.loads(bytes(row.envelope)) for row in store.outbox.scan(consistent_read=True)]
    assert sorted(leaf["subject"] for leaf in said) == [
        *("search:leek/facebook", "search:leek/facebook", "search:leek/x")
    ]
    assert {(leaf["type"], leaf["actor"]) for leaf in said} == {("impostor.searched_by_hand", WHO)}
