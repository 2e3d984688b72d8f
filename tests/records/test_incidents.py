"""No claim follows a declaration it was not judged by, whatever comes between the two."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier

import pytest

from shared.accounts.incident import NO_INCIDENTS, Event, Scope, Telling
from shared.posts.names import AccountId, PersonId
from shared.records.errors import (
    AlreadyDeclaredError,
    AlreadyExistsError,
    BoardMovedError,
    BusyError,
    ChangedError,
    InvalidCursorError,
    NotFoundError,
)
from shared.records.incidents import GATES, PATIENCE, Incidents, gate_check
from shared.records.outbox import Outbox
from shared.records.pen import Pen
from shared.records.snapshot import Snapshots
from shared.records.transaction import Write, commit
from tests.builders import NOW, a_pen, a_post_id, an_act, an_incident

LATER = NOW + timedelta(hours=1)


def kept(store, **how):
    return Incidents(store, a_pen(), **how)


def leaves(store):
    return len(Outbox(store).pending(100))


def stood_down(incident, at=LATER):
    return replace(
        incident, stood_down_by=PersonId("comms-ray"), stood_down_at=at, stood_down_why="Quiet."
    )


def claim(store, post_id, generation):
    """What every claim is: a row nobody wrote before, and the gate as it was judged by."""
    row = store.platform_sessions(name=post_id, session="{}")
    free = store.platform_sessions.name.does_not_exist()
    taken = AlreadyExistsError("claim", post_id)
    writes = [Write(row, free, lambda _: taken), gate_check(store, post_id, generation)]
    commit(store.connection, writes, lambda _: None)


def claimed(store):
    return {row.name for row in store.platform_sessions.scan(consistent_read=True)}


class TestBoard:
    def test_before_the_first_incident_it_is_empty(self, store):
        assert kept(store).board() == NO_INCIDENTS

    def test_a_declared_incident_is_on_it_and_on_record(self, store):
        incident = kept(store).declare(
            an_incident(exempt=frozenset({AccountId("force")}), lpt=AccountId("city")), an_act()
        )

        board = kept(store).board()

        assert (board.generation, board.incidents) == (1, (incident,))
        assert kept(store).get(incident.incident_id) == incident
        assert leaves(store) == 1

    def test_it_comes_with_a_snapshot_in_the_same_call(self, store, calls):
        kept(store).declare(an_incident(), an_act())
        calls.clear()

        found = Snapshots(store).read(posts=[(a_post_id(), 1)], board=True)

        assert [i.incident_id for i in found.board.incidents] == ["01INCIDENT"]
        assert calls == ["BatchGetItem"]

    def test_a_snapshot_that_was_not_asked_for_it_has_none(self, store):
        kept(store).declare(an_incident(), an_act())

        assert Snapshots(store).read(posts=[(a_post_id(), 1)]).board == NO_INCIDENTS

    @pytest.mark.parametrize(("days", "there"), [(365, True), (367, False)])
    def test_one_that_is_over_stays_a_year(self, store, days, there):
        first = kept(store).declare(an_incident("01FIRST"), an_act())
        kept(store).stand_down(first, stood_down(first), an_act(at=LATER))
        at = LATER + timedelta(days=days)

        kept(store).declare(an_incident("01LATER", declared_at=at), an_act(at=at))

        remembered = [i.incident_id for i in kept(store).board().incidents]
        assert remembered == ["01FIRST", "01LATER"][not there :]

    def test_who_was_told_is_not_the_boards(self, store):
        incident = kept(store).declare(an_incident(), an_act())
        told = Telling(Event.DECLARED, NOW, LATER, LATER, 12, (PersonId("pc-okafor"),))

        kept(store).told(incident, told, an_act())

        assert kept(store).get(incident.incident_id).tellings == (told,)
        assert kept(store).board().incidents[0].tellings == ()


class TestOnce:
    def test_a_second_of_the_same_reach_is_refused_with_the_first(self, store):
        first = kept(store).declare(an_incident("01FIRST"), an_act())

        with pytest.raises(AlreadyDeclaredError) as refused:
            kept(store).declare(an_incident("01SECOND"), an_act())

        assert refused.value.incident == first
        assert leaves(store) == 1

    def test_a_drill_and_another_area_may_be_declared_beside_it(self, store):
        area = {"scope": Scope.AREA, "area": "Riverside"}
        kept(store).declare(an_incident("01FIRST"), an_act())
        kept(store).declare(an_incident("02DRILL", drill=True), an_act())
        kept(store).declare(an_incident("03AREA", **area), an_act())

        with pytest.raises(AlreadyDeclaredError):
            kept(store).declare(an_incident("04AREA", **{**area, "area": " RIVERSIDE"}), an_act())

        assert len(kept(store).board().active) == 3

    def test_an_id_is_used_once(self, store):
        first = kept(store).declare(an_incident(), an_act())
        kept(store).stand_down(first, stood_down(first), an_act())

        with pytest.raises(AlreadyExistsError):
            kept(store).declare(an_incident(), an_act())

    def test_of_eight_who_declare_at_once_one_does(self, store):
        start = Barrier(8)

        def declare(number):
            start.wait()
            return Incidents(store, Pen(secrets.token_bytes)).declare(
                an_incident(f"0{number}"), an_act()
            )

        with ThreadPoolExecutor(8) as pool:
            tries = [pool.submit(declare, number) for number in range(8)]

        refused = [one.exception() for one in tries if one.exception()]
        assert {type(error) for error in refused} == {AlreadyDeclaredError}
        assert len(refused) == 7
        assert len(kept(store).board().incidents) == 1
        assert leaves(store) == 1

    def test_it_is_stood_down_once(self, store):
        incident = kept(store).declare(an_incident(), an_act())
        kept(store).stand_down(incident, stood_down(incident), an_act())

        with pytest.raises(ChangedError):
            kept(store).stand_down(incident, stood_down(incident, NOW), an_act())

    def test_telling_and_standing_down_do_not_meet(self, store):
        incident = kept(store).declare(an_incident(), an_act())
        told = Telling(Event.DECLARED, None, None, NOW, 0)
        kept(store).told(incident, told, an_act())

        kept(store).stand_down(incident, stood_down(incident), an_act())

        assert kept(store).get(incident.incident_id).tellings == (told,)
        assert not kept(store).get(incident.incident_id).active

    def test_told_is_recorded_once(self, store):
        incident = kept(store).declare(an_incident(), an_act())
        told = Telling(Event.DECLARED, None, None, NOW, 0)
        kept(store).told(incident, told, an_act())

        with pytest.raises(ChangedError):
            kept(store).told(incident, told, an_act())


class TestGates:
    @pytest.mark.parametrize("change", ["declare", "stand_down", "exempt"])
    def test_whatever_changes_the_board_moves_every_gate(self, store, change):
        incident = an_incident()
        if change != "declare":
            kept(store).declare(incident, an_act())
        before = kept(store).board().generation
        if change == "declare":
            kept(store).declare(incident, an_act())
        elif change == "stand_down":
            kept(store).stand_down(incident, stood_down(incident), an_act())
        else:
            other = replace(incident, exempt=frozenset({AccountId("riverside")}))
            kept(store).exempt(incident, other, an_act())

        for _ in range(40):  # every gate is somebody's
            with pytest.raises(BoardMovedError):
                claim(store, a_post_id(), before)
        claim(store, a_post_id(), before + 1)

        assert len(claimed(store)) == 1

    def test_a_claim_that_its_board_still_holds_for_is_made(self, store):
        claim(store, a_post_id(), 0)

        assert len(claimed(store)) == 1

    def test_a_claim_by_a_board_that_never_was_is_refused(self, store):
        with pytest.raises(BoardMovedError):
            claim(store, a_post_id(), 1)

    def test_the_claims_spread_over_the_gates(self, store):
        gates = {gate_check(store, a_post_id(), 0).row.incident_id for _ in range(200)}

        assert len(gates) == GATES

    def test_of_claims_and_a_declaration_at_once_none_follows_it(self, store):
        """Sixteen claim by the board they saw; in the midst of them an incident is declared."""
        crowd = 16
        start, declared = Barrier(crowd + 1), []

        def publish(_):
            made = []
            start.wait()
            for _ in range(5):
                generation, post_id = kept(store).board().generation, a_post_id()
                too_late = bool(declared)  # before the claim begins: what ends later may be earlier
                try:
                    claim(store, post_id, generation)
                except (BoardMovedError, BusyError):
                    continue
                made.append((post_id, generation, too_late))
            return made

        def declare():
            start.wait()
            Incidents(store, Pen(secrets.token_bytes)).declare(an_incident(), an_act())
            declared.append(True)

        with ThreadPoolExecutor(crowd + 1) as pool:
            claims = [pool.submit(publish, number) for number in range(crowd)]
            pool.submit(declare).result()
        made = [each for one in claims for each in one.result()]

        assert made
        assert [each for each in made if each[1] == 0 and each[2]] == []
        assert {post_id for post_id, _, _ in made} == claimed(store)


class TestPatience:
    def test_a_declaration_that_meets_claims_is_made_again(self, store, monkeypatch):
        pauses, real = [], commit
        answers = [BusyError("TransactWriteItems"), BoardMovedError(0)]

        def meets(*how):
            if answers:
                raise answers.pop(0)
            real(*how)

        monkeypatch.setattr("shared.records.incidents.commit", meets)

        kept(store, pause=pauses.append).declare(an_incident(), an_act())

        assert pauses == list(PATIENCE[:2])
        assert len(kept(store).board().active) == 1

    def test_it_ends_in_busy_and_nothing_is_written(self, store, monkeypatch):
        def meets(*_):
            raise BusyError("TransactWriteItems")

        monkeypatch.setattr("shared.records.incidents.commit", meets)

        with pytest.raises(BusyError):
            kept(store, pause=lambda _: None).declare(an_incident(), an_act())

        assert kept(store).board() == NO_INCIDENTS


class TestListing:
    def test_newest_first_by_cursor(self, store):
        for number in range(5):
            area = {"scope": Scope.AREA, "area": f"Area {number}"}
            kept(store).declare(an_incident(f"0{number}", **area), an_act())

        first = kept(store).all(limit=3)
        second = kept(store).all(first.cursor, limit=3)

        assert [i.incident_id for i in first.entries] == ["04", "03", "02"]
        assert [i.incident_id for i in second.entries] == ["01", "00"]
        assert second.cursor is None

    def test_neither_board_nor_gates_nor_work_are_incidents(self, store):
        kept(store).declare(an_incident(), an_act())
        kept(store).go_on("telling#01INCIDENT", None, "{}")

        assert [i.incident_id for i in kept(store).all().entries] == ["01INCIDENT"]
        for name in ("board", "gate#0", "telling#01INCIDENT", "", "x" * 2000):
            with pytest.raises(NotFoundError):
                kept(store).get(name)

    def test_a_cursor_of_another_list_is_refused(self, store):
        with pytest.raises(InvalidCursorError):
            kept(store).all("nonsense!")


class TestWork:
    def test_it_goes_on_from_where_it_was(self, store):
        work = kept(store)
        assert work.progress("telling#1") is None

        work.go_on("telling#1", None, "one")
        work.go_on("telling#1", "one", "two")

        assert work.progress("telling#1") == "two"

    @pytest.mark.parametrize("before", [None, "another"])
    def test_of_two_workers_one_goes_on(self, store, before):
        work = kept(store)
        work.go_on("telling#1", None, "one")

        with pytest.raises(ChangedError):
            work.go_on("telling#1", before, "two")
