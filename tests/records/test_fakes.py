"""The records in memory that unit tests are written against answer as the real ones do.

Any tale is told to both: each step is made with something seen before, however stale, and both
have to answer alike, refuse with the same words, and keep the same.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from shared.accounts.incident import Event, Incident, Scope, Telling
from shared.platforms.base import Frozen, Receipt
from shared.posts.errors import PostError
from shared.posts.life import Outcome, State
from shared.posts.names import AccountId, PersonId, PlatformName
from shared.records.approval import Decision, Ruling, TakenBack, Way
from shared.records.approvals import Approvals
from shared.records.errors import RecordsError
from shared.records.hold import Hold, HoldRuling, Review
from shared.records.holds import Holds
from shared.records.incidents import Incidents
from shared.records.posts import Posts
from shared.records.publications import Publications
from shared.records.replacing import Replacing, Standing
from tests.builders import NOW, a_hold, a_pen, a_post, a_post_id, a_round, an_act, an_incident
from tests.unit.fakes import Ledger

SANDBOX = PlatformName("sandbox")
RECEIPT = Receipt("id", "https://sandbox.example/1", "Open.", "cid")
LATER = NOW + timedelta(minutes=1)
FOR_EVER = NOW + timedelta(days=999)


class Both:
    """The same records twice; `ask` puts one question to both and compares what they say."""

    def __init__(self, store):
        self.real = {
            "posts": Posts(store, a_pen()),
            "approvals": Approvals(store, a_pen()),
            "publications": Publications(store, a_pen()),
            "incidents": Incidents(store, a_pen()),
            "replacing": Replacing(store, a_pen()),
            "holds": Holds(store, a_pen()),
        }
        self.ledger = Ledger()
        self.fake = {name: getattr(self.ledger, name) for name in self.real}

    def ask(self, noun, question, *arguments, **named):
        told = [
            answer_of(getattr(records[noun], question), *arguments, **named)
            for records in (self.real, self.fake)
        ]
        assert told[0] == told[1], f"{noun}.{question}"
        return told[0]


def answer_of(question, *arguments, **named):
    try:
        return question(*arguments, **named)
    except (RecordsError, PostError) as error:
        return type(error), str(error)


def told_alike(max_examples):
    """Any tale; the store is emptied after the last one, because every tale has its own post. What
    fails is not made smaller: that would take the database minutes."""
    return settings(
        max_examples=max_examples,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@told_alike(25)
@given(data=st.data())
def test_publications(store, data):
    both, posts = Both(store), [a_post(state=State.RELEASED) for _ in range(2)]
    seen, shown = [], replace(RECEIPT, platform_id=posts[0].post_id)
    for _ in range(data.draw(st.integers(1, 8))):
        step = data.draw(
            st.sampled_from(["claim", "settle", "attempt", "looked"] if seen else ["claim"])
        )
        if step == "claim":
            frozen = Frozen(SANDBOX, data.draw(st.sampled_from(["A", "B"])), {"text": "Open."})
            post = data.draw(st.sampled_from(posts))
            told = both.ask("publications", step, post, frozen, an_act())
        elif step == "attempt":
            told = both.ask("publications", step, data.draw(st.sampled_from(seen)), an_act())
        elif step == "looked":
            told = both.ask("publications", step, data.draw(st.sampled_from(seen)), an_act(), "So.")
        else:
            publication, to = data.draw(st.sampled_from(seen)), data.draw(st.sampled_from(Outcome))
            so = data.draw(st.sampled_from([{"receipt": shown}, {"named": shown.platform_id}, {}]))
            so["disputed"] = data.draw(st.booleans())
            told = both.ask("publications", step, publication, to, an_act(), reason="So.", **so)
        if not isinstance(told, tuple):
            seen.append(told)
        for post_id in {publication.post_id for publication in seen}:
            both.ask("publications", "get", post_id, 1, SANDBOX)
    for post in posts:
        both.ask("publications", "of", post.post_id, 1)


@told_alike(15)
@given(data=st.data())
def test_posts(store, data):
    both, first = Both(store), a_post(author=PersonId(f"p-{a_post_id().lower()}"))
    seen = [both.ask("posts", "submit", first, an_act())]
    for _ in range(data.draw(st.integers(1, 6))):
        post = data.draw(st.sampled_from(seen))
        step = data.draw(st.sampled_from(["move", "note", "submit"]))
        if step == "move":
            to, reason = (
                data.draw(st.sampled_from(State)),
                data.draw(st.sampled_from([None, "So."])),
            )
            told = both.ask("posts", step, post, to, an_act(at=LATER), reason=reason)
        elif step == "note":
            noted = replace(post, second_reader=data.draw(st.sampled_from(["tiny 7", "none"])))
            told = both.ask("posts", step, post, noted, an_act(at=LATER))
        else:
            version, words = data.draw(st.integers(1, 3)), data.draw(st.sampled_from(["A", "B"]))
            newer = a_post(words, post_id=first.post_id, version=version, author=first.author)
            told = both.ask(
                "posts", "submit", newer, an_act(), data.draw(st.sampled_from([None, "k"]))
            )
        if not isinstance(told, tuple):
            seen.append(told)
        both.ask("posts", "get", first.post_id, post.version)
        both.ask("posts", "history", first.post_id)
    for moment in (NOW, LATER, FOR_EVER):
        stalled = both.real["posts"].stalled(moment)
        here = {post.version: post for post in stalled if post.post_id == first.post_id}
        assert here == {post.version: post for post in both.fake["posts"].stalled(moment)}


@told_alike(20)
@given(data=st.data())
def test_approvals(store, data):
    both, first = Both(store), a_post(author=PersonId(f"p-{a_post_id().lower()}"))
    posts, approvals = [both.ask("posts", "submit", first, an_act())], []
    for number in range(data.draw(st.integers(1, 8))):
        steps = ["open", "fail", "supersede", "withdraw"]
        steps += ["renew", "decide", "edit", "expire", "void", "delivered"] if approvals else []
        step = data.draw(st.sampled_from(steps))
        post = data.draw(st.sampled_from(posts))
        approval = data.draw(st.sampled_from(approvals)) if approvals else None
        if step == "fail":
            told = both.ask("posts", "move", post, State.FAILED, an_act())
        elif step == "open":
            told = both.ask("approvals", step, post, a_round(number), an_act())
        elif step in {"supersede", "withdraw"}:
            told = taken_back(both, step, Standing(post, approval), number, data)
        elif step == "renew":
            told = both.ask("approvals", step, approval, a_round(number), an_act())
        elif step in {"decide", "edit"}:
            told = ruled(both, step, post, approval, data)
        elif step == "delivered":
            told = both.ask("approvals", step, approval) if approval.told else ()
        else:
            told = both.ask("approvals", step, post, approval, an_act(reason="So."))
        if isinstance(told, Standing):
            approvals += [told.approval] if told.approval else []
        elif not isinstance(told, tuple):
            (posts if step == "fail" else approvals).append(told)
        both.ask("approvals", "get", first.post_id, 1)
        standing = both.ask("posts", "get", first.post_id, 1)
        posts.append(standing)
    undelivered = both.real["approvals"].undelivered(FOR_EVER)
    here = [approval for approval in undelivered if approval.post_id == first.post_id]
    assert here == list(both.fake["approvals"].undelivered(FOR_EVER))


@told_alike(20)
@given(data=st.data())
def test_holds(store, data):
    both, first = Both(store), a_post(state=State.CLEARED)
    posts, holds = [both.ask("posts", "submit", first, an_act())], []
    for number in range(data.draw(st.integers(1, 8))):
        steps = ["open", "fail"] + (["renew", "review", "expire", "delivered"] if holds else [])
        step = data.draw(st.sampled_from(steps))
        post = data.draw(st.sampled_from(posts))
        hold = data.draw(st.sampled_from(holds)) if holds else None
        if step == "fail":
            told = both.ask("posts", "move", post, State.FAILED, an_act())
        elif step == "open":
            at, partly = NOW + timedelta(minutes=number), data.draw(st.booleans())
            anew = a_hold(first, at=at, partly=partly, task_token=f"token-{number}")
            told = both.ask("holds", step, post, anew, an_act(reason="So."))
        elif step == "renew":
            told = both.ask("holds", step, hold, f"token-{number}")
        elif step == "review":
            choice = data.draw(st.sampled_from([Review.RELEASE, Review.RETURN]))
            ruling = HoldRuling(choice, PersonId("comms-ray"), LATER, "So.")
            told = both.ask("holds", step, post, hold, ruling, an_act())
        elif step == "delivered":
            told = both.ask("holds", step, hold) if hold.ruling else ()
        else:
            told = both.ask("holds", step, post, hold, an_act(reason="So."))
        if not isinstance(told, tuple):
            (holds if isinstance(told, Hold) else posts).append(told)
        found = both.ask("holds", "find", first.post_id, 1)
        holds += [found] if found else []
        posts.append(both.ask("posts", "get", first.post_id, 1))
    for listed in (lambda held: held.undelivered(FOR_EVER), lambda held: held.queue().entries):
        real, fake = (
            [each for each in listed(kept["holds"]) if first.post_id in repr(each)]
            for kept in (both.real, both.fake)
        )
        assert real == fake


def taken_back(both, step, standing, number, data):
    """What both make of a newer version, or of taking it back; how it stands then, if it worked."""
    ending = State.SUPERSEDED if step == "supersede" else State.WITHDRAWN
    back = TakenBack(ending, PersonId("pc-okafor"), LATER)
    if step == "withdraw":
        return both.ask("replacing", step, standing, back, "Off.", [an_act()])
    post, key = standing.post, data.draw(st.sampled_from([None, "k"]))
    newer = a_post(f"Words {number}.", post_id=post.post_id, version=2, author=post.author)
    told = both.ask("replacing", step, standing, newer, back, [an_act()], key)
    return told[1] or () if isinstance(told[1], Standing | None) else told


def ruled(both, step, post, approval, data):
    """What both make of a decision, or of an edit that brings the next version with it."""
    choice = Decision.EDIT if step == "edit" else data.draw(st.sampled_from(Decision))
    ruling = Ruling(choice, PersonId("comms-ray"), LATER, Way.LINK, "So.")
    if step == "decide":
        return both.ask("approvals", step, post, approval, ruling, an_act())
    words = {"post_id": post.post_id, "version": 2, "author": post.author}
    acts = (an_act(), an_act())
    return both.ask("approvals", step, post, approval, ruling, a_post("Edited.", **words), acts)


@told_alike(15)
@given(data=st.data())
def test_incidents(store, data):
    """Incidents share one board, so every tale has areas of its own."""
    both, tale = Both(store), a_post_id()
    both.ledger.incidents.on_board = both.real["incidents"].board()
    seen = []
    for number in range(data.draw(st.integers(1, 8))):
        step = data.draw(st.sampled_from(STEPS if seen else ["declare"]))
        if step == "declare":
            area = f"{tale} {data.draw(st.sampled_from(['north', 'south']))}"
            new = an_incident(f"{tale}-{number}", scope=Scope.AREA, area=area)
            told = both.ask("incidents", step, new, an_act())
        elif step == "told":
            event = data.draw(st.sampled_from(list(Event)))
            telling = Telling(event, None, None, NOW, number)
            told = both.ask("incidents", step, data.draw(st.sampled_from(seen)), telling, an_act())
        else:
            before = data.draw(st.sampled_from(seen))
            after = ended(before) if step == "stand_down" else spared(before, number)
            told = both.ask("incidents", step, before, after, an_act())
        if isinstance(told, Incident):
            seen.append(told)
        both.ask("incidents", "board")
    for incident in seen:
        both.ask("incidents", "get", incident.incident_id)


STEPS = ["declare", "stand_down", "exempt", "told"]


def ended(incident):
    return replace(
        incident, stood_down_by=PersonId("comms-ray"), stood_down_at=LATER, stood_down_why="Quiet."
    )


def spared(incident, number):
    return replace(incident, exempt=frozenset({AccountId(f"team-{number}")}))
