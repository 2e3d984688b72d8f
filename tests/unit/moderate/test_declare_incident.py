"""Declaring: checked first, in force at once, told of afterwards, and declared once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.declare_incident import Declaration, declare, planned
from moderate.incident_errors import (
    AlreadyLastsError,
    MayNotActError,
    OverError,
    WrongFieldError,
)
from moderate.scene import InFlight, scene_of
from moderate.stand_down_incident import exempt, stand_down
from shared.accounts.incident import Scope
from shared.accounts.registry import Account
from shared.conductor.executions import NoAnswerError
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, ContentHash, PlatformName
from shared.records.errors import ChangedError, UnavailableError
from shared.records.publication import Publication
from tests.builders import NOW, a_post, an_incident
from tests.unit.fakes import Conductor
from tests.unit.moderate.incidents_made import (
    COMMANDER,
    COMMS,
    LPT,
    OFFICER,
    OTHER_COMMS,
    TEAM,
    Watch,
    a_command,
    declared,
    over,
)

WHY = "Disorder in the city centre."
WIDE = Declaration(Scope.FORCE, WHY)
OF_AREA = Declaration(Scope.AREA, WHY, lpt=LPT.account_id)
LATER = NOW + timedelta(hours=1)


def do_declare(wanted, by, command, now=NOW):
    return declare(planned(wanted, by, command, now), by, command)


def a_target(post, state=Outcome.PENDING, claimed=-1, settled=None):
    """A claimed target; moments are seconds from the declaration."""
    return Publication(
        post.post_id,
        post.version,
        PlatformName("sandbox"),
        post.draft.account,
        ContentHash("0" * 64),
        state,
        "key",
        {},
        1,
        NOW + timedelta(seconds=claimed),
        NOW + timedelta(seconds=claimed),
        None if settled is None else NOW + timedelta(seconds=settled),
    )


class TestDeclaring:
    def test_it_is_on_the_board_and_told_of(self):
        ledger, command = a_command()

        incident = do_declare(OF_AREA, COMMS, command)

        assert ledger.incidents.board().active == (incident,)
        assert (incident.area, incident.lpt) == ("City", LPT.account_id)
        assert ledger.happened == ["incident.declared"]
        assert command.executions.telling == [(incident.incident_id, "declared")]

    def test_the_leaf_keeps_the_reason_out_of_the_public_envelope(self):
        ledger, command = a_command()

        do_declare(OF_AREA, COMMS, command)

        (act,) = ledger.acts
        assert act.reason is None
        assert act.payload["why"] == WHY
        assert (act.actor, act.account) == (COMMS.person_id, LPT.account_id)

    def test_planning_writes_nothing(self):
        ledger, command = a_command()

        planned(OF_AREA, COMMS, command, NOW)

        assert ledger.acts == []
        assert command.executions.telling == []

    def test_an_area_without_an_lpts_account_is_named_as_its_accounts_name_it(self):
        _, command = a_command()
        wanted = Declaration(Scope.AREA, WHY, area=" riverSIDE ")

        incident = do_declare(wanted, COMMS, command)

        assert (incident.area, incident.lpt) == (TEAM.area, None)

    def test_a_commander_declares_for_their_own_area(self):
        _, command = a_command()

        assert do_declare(OF_AREA, COMMANDER, command).declared_by == COMMANDER.person_id

    @pytest.mark.parametrize("by", [COMMANDER, OFFICER])
    def test_whoever_may_not_is_told_so(self, by):
        ledger, command = a_command()

        with pytest.raises(MayNotActError) as refused:
            do_declare(WIDE, by, command)

        assert "duty officer" in str(refused.value)
        assert ledger.acts == []

    @pytest.mark.parametrize(
        ("wanted", "field"),
        [
            (Declaration(Scope.FORCE, " \n "), "why"),
            (Declaration(Scope.FORCE, WHY, lpt=LPT.account_id), "scope"),
            (Declaration(Scope.AREA, WHY), "area"),
            (Declaration(Scope.AREA, WHY, area="Atlantis"), "area"),
            (Declaration(Scope.AREA, WHY, lpt=AccountId("nobody")), "lpt"),
            (Declaration(Scope.AREA, WHY, lpt=TEAM.account_id), "lpt"),
            (Declaration(Scope.FORCE, WHY, exempt=(AccountId("nobody"),)), "exempt"),
        ],
    )
    def test_what_is_wrong_is_named(self, wanted, field):
        ledger, command = a_command()

        with pytest.raises(WrongFieldError) as refused:
            do_declare(wanted, COMMS, command)

        assert refused.value.field == field
        assert ledger.acts == []


class TestOnce:
    def test_a_second_click_declares_nothing_new(self):
        ledger, command = a_command()
        first = do_declare(WIDE, COMMS, command)

        second = do_declare(WIDE, COMMS, command, LATER)

        assert second == first
        assert ledger.happened == ["incident.declared"]

    def test_somebody_else_is_told_that_it_is_in_force(self):
        ledger, command = a_command()
        first = do_declare(WIDE, COMMS, command)

        with pytest.raises(AlreadyLastsError) as refused:
            do_declare(WIDE, OTHER_COMMS, command)

        assert refused.value.incident == first
        assert len(ledger.acts) == 1

    def test_so_is_somebody_who_was_second_by_a_hair(self):
        ledger, command = a_command()
        mine = planned(WIDE, OTHER_COMMS, command, NOW)
        do_declare(WIDE, COMMS, command)

        with pytest.raises(AlreadyLastsError):
            declare(mine, OTHER_COMMS, command)

        assert len(ledger.acts) == 1

    def test_a_drill_beside_a_real_one_is_another_incident(self):
        ledger, command = a_command()

        do_declare(WIDE, COMMS, command)
        do_declare(replace(WIDE, drill=True), COMMS, command)

        assert len(ledger.incidents.board().active) == 2


class TestAfterTheRecord:
    @pytest.mark.parametrize("fault", [NoAnswerError("No answer.")])
    def test_it_stands_though_the_machine_does_not_answer(self, fault):
        ledger, command = a_command(conductor=Conductor(fault=fault))

        incident = do_declare(WIDE, COMMS, command)

        assert ledger.incidents.board().active == (incident,)

    def test_it_stands_though_the_scene_cannot_be_noted(self):
        _ledger, command = a_command()

        class Deaf:
            def under_way(self):
                raise UnavailableError("Query")

        incident = do_declare(WIDE, COMMS, replace(command, stopped=Deaf()))

        assert scene_of(incident.incident_id, command) is None
        assert command.executions.telling

    def test_the_scene_says_when_it_was_in_force_and_what_was_in_flight(self):
        released = [a_post(state=State.RELEASED) for _ in range(5)]
        targets = [
            a_target(released[0]),
            a_target(released[1], Outcome.SENT, settled=-0.5),
            a_target(released[2], Outcome.SENT, settled=+0.5),
            a_target(released[3], Outcome.UNCERTAIN, settled=-0.5),
            a_target(released[4], claimed=+0.5),
        ]
        elsewhere = a_post(account=AccountId("moors"), state=State.RELEASED)
        ledger, command = a_command(
            *released, *targets, elsewhere, a_target(elsewhere), clock=Watch()
        )

        incident = do_declare(OF_AREA, COMMS, command)

        scene = scene_of(incident.incident_id, command)
        assert scene.effective_at == NOW + timedelta(seconds=1)
        sandbox = PlatformName("sandbox")
        assert set(scene.in_flight) == {
            InFlight(released[n].post_id, 1, sandbox) for n in (0, 2, 3)
        }
        assert ledger.happened == ["incident.declared"]


class TestStandingDown:
    def test_it_is_over_and_everybody_is_told(self):
        ledger, command = a_command()
        incident = do_declare(WIDE, COMMS, command)

        ended = stand_down(
            incident.incident_id, "All quiet.", by=OTHER_COMMS, command=command, now=LATER
        )

        assert not ended.active
        assert ledger.incidents.board().active == ()
        assert ledger.happened == ["incident.declared", "incident.stood_down"]
        assert command.executions.telling[-1] == (incident.incident_id, "stood_down")

    def test_it_is_stood_down_once(self):
        ledger, command = a_command()
        incident = declared(ledger, over(an_incident()))

        with pytest.raises(OverError):
            stand_down(incident.incident_id, "Again.", by=COMMS, command=command, now=LATER)

        assert ledger.acts == []

    @pytest.mark.parametrize("by", [COMMANDER, OFFICER])
    def test_only_the_centre_does_it(self, by):
        ledger, command = a_command()
        incident = declared(ledger, an_incident())

        with pytest.raises(MayNotActError):
            stand_down(incident.incident_id, "Quiet.", by=by, command=command, now=LATER)

    def test_it_needs_a_reason(self):
        ledger, command = a_command()
        incident = declared(ledger, an_incident())

        with pytest.raises(WrongFieldError):
            stand_down(incident.incident_id, "  ", by=COMMS, command=command, now=LATER)

    def test_one_that_was_changed_meanwhile_is_looked_at_again(self):
        ledger, command = a_command()
        incident = declared(ledger, an_incident())
        meets = Meets(ledger.incidents, times=2)

        stand_down(
            incident.incident_id,
            "Quiet.",
            by=COMMS,
            command=replace(command, incidents=meets),
            now=LATER,
        )

        assert ledger.incidents.board().active == ()

    def test_but_not_for_ever(self):
        ledger, command = a_command()
        incident = declared(ledger, an_incident())
        meets = replace(command, incidents=Meets(ledger.incidents, times=99))

        with pytest.raises(ChangedError):
            stand_down(incident.incident_id, "Quiet.", by=COMMS, command=meets, now=LATER)


class Meets:
    """Incidents that somebody else is changing at the same time."""

    def __init__(self, incidents, times):
        self._incidents, self._times = incidents, times

    def __getattr__(self, name):
        return getattr(self._incidents, name)

    def stand_down(self, before, after, act):
        self._times -= 1
        if self._times >= 0:
            raise ChangedError("incident", before.incident_id, "was changed")
        return self._incidents.stand_down(before, after, act)


class TestExempting:
    def test_these_and_no_others_go_on_speaking(self):
        ledger, command = a_command()
        incident = declared(ledger, an_incident(exempt=frozenset({LPT.account_id})))

        changed = exempt(
            incident.incident_id,
            [TEAM.account_id],
            "They run the rest centre.",
            by=COMMS,
            command=command,
            now=LATER,
        )

        assert changed.exempt == {TEAM.account_id}
        assert not ledger.incidents.board().active[0].reaches(TEAM)
        assert ledger.acts[0].payload["before"] == [LPT.account_id]

    def test_the_same_again_is_no_act(self):
        ledger, command = a_command()
        incident = declared(ledger, an_incident(exempt=frozenset({LPT.account_id})))

        exempt(incident.incident_id, [LPT.account_id], "Why.", by=COMMS, command=command, now=LATER)

        assert ledger.acts == []

    @pytest.mark.parametrize(
        ("accounts", "why", "by", "error"),
        [
            ([AccountId("nobody")], "Why.", COMMS, WrongFieldError),
            ([], " ", COMMS, WrongFieldError),
            ([], "Why.", COMMANDER, MayNotActError),
        ],
    )
    def test_what_is_wrong_is_refused(self, accounts, why, by, error):
        ledger, command = a_command()
        incident = declared(ledger, an_incident())

        with pytest.raises(error):
            exempt(incident.incident_id, accounts, why, by=by, command=command, now=LATER)

    def test_once_it_is_over_nobody_is_exempted(self):
        ledger, command = a_command()
        incident = declared(ledger, over(an_incident()))

        with pytest.raises(OverError):
            exempt(incident.incident_id, [], "Why.", by=COMMS, command=command, now=LATER)


def test_the_accounts_it_reaches_are_counted():
    _, command = a_command()
    incident = planned(OF_AREA, COMMS, command, NOW)

    reached: tuple[Account, ...] = command.reached_by(incident)

    assert {account.account_id for account in reached} == {"city-cmdr", "riverside"}
