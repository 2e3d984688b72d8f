"""Bad input to every route gets a 4xx problem with a sentence, never a 500, and changes nothing."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from local.demo.caller import Caller
from local.force import AUDITOR, COMMS, OFFICER
from tests.architecture.cloud import routes
from tests.workflows.force import a_force
from tests.workflows.reminding import WEEKLY, days

KNOWN_ID = "01J0000000000000000000000A"
GOOD = {"text": "The road is open.", "account": "leek-npt", "platforms": ["sandbox"]}
OTHER = (
    *("kind", "about", "not_before", "embargo", "urgency", "urgent_reason", "replaces"),
    *("decision", "reason", "remark"),
)


DEEDS = ("pause", "resume", "end")


ROUTES = sorted({(method, path) for _, method, path in routes()})
OPEN = {
    *(("GET", path) for path in ("/", "/static/{name}", "/openapi.json", "/sign-in", "/sign-out")),
    *(("GET", path) for path in ("/accounts", "/v1/public/accounts", "/newsletter")),
}
POSTS = [path for method, path in ROUTES if method == "POST"]
API_POSTS = [path for path in POSTS if path.startswith("/v1/")]

BODIES = [
    ("nothing", b"", "application/json"),
    ("not JSON", b"{", "application/json"),
    ("not UTF-8", b"\xff\xfe{}", "application/json"),
    ("a list", b"[]", "application/json"),
    ("a number too large to mean anything", b"1e999", "application/json"),
    ("nested beyond reason", b"[" * 20_000 + b"]" * 20_000, "application/json"),
    ("an empty object", b"{}", "application/json"),
    ("wrong types", b'{"text": 1, "account": [], "platforms": "x"}', "application/json"),
    ("half a character", rb'{"text": "\ud800", "decision": "\ud800"}', "application/json"),
    ("a NUL", rb'{"text": "\u0000", "account": "\u0000"}', "application/json"),
    ("fields nobody knows", b'{"colour": "blue"}', "application/json"),
    ("huge", b'{"text": "' + b"a" * 400_000 + b'"}', "application/json"),
    ("the wrong content type", b"{}", "text/plain"),
    ("no content type that anybody reads", b"<a/>", "application/xml"),
    ("a form where JSON belongs", b"a=b", "application/x-www-form-urlencoded"),
    ("a form that is none", b"%zz=%\xff&" * 200, "application/x-www-form-urlencoded"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "image/png"),
    ("parts without a border", b"--x", "multipart/form-data"),
]


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        yield force


@pytest.fixture(scope="module")
def tokens(force):
    people = {"officer": OFFICER, "comms": COMMS, "auditor": AUDITOR}
    return {name: force.stack.open_session(who.person_id) for name, who in people.items()}


def filled(path, value=KNOWN_ID):
    names = "post_id link name account_id person_id platform incident_id reminder_id reader token"
    names += " picture_id consent_id number"
    for name in (f"{{{each}}}" for each in names.split()):
        path = path.replace(name, value)
    return path.replace("{version}", "1")


def is_a_polite_refusal(heard, path):
    assert 400 <= heard.status < 500, f"{heard.status}: {heard.text[:300]}"
    if path.startswith("/v1/"):
        assert heard.headers["content-type"] == "application/problem+json"
        document = heard.json()
        assert document["status"] == heard.status
        assert len(document["detail"].split()) > 3, "a sentence says what to do"
    else:
        assert heard.headers["content-type"].startswith("text/html")
        assert "<h1" in heard.text


@pytest.mark.parametrize(("method", "path"), sorted(set(ROUTES) - OPEN))
@pytest.mark.parametrize("token", ["", "nonsense", "a" * 5_000, "\u00e9\u00df"])
def test_nobody_gets_in_without_a_session(force, method, path, token):
    stranger = Caller(force.stack.url, token=token.encode("utf-8").decode("latin-1"))
    kind = {"Content-Type": "application/json"}
    body, headers = (None, {}) if method == "GET" else (b"{}", kind)

    heard = stranger._call(method, filled(path), body, headers)

    is_a_polite_refusal(heard, path)
    assert heard.status in {401, 403, 404, 415}


@pytest.mark.parametrize("path", POSTS)
@pytest.mark.parametrize(("body", "kind"), [b[1:] for b in BODIES], ids=[b[0] for b in BODIES])
@pytest.mark.parametrize("who", ["officer", "comms"])
def test_a_body_that_is_none_is_refused_with_a_sentence(force, tokens, path, body, kind, who):
    caller = Caller(force.stack.url, token=tokens[who])

    heard = caller._call("POST", filled(path), body, {"Content-Type": kind})

    is_a_polite_refusal(heard, path)


@pytest.mark.parametrize(
    "value", ["0", ".%2e", "%00", "%ff", "a" * 3_000, "é", "<b>", "' OR 1=1", KNOWN_ID]
)
@pytest.mark.parametrize("path", [p for m, p in ROUTES if m == "GET" and "{" in p])
def test_an_address_of_nothing_is_not_found(force, tokens, path, value):
    heard = Caller(force.stack.url, token=tokens["comms"]).get(filled(path, value))

    assert 400 <= heard.status < 500, heard.text[:300]


@pytest.mark.parametrize(
    "query",
    [
        "cursor=zzz",
        "cursor=",
        "cursor=%ff",
        "cursor=" + "a" * 4_000,
        "account=nobody",
        "account=%00",
        "replaces=zzz",
    ],
)
@pytest.mark.parametrize(
    "path", ["/posts", "/posts/new", "/v1/posts", "/v1/approvals", "/reminders", "/v1/reminders"]
)
def test_a_query_that_means_nothing_breaks_nothing(force, tokens, path, query):
    heard = Caller(force.stack.url, token=tokens["comms"]).get(f"{path}?{query}")

    assert heard.status < 500, heard.text[:300]


CHANGES = [
    ("an account nobody knows", {"account": "nobody"}, 404),
    ("somebody else's account", {"account": "moorlands-cmdr"}, 403),
    ("a platform it has no voice on", {"platforms": ["x"]}, 422),
    ("a platform twice", {"platforms": ["sandbox", "sandbox"]}, 422),
    ("no words", {"text": " \n "}, 422),
    ("yesterday", {"not_before": "2020-01-01T00:00:00Z"}, 422),
    ("a time without a zone", {"not_before": "2030-01-01T00:00:00"}, 422),
    ("a time beyond the calendar", {"not_before": "9999-12-31T23:59:59-14:00"}, 422),
    ("a century away", {"not_before": "2126-01-01T00:00:00Z"}, 422),
    ("a version nobody wrote", {"replaces": f"{KNOWN_ID}@1"}, 404),
    ("a version that is none", {"replaces": "yesterday's"}, 422),
    ("a kind that is none", {"kind": "shout"}, 422),
    ("a reply", {"kind": "reply", "about": "@somebody"}, 422),
    ("an embargo until no time", {"embargo": True}, 422),
    ("a hurry that is none", {"urgency": "now"}, 422),
    ("at once, and for no reason", {"urgent_reason": " "}, 422),
    ("at once, by an officer", {"urgent_reason": "Because."}, 403),
]


def kept(officer):
    """What is there, whatever state it is in: other tests' posts move on meanwhile."""
    return {(post["post_id"], post["version"]) for post in officer.get("/v1/posts").json()["posts"]}


@pytest.mark.parametrize(("what", "change", "status"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_post_that_cannot_be_is_refused_and_not_kept(force, tokens, what, change, status):
    officer = Caller(force.stack.url, token=tokens["officer"])
    before = kept(officer)

    heard = officer.post_json("/v1/posts", {**GOOD, **change})

    assert heard.status == status, heard.text
    is_a_polite_refusal(heard, "/v1/posts")
    assert kept(officer) == before


def test_somebody_elses_post_is_not_there(force, tokens):
    chief = force.caller("p-duty-officer")
    words = {"text": "From the top.", "account": "force", "platforms": ["sandbox"]}
    post_id = chief.post_json("/v1/posts", words).json()["post_id"]
    officer = Caller(force.stack.url, token=tokens["officer"])

    assert officer.get(f"/v1/posts/{post_id}").status == 404
    assert officer.get(f"/posts/{post_id}").status == 404
    assert Caller(force.stack.url, token=tokens["auditor"]).get(f"/posts/{post_id}").status == 200


def test_a_form_from_somewhere_else_does_nothing(force, tokens):
    officer = Caller(force.stack.url, cookies={"__Host-session": tokens["officer"]})
    form = {
        "csrf": "forged",
        "act": "send",
        "text": "Forged.",
        "account": "leek-npt",
        "platforms": "sandbox",
        "submission": "x",
    }

    assert officer.post_form("/posts/new", form).status == 403
    assert officer.post_form("/sign-out", {"csrf": "forged"}).status == 403
    assert "Forged." not in officer.get("/v1/posts").text


def test_an_idempotency_key_makes_two_submissions_one_and_never_two_things(force, tokens):
    officer = Caller(force.stack.url, token=tokens["officer"])
    key = {"Idempotency-Key": "once"}

    first = officer.post_json("/v1/posts", {**GOOD, "text": "Once."}, **key)
    second = officer.post_json("/v1/posts", {**GOOD, "text": "Once."}, **key)
    other = officer.post_json("/v1/posts", {**GOOD, "text": "Something else."}, **key)

    assert first.json()["post_id"] == second.json()["post_id"]
    assert other.status == 409


SURGERIES = [
    ("somebody else's account", {"account": "moorlands-cmdr"}, 403),
    ("an account nobody knows", {"account": "nobody"}, 404),
    ("a platform it has no voice on", {"platforms": ["x"]}, 422),
    ("no words", {"text": " \n "}, 422),
    ("a placeholder nobody knows", {"text": "{when}"}, 422),
    ("words that would be blocked", {"text": "{date} #a #b #c #d #e #f"}, 422),
    ("no name", {"title": " "}, 422),
    ("a pattern that is none", {"pattern": "daily"}, 422),
    ("no day of the week", {"weekdays": []}, 422),
    ("a day of the week that is none", {"weekdays": ["caturday"]}, 422),
    ("every zeroth week", {"every": 0}, 422),
    ("every week of a thousand years", {"every": 10**12}, 422),
    ("a day that is none", {"first_day": "2027-02-30"}, 422),
    ("a century ahead", {"last_day": "2099-12-31"}, 422),
    ("the end before the beginning", {"starts": "19:00", "ends": "18:00"}, 422),
    ("a time that is none", {"starts": "25:00"}, 422),
    ("due twice", {"due_hours": 2}, 422),
    ("due a year before", {"due_days": 366}, 422),
    ("a date skipped that is none", {"skipped": ["2027-02-30"]}, 422),
    ("a date moved to nowhere", {"moved": ["2027-02-03"]}, 422),
    ("a thousand exceptions", {"skipped": ["2027-02-03"] * 1000}, 422),
    ("half a character", {"title": "\ud800"}, 422),
    ("wrong types", {"weekdays": "tuesday", "starts": 18, "moved": {}, "every": "two"}, 422),
    ("fields nobody knows", {"colour": "blue"}, 422),
]


@pytest.mark.parametrize(("what", "change", "status"), SURGERIES, ids=[c[0] for c in SURGERIES])
def test_a_reminder_that_cannot_be_is_refused_and_not_kept(force, tokens, what, change, status):
    officer = Caller(force.stack.url, token=tokens["officer"])
    surgery = {**WEEKLY, **days(force, ahead=60)}

    heard = officer.post_json("/v1/reminders", {**surgery, **change})

    assert heard.status == status, heard.text
    is_a_polite_refusal(heard, "/v1/reminders")
    assert officer.get("/v1/reminders").json()["reminders"] == []


def test_somebody_elses_reminder_is_not_there_and_not_theirs_to_stop(force, tokens):
    chief = force.caller("p-duty-officer")
    surgery = {**WEEKLY, **days(force, ahead=60), "account": "force"}
    path = f"/v1/reminders/{chief.post_json('/v1/reminders', surgery).json()['reminder_id']}"
    officer = Caller(force.stack.url, token=tokens["officer"])
    auditor = Caller(force.stack.url, token=tokens["auditor"])

    assert officer.get(path).status == officer.get(path[3:]).status == 404
    assert {officer.post_json(f"{path}/{deed}", {}).status for deed in DEEDS} == {404}
    assert auditor.get(path).status == auditor.get(path[3:]).status == 200
    assert {auditor.post_json(f"{path}/{deed}", {}).status for deed in DEEDS} == {403}
    assert chief.get(path).json()["status"] == "active"


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from([*GOOD, *OTHER]) | st.text(),
                inner,
            )
        ),
        max_leaves=12,
    )
)
@pytest.mark.parametrize("path", API_POSTS)
def test_no_json_whatever_breaks_a_route(force, tokens, path, body):
    caller = Caller(force.stack.url, token=tokens["comms"])

    heard = caller._call(
        "POST", filled(path), json.dumps(body).encode(), {"Content-Type": "application/json"}
    )

    assert heard.status < 500, heard.text


def test_every_answer_carries_the_safe_headers(force, tokens):
    caller = Caller(force.stack.url, token=tokens["comms"])
    for path in ("/posts", "/v1/posts", "/approvals", "/v1/posts/none", "/openapi.json"):
        headers = caller.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
