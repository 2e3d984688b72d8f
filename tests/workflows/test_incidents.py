"""A critical incident, from the declaration to the last post that was looked at."""

import csv
from datetime import timedelta

import pytest

from local.force import AUDITOR, COMMANDER, COMMS, OFFICER
from shared.posts.life import State
from tests.workflows.force import FREE, WATCHED, a_force
from tests.workflows.incidents import (
    CONCERNED,
    MOORLANDS,
    declare,
    declared,
    held,
    path_of,
    read,
    report,
    review,
    stand_down,
    told,
)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


def soon(force, hours=1):
    return (force.stack.clock.now() + timedelta(hours=hours)).isoformat()


def scheduled(force, text, account=FREE, hours=1):
    """A cleared post that is due later."""
    post_id = force.submit(text, account, not_before=soon(force, hours))
    force.until(post_id, State.CLEARED)
    return post_id


class TestWhatItStops:
    def test_words_sent_in_while_it_lasts_are_refused_and_counted(self, force):
        with declared(force) as incident:
            body = {"text": "The fete is on.", "account": FREE, "platforms": ["sandbox"]}
            heard = force.officer.post_json("/v1/posts", body)

            assert heard.status == 422
            assert "critical-incident" in {f["rule"] for f in heard.json()["findings"]}
            (row,) = report(force, incident)["blocked"]
            assert row["post_id"] == heard.json()["post"]["post_id"]
            assert read(force, incident)["stopped"]["blocked"] == 1
        assert force.published("The fete is on.") == 0

    def test_a_scheduled_post_is_held_when_it_is_due_and_waits_beyond_the_stand_down(self, force):
        post_id = scheduled(force, "Due in the midst of it.")
        with declared(force) as incident:
            assert post_id in {q["post_id"] for q in report(force, incident)["queued"]}

            force.turn(hours=1, seconds=5)

            assert held(force, post_id)["incident"] == incident["incident_id"]
            assert post_id in {h["post_id"] for h in report(force, incident)["held"]}
        assert force.state(post_id) is State.HELD
        assert review(force, post_id, "release").status == 200
        assert force.until(post_id) is State.PUBLISHED
        assert force.published("Due in the midst of it.") == 1

    def test_a_post_due_after_the_stand_down_is_held_all_the_same(self, force):
        post_id = scheduled(force, "Due long after it.", hours=3)
        with declared(force):
            force.turn(minutes=1)

        force.turn(hours=3)

        assert held(force, post_id)["why"] == "incident"
        assert review(force, post_id, "return").status == 200
        assert force.until(post_id) is State.RETURNED

    def test_a_post_that_waits_for_approval_is_held_once_it_is_approved(self, force):
        post_id = force.submit("Waits for a second person.", WATCHED)
        force.until(post_id, State.AWAITING_APPROVAL)
        with declared(force) as incident:
            queued = {q["post_id"] for q in report(force, incident)["queued"]}
            words = force.posts.get(post_id).content_hash
            force.turn(seconds=5)
            decision = {"decision": "approve", "content_hash": words}

            heard = force.comms.post_json(f"/v1/approvals/{post_id}/1/decision", decision)

            assert heard.status == 200, heard.text
            assert post_id in queued
            assert held(force, post_id)["incident"] == incident["incident_id"]
        assert review(force, post_id, "return").status == 200
        force.until(post_id)

    def test_an_exempt_account_and_a_commander_go_on_speaking(self, force):
        with declared(force, exempt=[FREE]) as incident:
            post_id = force.submit("The rest centre is at the school.")
            body = {"text": "Keep away.", "account": "moorlands-cmdr", "platforms": ["sandbox"]}
            commander = force.caller(COMMANDER.person_id).post_json("/v1/posts", body)

            assert force.until(post_id) is State.PUBLISHED
            assert force.until(commander.json()["post_id"]) is State.PUBLISHED
            assert report(force, incident)["blocked"] == []

    def test_an_account_exempted_later_may_have_its_held_post_let_go(self, force):
        post_id = scheduled(force, "Held, then exempted.")
        with declared(force) as incident:
            force.turn(hours=1, seconds=5)
            held(force, post_id)
            early = review(force, post_id, "release")
            path = f"/v1/incidents/{incident['incident_id']}/exempt"
            body = {"accounts": [FREE], "why": "They run the rest centre."}

            assert early.status == 403
            assert force.comms.post_json(path, body).json()["exempt"] == [FREE]
            assert review(force, post_id, "release").status == 200
            assert force.until(post_id) is State.PUBLISHED

    def test_an_area_stops_its_own_teams_and_no_others(self, force):
        with declared(force, by=COMMANDER.person_id, **MOORLANDS) as incident:
            body = {"text": "News of the fete.", "platforms": ["sandbox"]}
            inside = force.officer.post_json("/v1/posts", {**body, "account": FREE})
            outside = force.comms.post_json("/v1/posts", {**body, "account": "force"})

            assert inside.status == 422
            assert force.until(outside.json()["post_id"]) is State.PUBLISHED
            assert report(force, incident)["accounts"] == [
                "cheadle-npt",
                "leek-npt",
                "moorlands-cmdr",
            ]


class TestWhoMay:
    def test_a_commander_declares_for_their_own_area_only(self, force):
        commander = COMMANDER.person_id

        wide = declare(force, commander)
        elsewhere = declare(force, commander, scope="area", area="Leek")

        assert (wide.status, elsewhere.status) == (403, 403)
        assert "duty officer" in wide.json()["detail"]

    def test_only_the_centre_ends_it(self, force):
        with declared(force, by=COMMANDER.person_id, **MOORLANDS) as incident:
            assert stand_down(force, incident["incident_id"], COMMANDER.person_id).status == 403

    def test_everybody_knows_that_it_lasts_and_few_know_why(self, force):
        with declared(force, **MOORLANDS) as incident:
            seen = {
                who.person_id: read(force, incident, who.person_id)
                for who in (OFFICER, COMMANDER, AUDITOR, COMMS)
            }

        assert all(one["active"] for one in seen.values())
        assert {who for who, one in seen.items() if one["why"]} == {
            COMMANDER.person_id,
            AUDITOR.person_id,
            COMMS.person_id,
        }
        assert {who for who, one in seen.items() if one["stopped"]} == {
            COMMANDER.person_id,
            AUDITOR.person_id,
            COMMS.person_id,
        }

    def test_the_same_words_again_are_the_same_incident(self, force):
        with declared(force) as incident:
            again, other = declare(force), declare(force, why="Something else.")

        assert again.json()["incident_id"] == incident["incident_id"]
        assert other.status == 409
        assert other.json()["incident_id"] == incident["incident_id"]

    def test_it_is_stood_down_once(self, force):
        with declared(force) as incident:
            first = stand_down(force, incident["incident_id"])
            second = stand_down(force, incident["incident_id"])

        assert (first.status, second.status) == (200, 409)


class TestReview:
    def test_stand_down_releases_nothing_and_each_is_reviewed_by_itself(self, force):
        posts = [scheduled(force, text) for text in ("The hall opens.", "The park opens.", "Bins.")]
        with declared(force):
            force.turn(hours=1, seconds=5)
            for post_id in posts:
                held(force, post_id)
        force.turn(minutes=5)
        assert {force.state(post_id) for post_id in posts} == {State.HELD}

        assert review(force, posts[0], "release").status == 200
        assert force.until(posts[0]) is State.PUBLISHED
        assert review(force, posts[1], "return", reason="Overtaken.").status == 200
        assert force.until(posts[1]) is State.RETURNED

        assert force.posts.get(posts[1]).reason == "Overtaken."
        assert force.state(posts[2]) is State.HELD
        assert review(force, posts[0], "return").status == 409
        assert review(force, posts[2], "return", reason=None).status == 422
        review(force, posts[2], "return")
        force.until(posts[2])

    def test_its_author_does_not_let_go_what_an_incident_held(self, force):
        post_id = scheduled(force, "Mine, and held.")
        with declared(force):
            force.turn(hours=1, seconds=5)
            held(force, post_id)

        officer = review(force, post_id, "release", OFFICER.person_id)
        page = force.officer.get(f"/held/{post_id}-1")

        assert officer.status == 403
        assert page.status == 200
        assert "Ask the duty officer" in page.text
        assert force.caller("p-pcso").get(f"/held/{post_id}-1").status == 404
        assert force.state(post_id) is State.HELD
        review(force, post_id, "return")
        force.until(post_id)

    def test_comms_review_on_the_page_and_nothing_is_chosen_for_them(self, force):
        post_id = scheduled(force, "Reviewed on the page.")
        with declared(force):
            force.turn(hours=1, seconds=5)
            held(force, post_id)
        comms, address = force.comms, f"/held/{post_id}-1"
        page = comms.get(address)
        fields = page.fields()

        as_it_stands = comms.post_form(address, fields)
        forged = comms.post_form(address, {**fields, "csrf": "x", "decision": "release"})
        chosen = comms.post_form(address, {**fields, "decision": "release"})

        assert "Reviewed on the page." in page.text
        assert (as_it_stands.status, forged.status, chosen.status) == (422, 403, 303)
        assert force.until(post_id) is State.PUBLISHED
        assert comms.get(address).status == 409


class TestDrill:
    def test_it_stops_the_sandbox_says_so_and_is_timed(self, force):
        post_id = scheduled(force, "Held by a drill.")
        with declared(force, drill=True) as drill:
            path_of(force, drill, "declared")
            force.turn(hours=1, seconds=5)
            held(force, post_id)
        letters = told(force, "DRILL: Stop posting", drill)
        found = report(force, drill)

        assert set(letters) == CONCERNED
        seconds = found["seconds"]
        assert 0 <= seconds["board_effective"] < 60
        assert seconds["first_letter"] <= seconds["last_letter"]
        assert seconds["stand_down"] > 3600
        assert {row["post_id"]: row["seconds"] for row in found["held"]}[post_id] >= 3600
        review(force, post_id, "return")
        force.until(post_id)

    def test_the_report_comes_as_a_table_too(self, force):
        post_id = scheduled(force, "In a table.", hours=5)
        with declared(force) as incident:
            path = f"/v1/incidents/{incident['incident_id']}/report?format=csv"
            heard = force.comms.get(path)

        rows = list(csv.DictReader(heard.text.splitlines()))
        assert heard.headers["content-type"].startswith("text/csv")
        assert ("queued", post_id) in {(row["what"], row["post_id"]) for row in rows}


class TestPages:
    def test_declaring_asks_twice_and_nothing_is_chosen_beforehand(self, force):
        comms, address = force.comms, "/incidents/new"
        first = comms.get(address)
        empty = comms.post_form(address, first.fields())
        wanted = {"reach": "force", "why": "Disorder in the town."}
        asked = comms.post_form(address, {**first.fields(), **wanted})
        unanswered = comms.post_form(address, asked.fields())

        assert (empty.status, asked.status, unanswered.status) == (422, 200, 422)
        assert "Are you sure?" in asked.text
        assert not any(i["active"] for i in comms.get("/v1/incidents").json()["incidents"])

        done = comms.post_form(address, {**asked.fields(), "confirm": "yes"})

        assert done.status == 303
        page = comms.get(done.headers["location"])
        assert "Disorder in the town." in page.text
        assert "What it stopped" in page.text
        assert "What it stopped" not in force.officer.get(done.headers["location"]).text
        ended = comms.post_form(
            done.headers["location"],
            {**page.fields(), "act": "stand-down", "why": "Quiet.", "confirm": "yes"},
        )
        assert ended.status == 303
        assert "Stood down" in comms.get("/incidents").text

    def test_whoever_writes_for_an_account_it_reaches_is_told_on_the_page(self, force):
        with declared(force, **MOORLANDS) as incident:
            told = force.officer.get("/posts/new").text
            elsewhere = force.caller("p-duty-officer").get("/posts/new").text

        assert f'href="/incidents/{incident["incident_id"]}"' in told
        assert "Do not write posts of your own" in told
        assert "Critical incident" in elsewhere  # the centre posts for every account
        assert "Critical incident" not in force.officer.get("/posts/new").text

    def test_a_commander_is_offered_their_own_area_only(self, force):
        page = force.caller(COMMANDER.person_id).get("/incidents/new")

        assert 'value="moorlands-cmdr"' in page.text
        assert 'value="force"' not in page.text
