"""While a critical incident lasts, whoever it keeps quiet is told so as they write."""

from contextlib import contextmanager

import pytest

from local.demo.caller import Caller
from local.force import COMMANDER
from shared.accounts.incident import Scope
from shared.posts.life import State
from shared.posts.names import PostId
from tests.workflows.force import FREE, WATCHED, a_force
from tests.workflows.holding import an_incident_lasting

WORDS = "Bike marking at the market on Saturday."
LPT = "moorlands-cmdr"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


@contextmanager
def an_incident(force, **changes):
    """Declared, and a moment later over: the functions' clocks are some milliseconds behind."""
    with an_incident_lasting(force, **changes) as incident:
        force.turn(seconds=5)
        yield incident
    force.turn(seconds=5)


def send(force, account=FREE, who=None, **more):
    caller = who or force.officer
    body = {"text": WORDS, "account": account, "platforms": ["sandbox"], **more}
    return caller.post_json("/v1/posts", body)


def check(force, **more):
    heard = force.officer.post_json("/v1/checks", {"text": WORDS, "platforms": ["sandbox"], **more})
    return {finding["rule"]: finding for finding in heard.json()["findings"]}


def test_a_post_of_an_affected_account_is_blocked_and_says_what_to_do(force):
    with an_incident(force) as incident:
        heard = send(force)

    assert heard.status == 422
    post = heard.json()["post"]
    assert (post["state"], post["incident"]) == ("blocked", incident.incident_id)
    (finding,) = [f for f in heard.json()["findings"] if f["rule"] == "critical-incident"]
    assert finding["suggestion"].endswith("wait until the incident is stood down.")
    assert force.published(WORDS) == 0
    again = send(force, replaces=f"{post['post_id']}@1")
    assert again.status == 202, "once it is over the same words go their way"
    assert force.until(PostId(post["post_id"])) is State.PUBLISHED


def test_a_newer_version_during_an_incident_stops_the_one_that_waits_and_waits_itself(force):
    post_id = force.submit("Before the incident.", WATCHED)
    force.until(post_id, State.AWAITING_APPROVAL)

    with an_incident(force):
        heard = send(force, WATCHED, replaces=f"{post_id}@1")

    assert heard.status == 422
    states = [post.state for post in force.posts.history(post_id)]
    assert states == [State.SUPERSEDED, State.BLOCKED]


def test_the_check_while_typing_knows_whom_the_incident_reaches(force):
    with an_incident(force, exempt=frozenset({WATCHED})):
        assert "critical-incident" in check(force, account=FREE)
        assert "critical-incident" not in check(force, account=WATCHED)
        assert "critical-incident" not in check(force), "without an account nobody knows"

    assert "critical-incident" not in check(force, account=FREE)


def test_an_incident_elsewhere_keeps_nobody_here_quiet(force):
    with an_incident(force, scope=Scope.AREA, area="Harbour", lpt=None):
        assert "critical-incident" not in check(force, account=FREE)
    with an_incident(force, scope=Scope.AREA, area="Moorlands", lpt=LPT):
        assert "critical-incident" in check(force, account=FREE), "its parent is the LPT's account"


def test_a_commander_speaks_on(force):
    with an_incident(force):
        heard = send(
            force, LPT, force.caller(COMMANDER.person_id), urgent_reason="Keep people off."
        )

    assert heard.status == 202, heard.text


def test_the_check_button_says_the_same_as_sending_would(force):
    officer = Caller(force.stack.url, cookies={"__Host-session": force.officer.token})
    form = {**officer.get("/posts/new").fields(), "act": "check", "text": WORDS}
    form |= {"account": FREE, "platforms": "sandbox"}

    with an_incident(force):
        heard = officer.post_form("/posts/new", form)

    assert "This post cannot go out yet" in heard.text, heard.text[-1200:]
    assert "A critical incident is declared" in heard.text
