"""What an incident stopped is found again by its name, and what is under way by its state."""

from datetime import timedelta

from shared.posts.life import Outcome, State
from shared.posts.names import IncidentId
from shared.records.hold import Why, new_hold
from shared.records.holds import Holds
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.stopped import Stop, Stopped
from tests.builders import NOW, a_pen, a_post, an_act
from tests.records.test_publications import a_frozen

INCIDENT = IncidentId("01INCIDENT")
LATER = NOW + timedelta(minutes=1)


def kept(store, state, **changes):
    return Posts(store, a_pen()).submit(a_post(state=state, **changes), an_act())


def held(store, incident=INCIDENT):
    post = kept(store, State.CLEARED)
    hold = new_hold(
        post,
        Why.INCIDENT,
        at=LATER,
        ends_at=NOW + timedelta(days=30),
        task_token="token",
        incident=incident,
    )
    return Holds(store, a_pen()).open(post, hold, an_act("post.held", at=LATER)), hold


def test_what_it_blocked_and_held_with_the_hold(store):
    blocked = kept(store, State.BLOCKED, incident=INCIDENT)
    on_hold, hold = held(store)
    held(store, IncidentId("02OTHER"))
    kept(store, State.BLOCKED)

    found = Stopped(store).by(INCIDENT)

    assert set(found) == {Stop(blocked, None), Stop(on_hold, hold)}


def test_what_was_held_is_found_though_it_went_on(store):
    post, hold = held(store)
    holds = Holds(store, a_pen())
    holds.expire(post, hold, an_act("post.expired"))

    (stop,) = Stopped(store).by(INCIDENT)

    assert stop.post.state is State.EXPIRED
    assert stop.hold == holds.get(post.post_id, 1)


def test_an_incident_that_stopped_nothing_has_nothing(store):
    assert Stopped(store).by(INCIDENT) == ()


def test_what_is_under_way_is_what_waits_for_nobodys_review(store):
    states = (State.SUBMITTED, State.AWAITING_APPROVAL, State.CLEARED, State.RELEASED)
    going = {kept(store, state).post_id for state in states}
    later = kept(store, State.CLEARED, not_before=NOW + timedelta(days=300))
    on_hold, _ = held(store)
    kept(store, State.PUBLISHED)

    stopped = Stopped(store)

    assert {post.post_id for post in stopped.under_way()} == going | {later.post_id}
    assert [post.post_id for post in stopped.on_hold()] == [on_hold.post_id]


def test_a_target_is_in_flight_from_its_claim_until_its_outcome_is_known(store):
    publications = Publications(store, a_pen())
    post = kept(store, State.RELEASED)
    claim = publications.claim(post, a_frozen(), an_act(at=NOW), generation=0)
    publications.settle(claim, Outcome.SENT, an_act(at=LATER))

    seconds = (-1, 0, 59, 60)
    flying = [
        len(Stopped(store).in_flight([post], NOW + timedelta(seconds=second))) for second in seconds
    ]

    assert flying == [0, 1, 1, 0]


def test_many_are_read_in_hundreds(store, calls):
    posts = [kept(store, State.RELEASED) for _ in range(101)]
    calls.clear()

    Stopped(store).in_flight(posts, NOW)

    assert calls == ["BatchGetItem"] * 2
