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
from shared.posts.life import ENDINGS, Outcome, State
from shared.records.hold import Why
from tests.workflows.asking import Asked
from tests.workflows.force import FREE, WATCHED, a_force, eventually
from tests.workflows.holding import holds
from tests.workflows.incidents import declare, read, report, review, stand_down
from tests.workflows.room import no_room_for

pytestmark = pytest.mark.timeout(300)

QUEUED = {
    "held late": 20,
    "scheduled": 40,
    "approved": 20,
    "waiting": 30,
    "on its way": 45,
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
    what = f"Bike marking at the market: {kind.replace(' ', '-')}"
    return [f"{what}, {number}. {words}".strip() for number in range(count)]


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
    return {row.post_key.partition("#")[0] for row in rows}


def told_to_wait(force):
    """Those to whom the platform, or what is known of it, said not now."""
    rows = force.stack.tables.publications.scan(consistent_read=True)
    return [row.post_key for row in rows if row.state == Outcome.UNCERTAIN.value]


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
    return queue


def declare_in_the_midst(force, queue, platform):
    """Declare it while posts are sent, and others were told to wait; who was claimed by then, and
    the incident. What is claimed after the first "not now" waits as well."""
    due = soon(force, minutes=5)
    queue["on its way"] = send(force, OFFICER, "on its way", due=due)
    all_in(force, queue["on its way"], State.CLEARED)
    with no_room_for(force, "CheckPolicy"):
        queue["submitted"] = send(force, OFFICER, "submitted")
        force.stack.clock.turn_to(due)
        eventually(lambda: len(platform.reached) >= 8)
        force.stack.sandbox.faults.add(Fault(FaultKind.RATE_LIMITED, times=5))
        eventually(lambda: told_to_wait(force))
        force.stack.sandbox.faults.clear()  # whoever goes on speaking is not told to wait
        heard = declare(force, exempt=[WATCHED])
        before = claimed(force)
    assert heard.status == 201, heard.text
    return before, heard.json()


def go_on_as_if_nothing_had_happened(force, queue):
    """Everybody does what they would have done, and every time comes that was waited for."""
    by_link = next(iter(queue["waiting"].values()))
    assert Asked(force, by_link, force.letter(by_link)).open().send().status == 403
    approve(force, queue["waiting"] | queue["exempt"])
    for post_id in queue["held late"].values():
        assert review(force, post_id, "release", by=OFFICER.person_id).status == 200
    queue["commander"] = send(force, COMMANDER, "commander", account="moorlands-cmdr", count=1)
    force.turn(hours=1)
    force.turn(minutes=30)  # what a platform told to wait comes back by now


def test_of_200_posts_in_every_state_nothing_goes_out_that_was_not_claimed_before(force):
    queue, platform = queue_of_every_state(force), SlowPlatform(force)
    before, incident = declare_in_the_midst(force, queue, platform)
    assert sum(map(len, queue.values())) == 200
    silent = {text: p for kind in QUEUED for text, p in queue[kind].items()}

    go_on_as_if_nothing_had_happened(force, queue)

    all_in(force, silent, State.PUBLISHED, State.HELD)
    sent = {text: p for text, p in silent.items() if text in platform.reached}
    stopped = {text: p for text, p in silent.items() if text not in sent}
    assert set(sent.values()) <= before & set(queue["on its way"].values())
    assert 8 <= len(sent) < QUEUED["on its way"], "it was declared in the midst"
    speaking = queue["exempt"] | queue["corporate"] | queue["commander"]
    all_in(force, sent | speaking, State.PUBLISHED)
    all_in(force, stopped, State.HELD)
    eventually(lambda: all(is_held_for_the_incident(force, p) for p in stopped.values()))
    assert sorted(platform.reached) == sorted(sent | speaking)
    assert sorted(p.text for p in force.stack.sandbox.posts) == sorted(sent | speaking)
    assert {row["post_id"] for row in report(force, incident)["held"]} == set(stopped.values())

    assert stand_down(force, incident["incident_id"]).status == 200
    eventually(lambda: len(read(force, incident)["told"]) == 2)
    for _ in range(3):
        force.turn(hours=9)
        force.stack.call("ResumeStalled", {})
    all_in(force, stopped, State.HELD)
    assert len(platform.reached) == len(sent | speaking)

    let_go = {kind: next(iter(queue[kind].items())) for kind in QUEUED if kind != "on its way"}
    _, given_back = let_go.pop("scheduled")
    assert review(force, given_back, "return").status == 200
    assert force.until(given_back) is State.RETURNED
    for _, post_id in let_go.values():
        assert review(force, post_id, "release").status == 200
        assert force.until(post_id) is State.PUBLISHED
    assert platform.reached[len(sent | speaking) :] == [text for text, _ in let_go.values()]
    looked_at = {given_back, *(post_id for _, post_id in let_go.values())}
    all_in(force, {t: p for t, p in stopped.items() if p not in looked_at}, State.HELD)


def is_held_for_the_incident(force, post_id):
    if force.state(post_id) is not State.HELD:
        return False
    hold = holds(force).find(post_id, 1)
    return hold is not None and hold.waits and hold.why is Why.INCIDENT
