"""What an incident stopped and will stop, in numbers, post by post, and by the second."""

import csv
from dataclasses import replace
from datetime import timedelta

import pytest

from moderate.incident_shapes import report_csv, report_shape, stopped_shape
from moderate.incident_shown import incident_view
from moderate.scene import note_scene
from moderate.sitrep import sitrep, timing
from shared.accounts.incident import Event, Telling
from shared.posts.content import Kind
from shared.posts.life import State
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.hold import Why, new_hold
from tests.builders import NOW, a_post, an_act, an_incident
from tests.unit.moderate.incidents_made import (
    AREA,
    COMMANDER,
    LPT,
    a_command,
    a_judge,
    declared,
    over,
)

HOUR = timedelta(hours=1)
BEFORE = NOW - HOUR


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def a_scene(*posts, incident=None):
    ledger, command = a_command(*posts)
    return ledger, command, declared(ledger, incident or an_incident(**AREA))


def hold(ledger, post, incident, at):
    """The post, held for this incident at this moment."""
    held = new_hold(
        post,
        Why.INCIDENT,
        at=at,
        ends_at=at + timedelta(days=30),
        task_token="token",
        incident=incident.incident_id,
    )
    return ledger.holds.open(post, held, an_act("post.held", at=at))


def the_sitrep(ledger, command, incident, now=NOW):
    return sitrep(incident, command, a_judge(ledger), now)


def ids(posts):
    return {post.post_id for post in posts}


def waiting(state=State.AWAITING_APPROVAL, **changes):
    return a_post(state=state, **{"submitted_at": BEFORE, **changes})


QUEUED = [
    (waiting(), True, "it waits for approval"),
    (waiting(State.CLEARED, not_before=NOW + 5 * HOUR), True, "it is due later"),
    (waiting(State.SUBMITTED), True, "the door is reading it"),
    (waiting(State.RELEASED), True, "its claim is refused, and it is looked at again"),
    (waiting(account=AccountId("moors")), False, "another area"),
    (waiting(author=COMMANDER.person_id, account=LPT.account_id), False, "the commander speaks"),
    (waiting(kind=Kind.REPLY, about="https://sandbox.example/1"), False, "an answer to somebody"),
    (waiting(State.PUBLISHED), False, "it is out"),
    (waiting(State.RETURNED), False, "it is back with its author"),
]


@pytest.mark.parametrize(("post", "queued", "why"), QUEUED)
def test_what_is_under_way_and_will_be_held(post, queued, why):
    ledger, command, incident = a_scene(post)

    found = the_sitrep(ledger, command, incident)

    assert (post.post_id in ids(found.queued)) is queued, why


def test_what_was_let_go_after_the_incident_is_not_held_for_it_again():
    incident = over(an_incident(**AREA))
    let_go = waiting(State.CLEARED, incident_reviewed_at=NOW + 2 * HOUR, incident="01INCIDENT")
    confirmed = waiting(State.CLEARED, reviewed_at=NOW + 2 * HOUR)
    sent_later = waiting(State.CLEARED, submitted_at=NOW + 2 * HOUR)
    ledger, command, incident = a_scene(let_go, confirmed, sent_later, incident=incident)

    found = the_sitrep(ledger, command, incident, NOW + 3 * HOUR)

    assert ids(found.queued) == {confirmed.post_id}


def test_what_it_stopped_by_what_became_of_it():
    blocked = a_post(state=State.BLOCKED, submitted_at=after(90), incident="01INCIDENT")
    held, let_go = waiting(State.CLEARED), waiting(State.CLEARED)
    other = a_post(state=State.BLOCKED, incident="01ANOTHER")
    ledger, command, incident = a_scene(blocked, held, let_go, other)
    hold(ledger, held, incident, after(20))
    reviewed = hold(ledger, let_go, incident, after(30))
    ledger.keep(replace(reviewed, state=State.PUBLISHED))

    found = the_sitrep(ledger, command, incident)

    assert ids(s.post for s in found.blocked) == {blocked.post_id}
    assert ids(s.post for s in found.held) == {held.post_id}
    assert ids(s.post for s in found.reviewed) == {let_go.post_id}
    assert found.queued == ()
    assert stopped_shape(found) == {
        "accounts": 2,
        "blocked": 1,
        "held": 1,
        "reviewed": 1,
        "queued": 0,
        "in_flight": None,
    }


def test_a_drill_is_judged_by_the_second():
    blocked = a_post(state=State.BLOCKED, submitted_at=after(90), incident="01INCIDENT")
    held = waiting(State.CLEARED)
    told = Telling(Event.DECLARED, after(2), after(9.5), after(10), 4, (PersonId("pc-okafor"),))
    drill = replace(over(an_incident(**AREA, drill=True)), tellings=(told,))
    ledger, command, incident = a_scene(blocked, held, incident=drill)
    hold(ledger, held, incident, after(20.25))
    note_scene(incident, command, effective_at=after(0.125))

    timed = timing(the_sitrep(ledger, command, incident))

    assert (timed.board_effective, timed.first_letter, timed.last_letter) == (0.125, 2, 9.5)
    assert timed.stand_down == HOUR.total_seconds()
    assert {(post.post_id, seconds) for post, seconds in timed.stopped} == {
        (blocked.post_id, 90),
        (held.post_id, 20.25),
    }


def test_what_has_not_happened_has_no_seconds():
    ledger, command, incident = a_scene()

    timed = timing(the_sitrep(ledger, command, incident))

    assert (timed.board_effective, timed.first_letter, timed.last_letter, timed.stand_down) == (
        None,
        None,
        None,
        None,
    )


def test_a_post_held_again_for_something_else_has_lost_its_first_second():
    post = waiting(State.CLEARED, incident="01INCIDENT")
    ledger, command, incident = a_scene(post)
    hold(ledger, post, an_incident("02LATER"), after(50))
    kept = ledger.posts.get(post.post_id)
    ledger.keep(replace(kept, incident="01INCIDENT"))

    report = report_shape(the_sitrep(ledger, command, incident))

    assert [row["seconds"] for row in report["held"]] == [None]


def test_the_table_has_a_line_a_post_and_nobodys_words():
    blocked = a_post("=cmd()", state=State.BLOCKED, submitted_at=after(9), incident="01INCIDENT")
    queued = waiting(platforms=(PlatformName("sandbox"),))
    ledger, command, incident = a_scene(blocked, queued)

    rows = list(csv.DictReader(report_csv(the_sitrep(ledger, command, incident)).splitlines()))

    assert [(row["what"], row["post_id"], row["seconds"]) for row in rows] == [
        ("blocked", blocked.post_id, "9.0"),
        ("queued", queued.post_id, ""),
    ]
    assert not any("cmd" in value for row in rows for value in row.values())


def test_a_held_post_leads_to_its_review_and_another_to_its_own_page():
    held, queued = waiting(State.CLEARED), waiting()
    ledger, command, incident = a_scene(held, queued)
    hold(ledger, held, incident, after(20))

    found = the_sitrep(ledger, command, incident)
    view = incident_view(incident, {}, {}, in_full=True, found=found)

    addresses = {row.address for group in view.groups for row in group.rows}
    assert addresses == {f"/held/{held.post_id}-1", f"/posts/{queued.post_id}"}


def test_whoever_may_not_know_is_shown_neither_why_nor_what():
    _, _, incident = a_scene()

    view = incident_view(incident, {}, {}, in_full=False, found=None)

    shown = [line for fact in view.facts for line in fact.lines]
    assert view.groups is None
    assert not any(incident.why in line for line in shown)
