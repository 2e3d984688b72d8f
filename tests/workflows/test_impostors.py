"""Look-alikes are searched for by the clock, followed by people, and forgotten by nobody."""

import json
import threading
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from local.demo.caller import Caller
from local.force import AUDITOR, COMMANDER, COMMS, OFFICER, PCSO, REGISTRAR
from shared.accounts.acts import Happened
from shared.accounts.registry import Handle
from shared.followers.acts import Reviewed
from shared.followers.flags import Flag, Sign
from shared.followers.review import Flagged, Place, Review, Seen, with_list
from shared.followers.someone import Side, Someone
from shared.identity.session import form_token
from shared.posts.localtime import local
from shared.posts.names import AccountId, PlatformName
from shared.records.review_acts import act_on_review
from shared.records.reviews import Reviews
from tests.builders import an_act
from tests.workflows.force import FREE, a_force

MASTODON, SANDBOX = PlatformName("mastodon"), PlatformName("sandbox")
MET = {"account": FREE, "platform": "x", "handle": "@leeknpt_real", "about": "Ring Pat Invented"}
KEPT = "sandbox#leekpolice"


class Social:
    """A Mastodon server that knows one account; `gone` it says so, `down` it says nothing."""

    def __init__(self):
        self.them = {"id": "9", "acct": "leeknpt1", "display_name": "Leek NPT", "note": "<p>Hi</p>"}
        self.gone = self.down = False
        self.asked = []
        self.url = ""

    def answer(self, path, query):
        self.asked.append((path, query))
        if self.down:
            return 503, {}
        if path == "/api/v2/search":
            return 200, {"accounts": [] if self.gone else [self.them]}
        return (404, {"error": "Record not found"}) if self.gone else (200, self.them)


@contextmanager
def served():
    social = Social()

    class Door(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            status, said = social.answer(parts.path, parse_qs(parts.query))
            body = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    social.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield social
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="module")
def social():
    with served() as social:
        yield social


@pytest.fixture(scope="module")
def force(social):
    with a_force() as force:
        force.stack.schedules.stop()
        force.keep_leaves()
        speaks_there(force, social)
        yield force


@pytest.fixture(autouse=True)
def _another_week(force, social):
    """Nothing is broken, and every search has its turn again."""
    social.gone = social.down = False
    force.turn(days=8)


def speaks_there(force, social):
    """The account has a voice on that server, and a key that only reads."""
    before = force.accounts.get(AccountId(FREE))
    there = Handle(MASTODON, "leeknpt", social.url)
    after = replace(before, handles=(*before.handles, there))
    act = an_act(Happened.ACCOUNT_CHANGED.value, account=FREE, at=force.stack.clock.now())
    force.accounts.change(before, after, act)
    force.stack.aws.client("secretsmanager").create_secret(
        Name=f"bluelamp-local/reading/{FREE}/mastodon",
        SecretString=json.dumps({"identifier": "leeknpt", "password": "reads"}),
    )


def look(force):
    return force.stack.call("LookForImpostors", {})


def cases(caller: Caller, which="open"):
    return caller.get(f"/v1/impostors?which={which}").json()["impostors"]


def found(force, source, which="open"):
    [case] = [each for each in cases(force.comms, which) if each["source"] == source]
    return case


def leaves(force, what):
    rows = force.stack.tables.outbox.scan(consistent_read=True)
    return [leaf for row in rows if (leaf := json.loads(bytes(row.envelope)))["type"] == what]


def morning(force, about="could be taken for ours"):
    before = len(force.stack.mailbox)
    force.stack.call("TellMorning", {})
    letters = [m.get_body(("plain",)).get_content() for m in list(force.stack.mailbox)[before:]]
    return [letter for letter in letters if about in letter]


def test_what_a_search_finds_is_decided_reported_chased_and_seen_to_be_gone(force, social):
    told = look(force)
    again = look(force)

    case = found(force, "search")
    one, page = f"/v1/impostors/{case['case_id']}", f"/impostors/{case['case_id']}"
    host = social.url.removeprefix("http://")
    assert (told["asked"] > 0, told["silent"], again["asked"]) == (True, 0, 0)
    assert case["seen"]["handle"] == f"leeknpt1@{host}"
    assert "leeknpt1" in force.comms.get(page).text
    [letter, *_] = morning(force)
    assert page in letter
    assert "leeknpt1" not in letter

    early = force.comms.post_json(f"{one}/report", report(force))
    stranger = force.officer.post_json(f"{one}/decision", {"state": "impostor"})
    decided = force.comms.post_json(f"{one}/decision", {"state": "impostor"})
    reported = force.comms.post_json(f"{one}/report", report(force))
    assert (early.status, stranger.status, decided.status, reported.status) == (409, 403, 200, 200)

    force.turn(days=8)
    assert "ask the platform again" in morning(force)[0]
    social.down = True
    assert look(force)["gone"] == 0
    assert found(force, "search")["fault"]
    social.down, social.gone = False, True
    force.turn(hours=25)
    assert look(force)["gone"] == 0
    force.turn(hours=25)
    assert look(force)["gone"] == 1

    ended = found(force, "search", "all")
    assert (ended["state"], ended["steps"][-1]["by"]) == ("removed", None)
    steps = [about(force, case, what) for what in ("found", "reported", "removed")]
    assert steps == [1, 1, 1]
    social.gone = False
    force.turn(days=8)
    assert look(force)["found"] == 1
    assert found(force, "search")["state"] == "impostor"
    end = force.comms.post_json(f"{one}/outcome", {"state": "accepted", "why": "It is tiny."})
    assert end.json()["state"] == "accepted"


def about(force, case, what):
    """How many leaves say this of a case."""
    subject = f"impostor:{case['case_id']}"
    return sum(each["subject"] == subject for each in leaves(force, f"impostor.{what}"))


def report(force):
    today = local(force.stack.clock.now()).date().isoformat()
    return {"where": "https://report.example", "on": today, "reference": "R-7"}


def test_a_look_alike_in_a_review_becomes_a_case_which_its_own_team_may_read(force):
    look(force)
    reviews, now = Reviews(force.stack.tables, force.pen), force.stack.clock.now()
    review = Review(AccountId(FREE), f"{local(now):%Y-%m}", now)
    [begun] = reviews.begin_each([(review, act_on_review(review, Reviewed.BEGUN, now))])
    place = Place(SANDBOX, Side.FOLLOWER)
    own = force.accounts.get(AccountId(FREE)).handle(SANDBOX).name
    them = Someone("u-9", f"{own}1", "Leek", about="Hello")
    flag = Flag(Sign.LOOKALIKE, "It could be taken for ours, and it is not ours.", "F07")
    read = with_list(begun, Seen(place, now, 9), (Flagged(0, place, them, (flag,)),), 0)
    reviews.advance(begun, read, [act_on_review(read, Reviewed.READ, now)])

    assert look(force)["found"] == 1
    assert look(force)["found"] == 0

    case = found(force, "review")
    assert case["seen"]["handle"] == f"{own}1".lstrip("@")
    mine = [each["case_id"] for each in cases(force.officer)]
    assert case["case_id"] in mine
    elsewhere = force.caller(COMMANDER.person_id)
    assert elsewhere.get(f"/impostors/{case['case_id']}").status == 404


def test_whoever_meets_one_tells_of_it_on_a_page_and_it_opens_once(force):
    officer = force.officer
    csrf = {"csrf": form_token(officer.token, "reviews")}

    wrong = officer.post_form("/impostors/new", {**csrf, **MET, "handle": "two words"})
    sent = officer.post_form("/impostors/new", {**csrf, **MET})
    again = force.caller(PCSO.person_id).post_json("/v1/impostors", MET)

    assert (wrong.status, sent.status, again.status) == (422, 303, 201)
    case = again.json()
    assert case["source"] == "by_hand"
    assert sent.headers["location"].endswith(case["case_id"])
    [leaf] = [e for e in leaves(force, "impostor.found") if e["actor"] == OFFICER.person_id]
    payloads = b"".join(
        bytes(row.payload) for row in force.stack.tables.payloads.scan(consistent_read=True)
    )
    assert leaf["account"] == FREE
    assert b"Pat Invented" not in payloads
    assert b"leeknpt_real" not in payloads


def test_a_false_alarm_has_a_reason_and_the_page_says_so(force):
    comms = force.comms
    case = comms.post_json("/v1/impostors", {**MET, "handle": "leeknpt_fans"}).json()
    page, csrf = f"/impostors/{case['case_id']}", form_token(comms.token, "reviews")
    alarm = {"csrf": csrf, "act": "decide", "state": "false_alarm"}

    shown = comms.post_form(page, alarm)
    done = comms.post_form(page, {**alarm, "why": "A fan page that says so."})

    assert (shown.status, done.status) == (422, 303)
    assert "Say why it is no impostor" in shown.text
    assert "A fan page that says so." in comms.get(page).text
    assert case["case_id"] not in [each["case_id"] for each in cases(comms)]
    audit = force.caller(AUDITOR.person_id)
    assert audit.get(page).status == 200
    assert "What you can do" not in audit.get(page).text


def test_a_name_that_we_keep_wants_a_sign_in_until_somebody_says_they_did(force):
    today = local(force.stack.clock.now()).date().isoformat()
    path = f"/v1/impostors/accounts/{FREE}/names"
    registrar = force.caller(REGISTRAR.person_id)

    listed = force.comms.get("/impostors/accounts").text
    kept = registrar.post_json(path, {"name": KEPT, "signed_in": today})
    other = force.comms.post_json(path, {"name": KEPT, "signed_in": today})
    page = force.comms.get(f"/impostors/accounts/{FREE}")

    assert "One name wants a sign-in" in listed
    assert "One name wants a sign-in" not in force.comms.get("/impostors/accounts").text
    assert (kept.status, other.status) == (200, 403)
    assert [each["signed_in"] for each in kept.json()["names"]] == [today]
    assert "https://www.facebook.com/search/pages/?q=" in page.text
    assert f"Signed in to on {today}" in page.text
    force.turn(days=84)
    assert any(
        f"/impostors/accounts/{FREE}" in each
        for each in morning(force, "Sign in to a name that we keep")
    )
    assert COMMS.person_id not in {each["actor"] for each in leaves(force, "impostor.name_kept")}


def test_searches_by_hand_are_on_record_shown_and_asked_for_again(force):
    ask = "Search by hand for impostors"
    path, day = f"/impostors/accounts/{FREE}", local(force.stack.clock.now()).date().isoformat()
    comms, officer, auditor = force.comms, force.officer, force.caller(AUDITOR.person_id)
    csrf = {"csrf": form_token(officer.token, "reviews")}
    sent = {**csrf, "platforms": ["facebook", "tiktok"], "searched_on": day}
    morning(force)  # if no other has told of it yet
    asked = [each["account"] for each in leaves(force, "impostor.search_asked")]

    waiting = comms.get(path).text
    wrong = officer.post_form(f"{path}/searches", {**sent, "searched_on": "2031-01-01"})
    kept = officer.post_form(f"{path}/searches", sent)
    rest = [
        each["platform"]
        for each in comms.get(f"/v1{path}").json()["searched_by_hand"]
        if each["searched_on"] is None
    ]
    wish = {"platforms": rest, "searched_on": day}
    refused = auditor.post_json(f"/v1{path}/searches", wish)
    done = comms.post_json(f"/v1{path}/searches", wish)
    page = auditor.get(path).text

    assert FREE in asked
    assert "Nobody has said that they searched there by hand" in waiting
    assert [each.status for each in (wrong, kept, refused, done)] == [422, 303, 403, 200]
    assert "Name the day on which you searched" in wrong.text
    assert f"{OFFICER.name} searched there by hand on {day}" in page
    assert "I searched by hand" not in page
    actors = [each["actor"] for each in leaves(force, "impostor.searched_by_hand")]
    assert actors.count(OFFICER.person_id) == 2
    assert set(actors) == {OFFICER.person_id, COMMS.person_id}
    assert not [letter for letter in morning(force, ask) if path in letter]
    force.turn(days=90)
    assert len([letter for letter in morning(force, ask) if path in letter]) == 1
    assert not [letter for letter in morning(force, ask) if path in letter]
