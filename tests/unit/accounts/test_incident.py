"""Whom an incident keeps quiet, which posts wait for it, and what the board remembers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.accounts.incident import NO_INCIDENTS, Board, Scope, folded
from shared.accounts.registry import Level
from shared.posts.names import AccountId, PersonId, PlatformName
from tests.builders import NOW, an_account, an_incident

SANDBOX, BLUESKY = PlatformName("sandbox"), PlatformName("bluesky")
HOUR = timedelta(hours=1)
CITY = AccountId("city-cmdr")

LPT = an_account(CITY, level=Level.LPT, area="City", parent=AccountId("force"))
BELOW = an_account("riverside", area="Riverside", parent=CITY)
BESIDE = an_account("market", area=" CITY ", parent=AccountId("other-cmdr"))
ELSEWHERE = an_account("moors", area="Moors", parent=AccountId("other-cmdr"))
FORCE = an_account("force", level=Level.CORPORATE, area="Moorshire")


def of_area(**changes):
    return an_incident(scope=Scope.AREA, area="City", lpt=CITY, **changes)


def over(incident, at):
    return replace(incident, stood_down_by=PersonId("comms-ray"), stood_down_at=at)


def board(*incidents):
    return Board(len(incidents), incidents)


REACHES = [
    (an_incident(), FORCE, True, "the force is everybody"),
    (an_incident(), ELSEWHERE, True, "the force is everybody"),
    (an_incident(exempt=frozenset({AccountId("moors")})), ELSEWHERE, False, "it was exempted"),
    (of_area(), LPT, True, "the LPT's own account"),
    (of_area(), BELOW, True, "a team below it, whatever its area is called"),
    (of_area(), BESIDE, True, "an account of the same area, however it is spelled"),
    (of_area(), ELSEWHERE, False, "another area"),
    (of_area(), FORCE, False, "the force is no part of an area"),
    (of_area(exempt=frozenset({CITY})), LPT, False, "it was exempted"),
    (of_area(exempt=frozenset({CITY})), BELOW, True, "only the LPT's account was exempted"),
    (
        an_incident(scope=Scope.AREA, area="moors"),
        ELSEWHERE,
        True,
        "an area without an LPT's account",
    ),
    (
        an_incident(scope=Scope.AREA, area=""),
        an_account(area=""),
        False,
        "no area is not the same area",
    ),
]


@pytest.mark.parametrize(("incident", "account", "reached", "why"), REACHES)
def test_it_reaches_whom_its_scope_takes_in(incident, account, reached, why):
    assert incident.reaches(account) is reached, why


DRILLS = [
    ((SANDBOX,), True),
    ((SANDBOX, BLUESKY), False),
    ((BLUESKY,), False),
    ((), False),
]


@pytest.mark.parametrize(("platforms", "touched"), DRILLS)
def test_a_drill_touches_only_what_is_for_the_sandbox_alone(platforms, touched):
    drill, real = an_incident(drill=True), an_incident()

    assert drill.affects(BELOW, platforms, NOW) is touched
    assert real.affects(BELOW, platforms, NOW)


WAITS = [
    # let go at, declared at 0, stood down at (hours; None: it lasts), waits
    (-2, None, True, "queued before it"),
    (1, None, True, "let go while it lasts"),
    (-2, 1, True, "queued before it, and it is over now"),
    (0.5, 1, True, "let go while it lasted"),
    (1, 1, False, "let go in the instant of its end"),
    (2, 1, False, "let go after its end"),
]


@pytest.mark.parametrize(("let_go", "ended", "waits", "why"), WAITS)
def test_a_post_waits_that_was_let_go_before_its_end(let_go, ended, waits, why):
    incident = an_incident()
    if ended is not None:
        incident = over(incident, NOW + ended * HOUR)

    assert incident.affects(BELOW, (SANDBOX,), NOW + let_go * HOUR) is waits, why


def test_it_lasts_from_its_declaration_to_its_end():
    incident = over(an_incident(), NOW + HOUR)

    lasted = [incident.was_active(NOW + n * HOUR) for n in (-0.1, 0, 0.9, 1)]

    assert lasted == [False, True, True, False]


class TestBoard:
    def test_words_sent_in_before_it_are_not_silenced_and_wait_all_the_same(self):
        incident = an_incident()

        assert board(incident).silencing(BELOW, (SANDBOX,), NOW - HOUR) is None
        assert board(incident).silencing(BELOW, (SANDBOX,), NOW) is incident
        assert board(incident).affecting(BELOW, (SANDBOX,), NOW - HOUR) is incident

    def test_one_that_lasts_is_named_before_one_that_is_over_and_a_real_one_before_a_drill(self):
        drill = an_incident("01DRILL", drill=True, declared_at=NOW - 2 * HOUR)
        ended = over(an_incident("02OVER", declared_at=NOW - 2 * HOUR), NOW + HOUR)
        real = an_incident("03REAL")

        named = [
            board(*incidents).affecting(BELOW, (SANDBOX,), NOW).incident_id
            for incidents in ((drill, ended, real), (drill, ended), (ended,))
        ]

        assert named == ["03REAL", "01DRILL", "02OVER"]

    def test_platforms_are_read_once_though_there_are_many_incidents(self):
        incidents = (an_incident("01", scope=Scope.AREA, area="Moors"), an_incident(drill=True))

        meant = iter([SANDBOX])

        assert board(*incidents).affecting(BELOW, meant, NOW) is incidents[1]

    def test_what_keeps_a_post_back_now_does_so_until_it_is_over(self):
        assert board(an_incident()).lasting(BELOW, (SANDBOX,)) is not None
        assert board(over(an_incident(), NOW)).lasting(BELOW, (SANDBOX,)) is None
        assert board(an_incident(drill=True)).lasting(BELOW, (BLUESKY,)) is None

    def test_a_banner_tells_of_drills_too(self):
        drill = an_incident(drill=True)

        assert board(drill, over(an_incident("02"), NOW)).over([BELOW]) == (drill,)
        assert board(of_area()).over([ELSEWHERE]) == ()

    def test_the_same_reach_is_declared_once(self):
        standing = board(of_area())

        assert standing.same_reach(replace(of_area(), incident_id="02")) == of_area()
        assert standing.same_reach(of_area()) is None
        assert standing.same_reach(replace(of_area(), incident_id="02", drill=True)) is None
        assert standing.same_reach(over(replace(of_area(), incident_id="02"), NOW)) is None
        assert standing.same_reach(an_incident("02")) is None

    def test_every_change_is_a_generation(self):
        first = NO_INCIDENTS.with_incident(an_incident(), NOW)
        second = first.with_incident(over(an_incident(), NOW), NOW)

        assert (first.generation, second.generation) == (1, 2)
        assert [i.active for i in second.incidents] == [False]


def test_an_area_is_one_however_it_is_spelled():
    assert folded("  River\t side ") == folded("RIVER SIDE")
