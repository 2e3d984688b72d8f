"""Two hundred posts in every state there is, when a critical incident is declared (I01-I04).

From the moment the declaration is answered nothing of a silent account reaches a platform that was
not claimed for it before; standing the incident down lets nothing go by itself.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from local.force import COMMANDER, DUTY_OFFICER, OFFICER
from local.sandbox.faults import Fault, FaultKind
from shared.posts.life import ENDINGS, State
from shared.records.hold import Why
from tests.workflows.asking import Asked
from tests.workflows.force import FREE, WATCHED, a_force, eventually
from tests.workflows.holding import holds
from tests.workflows.incidents import declare, report, review, stand_down
from tests.workflows.room import no_room_for

pytestmark = pytest.mark.timeout(300)

QUEUED = {
    "held late": 20,
    "scheduled": 40,
    "approved": 20,
    "waiting": 30,
    "told to wait": 5,
    "on its way": 40,
    "submitted": 30,
}
"""How many of the account that falls silent; with those that go on speaking they are 200."""

EXEMPT, CORPORATE = 10, 5
SLOW = 0.3
FLAGGED = "https://roads.example.org/leek"


class SlowPlatform:
    """The sandbox, made slow; what reaches it is noted before it is taken."""

    def __init__(self, force):
        self.reached, self._take = [], force.stack.sandbox.network.post
        force.stack.sandbox.network.post = self._slowly

    def _slowly(self, who, fields, base):
        self.reached.append(fields["text"])
        threading.Event().wait(SLOW)
        return self._take(who, fields, base)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


def texts(kind, count, words=""):
    return [f"Number {number}, {kind}. {words}".strip() for number in range(count)]


def send(force, person, kind, account=FREE, words="", count=None, due=None):
    """Send in posts of one kind, a few at a time; their ids by their words."""
    caller, when = force.caller(person.person_id), {"not_before": due.isoformat()} if due else {}

    def one(text):
        body = {"text": text, "account": account, "platforms": ["sandbox"], **when}
        heard = caller.post_json("/v1/posts", body)
        assert heard.status == 202, heard.text
        return text, heard.json()["post_id"]

    with ThreadPoolExecutor(4) as pool:
        return dict(pool.map(one, texts(kind, QUEUED.get(kind, count), words)))


def all_in(force, posts, *states):
    for post_id in posts.values():
        assert force.until(post_id, *states, *ENDINGS) in states


def approve(force, posts):
    """Approve in the queue, signed in."""
    for post_id in posts.values():
        force.letter(post_id)
        words = {"decision": "approve", "content_hash": force.posts.get(post_id).content_hash}
        heard = force.comms.post_json(f"/v1/approvals/{post_id}/1/decision", words)
        assert heard.status == 200, heard.text


def claimed(force):
    """The posts that a worker has claimed for a platform so far."""
    rows = force.stack.tables.publications.scan(consistent_read=True)
    return {row.post_key.partition("@")[0] for row in rows}


def soon(force, **by):
    return force.stack.clock.now() + timedelta(**by)


def queue_of_every_state(force):
    """The 200 but for what is on its way or not yet looked at, by kind."""
    queue = {"held late": send(force, OFFICER, "held late", due=soon(force, minutes=10))}
    all_in(force, queue["held late"], State.CLEARED)
    force.turn(hours=3)
    all_in(force, queue["held late"], State.HELD)
    in_an_hour = soon(force, hours=1)
    queue["scheduled"] = send(force, OFFICER, "scheduled", due=in_an_hour)
    queue["approved"] = send(force, OFFICER, "approved", words=FLAGGED, due=in_an_hour)
    queue["waiting"] = send(force, OFFICER, "waiting", words=FLAGGED)
    queue["exempt"] = send(force, OFFICER, "exempt", account=WATCHED, count=EXEMPT)
    queue["corporate"] = send(
        force, DUTY_OFFICER, "corporate", account="force", count=CORPORATE, due=in_an_hour
    )
    approve(force, queue["approved"])
    all_in(force, queue["scheduled"] | queue["approved"] | queue["corporate"], State.CLEARED)
    all_in(force, queue["waiting"] | queue["exempt"], State.AWAITING_APPROVAL)
    for text in texts("told to wait", QUEUED["told to wait"]):
        force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, containing=text))
    queue["told to wait"] = send(force, OFFICER, "told to wait")
    eventually(lambda: set(queue["told to wait"].values()) <= claimed(force))
    return queue


def test_of_200_posts_in_every_state_nothing_goes_out_that_was_not_claimed_before(force):
    queue = queue_of_every_state(force)
    due = soon(force, minutes=5)
    queue["on its way"] = send(force, OFFICER, "on its way", due=due)
    all_in(force, queue["on its way"], State.CLEARED)
    platform = SlowPlatform(force)
    with no_room_for(force, "CheckPolicy"):
        queue["submitted"] = send(force, OFFICER, "submitted")
        force.stack.clock.turn_to(due)
        eventually(lambda: len(platform.reached) >= 8)

        declaration = declare(force, exempt=[WATCHED])
        before = claimed(force)
    assert declaration.status == 201, declaration.text
    assert sum(map(len, queue.values())) == 200
    silent = {
        text: post_id
        for kind, posts in queue.items()
        if kind in QUEUED
        for text, post_id in posts.items()
    }
    sent = {post_id for post_id in queue["on its way"].values() if post_id in before}
    assert 8 <= len(sent) < len(queue["on its way"]), "the incident came in the midst of it"

    # Everything goes on as though nothing had happened.
    by_link = next(iter(queue["waiting"].values()))
    assert Asked(force, by_link, force.letter(by_link)).open().send().status == 403
    approve(force, queue["waiting"] | queue["exempt"])
    for post_id in queue["held late"].values():
        assert review(force, post_id, "release", by=OFFICER.person_id).status == 200
    words = {"text": "Keep away.", "account": "moorlands-cmdr", "platforms": ["sandbox"]}
    commander = force.caller(COMMANDER.person_id).post_json("/v1/posts", words).json()["post_id"]
    all_in(force, queue["submitted"], State.HELD)
    force.turn(hours=1)

    stopped = {text: post_id for text, post_id in silent.items() if post_id not in sent}
    speaking = queue["exempt"] | queue["corporate"] | {"Keep away.": commander}
    force.turn(minutes=30)  # what a platform told to wait comes back by now
    all_in(force, speaking, State.PUBLISHED)
    eventually(lambda: all(is_held_for_the_incident(force, p) for p in stopped.values()))
    assert {force.until(post_id) for post_id in sent} == {State.PUBLISHED}
    assert {silent[text] for text in platform.reached if text in silent} == sent
    assert sorted(post.text for post in force.stack.sandbox.posts) == sorted(
        [*speaking, *(text for text, post_id in silent.items() if post_id in sent)]
    )
    incident = declaration.json()
    assert {row["post_id"] for row in report(force, incident)["held"]} == set(stopped.values())

    # Standing it down lets nothing go.
    assert stand_down(force, incident["incident_id"]).status == 200
    reached = len(platform.reached)
    for _ in range(3):
        force.turn(hours=9)
        force.stack.call("ResumeStalled", {})
    assert {force.state(post_id) for post_id in stopped.values()} == {State.HELD}
    assert len(platform.reached) == reached

    # One by one, and only what somebody looked at.
    looked_at = {
        kind: next(iter(queue[kind].values()))
        for kind in ("held late", "scheduled", "approved", "waiting", "told to wait", "submitted")
    }
    given_back = looked_at.pop("scheduled")
    for post_id in looked_at.values():
        assert review(force, post_id, "release").status == 200
        assert force.until(post_id) is State.PUBLISHED
    assert review(force, given_back, "return").status == 200
    assert force.until(given_back) is State.RETURNED
    assert len(platform.reached) == reached + len(looked_at)
    left = set(stopped.values()) - {given_back, *looked_at.values()}
    assert {force.state(post_id) for post_id in left} == {State.HELD}


def is_held_for_the_incident(force, post_id):
    if force.state(post_id) is not State.HELD:
        return False
    hold = holds(force).find(post_id, 1)
    return hold is not None and hold.waits and hold.why is Why.INCIDENT
