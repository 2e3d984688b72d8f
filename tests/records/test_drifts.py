"""Drifts on both engines: each once, its words sealed, and what one run found no other finds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.drift.acts import Drifted
from shared.drift.drift import (
    Cause,
    Drift,
    Finding,
    Kind,
    acknowledge,
    close,
    drift_name,
    end,
    mark_of,
)
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName
from shared.recordlog.erasure import Basis, Erasure, State, carried_out
from shared.records.beats import Beats
from shared.records.drift_entries import act_of_closing, act_on_drift
from shared.records.drifts import Drifts
from shared.records.erasures import Erasures
from shared.records.errors import ChangedError, InvalidCursorError, NotFoundError
from shared.records.exceptions import Exceptions
from shared.records.listing import cursor_behind
from shared.records.publication_entries import place_of
from tests.builders import NOW, a_pen

LEEK, SANDBOX = AccountId("leek"), PlatformName("sandbox")
TARGET, OTHER = (LEEK, SANDBOX), (AccountId("cheadle"), SANDBOX)
WORDS = {"before": None, "after": "Pat Invented, 4 Mill Lane, sends coins", "url": "https://x/9"}
CENTRE = PersonId("comms-1")


@pytest.fixture
def drifts(store):
    return Drifts(store, a_pen())


@pytest.fixture
def beats(store):
    return Beats(store)


def a_drift(number=1, minutes=0, **changes):
    mark, at = mark_of(Kind.POST, str(number)), NOW + timedelta(minutes=minutes)
    name = drift_name(LEEK, SANDBOX, mark, at)
    return Drift(name, LEEK, SANDBOX, Kind.POST, mark, LeafId(""), at, **changes)


def nothing_is_read(_connection, keys):
    assert not list(keys)
    return {}


def found(drifts, beats, drift):
    before = beats.several([TARGET])[TARGET]
    marks = {**before.drifts, drift.mark: drift.drift_id}
    after = replace(before, began_at=NOW, read_to=NOW, drifts=marks)
    return drifts.find(drift, an_act_of(drift), before, after)


def an_act_of(drift):
    return act_on_drift(drift, Drifted.FOUND, drift.found_at, personal=WORDS)


def leaves(store, what):
    rows = store.outbox.scan(consistent_read=True)
    return sum(f'"{what.value}"'.encode() in bytes(row.envelope) for row in rows)


def test_a_drift_is_kept_as_it_was_found_with_how_far_comparing_is(drifts, beats, store):
    drift = found(drifts, beats, a_drift(said_at=NOW, place="sandbox//x"))

    assert drifts.get(drift.drift_id) == drift
    assert beats.several([TARGET])[TARGET].drifts == {drift.mark: drift.drift_id}
    assert leaves(store, Drifted.FOUND) == 1


def test_of_two_runs_that_find_it_at_once_one_has_it_on_record(drifts, beats, store):
    before = beats.several([TARGET])[TARGET]
    one, two = a_drift(minutes=0), a_drift(minutes=1)
    after = [replace(before, began_at=NOW, drifts={d.mark: d.drift_id}) for d in (one, two)]
    drifts.find(one, an_act_of(one), before, after[0])

    with pytest.raises(ChangedError):
        drifts.find(two, an_act_of(two), before, after[1])

    assert leaves(store, Drifted.FOUND) == 1
    assert drifts.several([one.drift_id, two.drift_id]).keys() == {one.drift_id}


def test_its_words_open_and_stand_in_no_row_of_it(drifts, beats, store):
    drift = found(drifts, beats, a_drift())

    assert drifts.words(drift) == WORDS
    for table in (store.exceptions, store.outbox, store.payloads):
        assert "Mill Lane" not in repr([row.serialize() for row in table.scan()])


def test_words_that_were_erased_are_gone_and_the_drift_stays(drifts, beats, store):
    drift = found(drifts, beats, a_drift())
    erasures = Erasures(store, a_pen())
    asked = Erasure("01E", drift.leaf, Basis.OBJECTION, "They asked.", CENTRE, NOW)
    erasures.ask(asked)
    other = PersonId("comms-2")
    approved = replace(asked, state=State.APPROVED, decided_by=other, decided_at=NOW)
    erasures.decide(asked, approved)
    erasures.carry_out(approved, carried_out(approved, NOW))

    assert drifts.words(drift) is None
    assert drifts.get(drift.drift_id) == drift


def test_each_step_is_taken_once_and_has_its_leaf(drifts, beats, store):
    drift = found(drifts, beats, a_drift())
    taken = acknowledge(drift, CENTRE, NOW)
    drifts.change(drift, taken, act_on_drift(taken, Drifted.ACKNOWLEDGED, NOW))
    with pytest.raises(ChangedError):
        drifts.change(drift, taken, act_on_drift(taken, Drifted.ACKNOWLEDGED, NOW))
    ended = end(taken, NOW)
    drifts.change(taken, ended, act_on_drift(ended, Drifted.ENDED, NOW))
    closed = close(ended, Finding(Cause.OURS, "A new name.", "PC 1"), CENTRE, NOW)
    drifts.change(ended, closed, act_of_closing(closed))

    assert drifts.get(drift.drift_id) == closed
    assert [leaves(store, what) for what in Drifted] == [1, 0, 1, 1, 0, 1]


def test_those_that_are_open_and_those_that_are_closed_are_two_lists_newest_first(drifts, beats):
    one, two, three = (found(drifts, beats, a_drift(n, minutes=n)) for n in (1, 2, 3))
    closed = close(two, Finding(Cause.PLATFORM, "So."), CENTRE, NOW)
    drifts.change(two, closed, act_of_closing(closed))

    first = drifts.all(limit=1)
    assert first.entries == (three,)
    assert drifts.all(first.cursor, 5).entries == (one,)
    assert drifts.all(is_open=False).entries == (closed,)
    with pytest.raises(InvalidCursorError):
        drifts.all(cursor_behind("one"))


def test_of_those_that_are_open_only_what_was_found_since_is_read(drifts, beats, monkeypatch):
    one, two, three = (found(drifts, beats, a_drift(n, minutes=n)) for n in (1, 2, 3))
    closed = close(two, Finding(Cause.PLATFORM, "So."), CENTRE, NOW)
    drifts.change(two, closed, act_of_closing(closed))

    assert drifts.found_since(NOW) == (three, one)
    assert drifts.found_since(one.found_at) == (three,)
    monkeypatch.setattr("shared.records.newest_first.fetch", nothing_is_read)
    assert drifts.found_since(three.found_at) == ()


def test_what_lies_beside_exceptions_is_no_exception_and_none_of_them_is_a_drift(
    drifts, beats, store
):
    drift = found(drifts, beats, a_drift())
    exceptions = Exceptions(store, a_pen())

    assert exceptions.all().entries == ()
    for name in (f"drift:{drift.drift_id}", "beat:leek/sandbox"):
        with pytest.raises(NotFoundError):
            exceptions.get(name)
    with pytest.raises(NotFoundError):
        drifts.get("01X-1-sandbox-1-gone")


def test_which_places_are_ours_is_told_by_any_spelling_of_their_address(drifts, store):
    x = PlatformName("x")
    ours = place_of(x, "https://x.com/leek/status/77")
    store.platform_posts(shown_as=ours, post_key="01X#1").save()

    assert place_of(x, "https://x.com/i/status/77?s=20") == ours
    assert drifts.ours([ours, place_of(x, "https://x.com/i/status/78")]) == {ours}
    assert drifts.ours([]) == frozenset()


def test_how_far_comparing_is_changes_for_one_run_at_a_time(beats):
    before = beats.several([TARGET])[TARGET]
    after = replace(before, began_at=NOW, read_to=NOW, known={Kind.NAME: "Leek", Kind.ABOUT: ""})
    beats.keep([(before, after)])

    other = beats.several([OTHER])[OTHER]
    later = replace(after, read_to=NOW + timedelta(hours=1))
    beats.keep([(before, later), (other, replace(other, read_to=NOW))])
    beats.keep([(after, after)])
    assert beats.several([TARGET, OTHER]) == {TARGET: after, OTHER: replace(other, read_to=NOW)}


def test_targets_that_nobody_could_look_at_are_listed_until_somebody_could(beats):
    before = beats.several([TARGET])[TARGET]
    silent = replace(before, fault="No keys.", since=NOW, waits_until=NOW)
    beats.keep([(before, silent)])

    assert beats.silent() == (silent,)
    beats.keep([(silent, replace(silent, fault="", since=None, waits_until=None))])
    assert beats.silent() == ()


def test_what_counts_as_right_from_now_on_is_on_record_with_it(drifts, beats, store):
    drift = found(drifts, beats, a_drift())
    before = beats.several([TARGET])[TARGET]
    after = replace(before, known={Kind.NAME: "Leek"}, drifts={})
    drifts.accept(act_on_drift(drift, Drifted.ACCEPTED, NOW), before, after)

    assert beats.several([TARGET])[TARGET] == after
    assert leaves(store, Drifted.ACCEPTED) == 1
    with pytest.raises(ChangedError):
        drifts.accept(act_on_drift(drift, Drifted.ACCEPTED, NOW), before, after)
