"""A picture's way: brought by an officer, painted anew, shown to the approver, seen by the public
with the words for those who cannot see; and who is shown has the last word.
"""

import hashlib
import json
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import urllib3

from local.demo.caller import Caller
from local.force import AUDITOR, COMMANDER, OFFICER, PCSO
from shared.posts.life import State
from tests.unit.darkroom import planted
from tests.workflows.asking import ask
from tests.workflows.force import FREE, a_force, eventually

OWN = {"licence": "own", "shows": "nobody"}
ALT = "A patrol car in front of the town hall."
SEEN = {"Accept": "image/avif,image/webp,image/png,*/*;q=0.8"}
FORM = {"reference": "CF/2026/17", "purpose": "The summer fair", "guardian": False}


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def call(caller, method, path, body=None, **headers):
    """One request with bytes in it or out of it."""
    if caller.token:
        headers["Authorization"] = f"Bearer {caller.token}"
    address = path if path.startswith("http") else caller.url + path
    pool = urllib3.PoolManager(retries=False)
    return pool.request(method, address, body=body, headers=headers, redirect=False)


def upload(caller, data=None, kind="image/jpeg", **said):
    query = urlencode({**OWN, **said})
    data = planted.jpeg() if data is None else data
    return call(caller, "POST", f"/v1/pictures?{query}", data, **{"Content-Type": kind})


def uploaded(force, data=None, **said):
    heard = upload(force.officer, data, **said)
    assert heard.status == 201, heard.data
    return heard.json()


def refusal(heard):
    assert heard.headers["Content-Type"] == "application/problem+json", heard.data
    return heard.json()


def leaves(force, kind):
    rows = force.stack.tables.outbox.scan()
    return [leaf for row in rows if (leaf := json.loads(row.envelope))["type"] == kind]


def shown(force, text):
    [post] = [post for post in force.stack.sandbox.posts if post.text == text]
    return post


def test_a_picture_goes_its_way_and_nothing_comes_along(force):
    picture = uploaded(force)
    assert picture["content_type"] == "image/jpeg"
    assert picture["uploaded_by"] == OFFICER.person_id

    pictures = [{"id": picture["id"], "alt": ALT}]
    asked = ask(force, "Our new car.", pictures=pictures)
    page = Caller(force.stack.url).get(asked.letter.link).text
    address = re.search(r'<img src="([^"]+)" alt="([^"]+)"', page)
    assert address[2] == ALT
    assert "The force’s own." in page
    assert "Nobody can be recognised" in page
    by_link = call(Caller(force.stack.url), "GET", address[1], **SEEN)
    queue = f"/approvals/{asked.post_id}-1/pictures/1"
    signed_in = call(force.comms, "GET", queue, **SEEN)

    assert by_link.status == signed_in.status == 200
    assert by_link.headers["Content-Type"] == "image/jpeg"
    assert b"MARKER" not in by_link.data
    assert hashlib.sha256(by_link.data).hexdigest() == picture["sha256"]
    assert signed_in.data == by_link.data

    force.decide(asked.post_id, "approve")
    assert force.until(asked.post_id) is State.PUBLISHED
    [there] = shown(force, "Our new car.").pictures
    assert there["alt"] == ALT
    told = force.officer.get(f"/v1/posts/{asked.post_id}").json()["versions"][0]["pictures"]
    assert told == [
        {
            "id": picture["id"],
            "alt": ALT,
            "content_type": "image/jpeg",
            "sha256": picture["sha256"],
        }
    ]
    [leaf] = [x for x in leaves(force, "picture.taken_in") if picture["id"] in x["subject"]]
    assert leaf["actor"] == OFFICER.person_id


def test_a_link_shows_its_own_pictures_and_no_others(force):
    pictures = [{"id": uploaded(force)["id"], "alt": ALT}]
    asked = ask(force, "Only one of them.", pictures=pictures)
    stranger = Caller(force.stack.url)

    statuses = [
        call(stranger, "GET", f"{asked.letter.link}/pictures/{number}", **SEEN).status
        for number in ("1", "2", "0", "01", "x")
    ]

    assert statuses == [200, 404, 404, 404, 404]
    assert call(stranger, "GET", f"/pictures/{pictures[0]['id']}", **SEEN).status == 401


def test_without_a_script_a_page_takes_the_picture_and_the_words(force):
    officer = Caller(
        force.stack.url, cookies={"__Host-session": force.stack.open_session(OFFICER.person_id)}
    )
    cookie = {"Cookie": "; ".join(f"{k}={v}" for k, v in officer.cookies.items())}
    form = officer.get("/pictures/new")
    assert 'enctype="multipart/form-data"' in form.text
    fields = {**form.fields(), **OWN}
    body = b"".join(
        b'--B7\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (name.encode(), value.encode())
        for name, value in fields.items()
    )
    body += b'--B7\r\nContent-Disposition: form-data; name="picture"; filename="../../x.php"\r\n'
    body += b"Content-Type: text/html\r\n\r\n" + planted.png() + b"\r\n--B7--\r\n"
    kind = {"Content-Type": "multipart/form-data; boundary=B7"}

    sent = call(officer, "POST", "/pictures/new", body, **kind, **cookie)
    unguarded = body.replace(fields["csrf"].encode(), b"x" * len(fields["csrf"]))
    forged = call(officer, "POST", "/pictures/new", unguarded, **kind, **cookie)

    assert (sent.status, forged.status) == (303, 403)
    page = officer.get(sent.headers["Location"])
    picture_id = sent.headers["Location"].partition("=")[2]
    assert f'<option value="{picture_id}" selected>' in page.text
    post = {**page.fields(), "account": FREE, "platforms": "sandbox", "act": "send"}
    bare = officer.post_form("/posts/new", {**post, "text": "By page.", "picture": picture_id})
    assert "Say what picture 1 shows" in bare.text
    whole = {**post, "text": "By page.", "picture": picture_id, "alt": ALT}
    done = officer.post_form("/posts/new", whole)
    assert done.status == 303, done.text
    eventually(lambda: any(p.text == "By page." for p in force.stack.sandbox.posts))
    assert shown(force, "By page.").pictures[0]["alt"] == ALT
    life = officer.get(done.headers["location"]).text
    assert f'<img src="/pictures/{picture_id}"' in life
    assert picture_id in officer.get("/pictures").text


def test_a_credit_that_is_owed_stands_in_the_words_or_somebody_else_looks(force):
    credit = "Photo: Ada Lea, CC BY 4.0"
    said = {"licence": "cc_by", "source": "https://pictures.example/7", "credit": credit}
    pictures = [{"id": uploaded(force, **said)["id"], "alt": ALT}]

    without = force.submit("The bridge is open again.", pictures=pictures)
    assert force.until(without, State.AWAITING_APPROVAL)
    findings = force.posts.get(without).findings
    within = force.submit(f"The road is open again. {credit.upper()}", pictures=pictures)

    assert "copyright" in {f["rule"] for f in findings}
    assert any(credit in f["suggestion"] for f in findings)
    assert force.until(within) is State.PUBLISHED


def test_people_who_were_not_asked_are_shown_only_after_somebody_else_looked(force):
    said = {"shows": "public", "purpose": "Appeal for a missing person"}
    pictures = [{"id": uploaded(force, **said)["id"], "alt": "A smiling woman."}]

    post_id = force.submit("Have you seen her?", pictures=pictures)

    assert force.until(post_id, State.AWAITING_APPROVAL)
    assert "image-consent" in {f["rule"] for f in force.posts.get(post_id).findings}


def a_consent(force, **more):
    day = force.stack.clock.now().date().isoformat()
    heard = force.officer.post_json("/v1/consents", {**FORM, "given_on": day, **more})
    assert heard.status == 201, heard.text
    return heard.json()["id"]


def test_consent_is_countersigned_by_an_inspector_and_can_be_taken_back_to_the_last_moment(force):
    inspector = force.caller(COMMANDER.person_id)
    consent_id = a_consent(force)
    picture = uploaded(force, shows="public", consents=consent_id)
    wanted = {
        "text": "At the fair.",
        "account": FREE,
        "platforms": ["sandbox"],
        "pictures": [{"id": picture["id"], "alt": "Two children and a constable."}],
    }

    early = force.officer.post_json("/v1/posts", wanted)
    own = force.officer.post_json(f"/v1/consents/{consent_id}/countersignature", {})
    signed = inspector.post_json(f"/v1/consents/{consent_id}/countersignature", {})
    again = inspector.post_json(f"/v1/consents/{consent_id}/countersignature", {})
    out = force.submit("At the fair.", pictures=wanted["pictures"])
    assert force.until(out) is State.PUBLISHED
    due = (force.stack.clock.now() + timedelta(hours=3)).isoformat()
    later = force.submit("At the fair, once more.", pictures=wanted["pictures"], not_before=due)
    assert force.until(later, State.CLEARED)
    back = force.officer.post_json(f"/v1/consents/{consent_id}/withdrawal", {"why": "Rang us."})
    never = force.officer.post_json("/v1/posts", {**wanted, "text": "At the fair, a third time."})
    force.turn(hours=3, seconds=5)

    assert early.status == 422
    assert "ask an inspector" in early.json()["detail"]
    assert (own.status, signed.status, again.status) == (403, 200, 409)
    assert signed.json()["state"] == "good"
    assert (back.status, back.json()["state"]) == (200, "withdrawn")
    assert never.status == 422
    assert "took their consent back" in never.json()["detail"]
    assert force.until(later) is State.REFUSED
    assert "took their consent back" in force.posts.get(later).reason
    found = force.comms.get(f"/v1/consents/{consent_id}/posts").json()["posts"]
    assert [(use["post_id"], use["targets"][0]["outcome"]) for use in found] == [(out, "sent")]
    assert force.officer.get(f"/v1/consents/{consent_id}/posts").status == 403
    subjects = [message["Subject"] for message in force.stack.mailbox]
    assert "A consent to be shown was filed" in subjects
    assert "A consent to be shown was taken back: 1 post to look at" in subjects
    page = force.comms.get(f"/consents/{consent_id}").text
    assert "To take down: 1." in page
    kinds = ("consent.recorded", "consent.countersigned", "consent.withdrawn")
    mine = [x for kind in kinds for x in leaves(force, kind) if consent_id in x["subject"]]
    assert [leaf["type"] for leaf in mine] == list(kinds)


def test_a_colleague_is_shown_only_if_they_agreed(force):
    said = {"shows": "staff", "consents": PCSO.person_id}
    pcso = force.caller(PCSO.person_id)

    unasked = upload(force.officer, **said)
    agreed = pcso.post_json("/v1/consents/mine", {"agree": True})
    picture = uploaded(force, **said)
    sent = {"text": "Meet us.", "account": FREE, "platforms": ["sandbox"]}
    sent["pictures"] = [{"id": picture["id"], "alt": "A colleague."}]
    first = force.officer.post_json("/v1/posts", sent)
    back = pcso.post_json(
        f"/v1/consents/staff-{PCSO.person_id}/withdrawal", {"why": "Not any more"}
    )
    then = force.officer.post_json("/v1/posts", {**sent, "text": "Meet us again."})

    assert refusal(unasked)["errors"][0]["field"] == "consents"
    assert (agreed.status, first.status, back.status, then.status) == (201, 202, 200, 422)


def test_what_is_no_picture_is_refused_with_a_sentence(force):
    officer = force.officer
    heic = upload(officer, b"\x00\x00\x00\x18ftypheic" + bytes(400), "image/heic")
    named = upload(officer, b"<script>alert(1)</script>", "image/png")
    video = upload(officer, b"\x00\x00\x00\x18ftypisom", "video/mp4")
    page = upload(officer, b"{}", "application/json")
    large = upload(officer, planted.jpeg() + bytes(4_400_000))
    huge = upload(officer, bytes(6_000_000))
    unsaid = call(officer, "POST", "/v1/pictures", planted.jpeg(), **{"Content-Type": "image/jpeg"})

    assert "Most Compatible" in refusal(heic)["detail"]
    assert "Send a JPEG" in refusal(named)["detail"]
    assert "/v1/videos/uploads" in refusal(video)["detail"]
    assert (heic.status, named.status, video.status, page.status) == (422, 422, 415, 415)
    assert (large.status, huge.status, unsaid.status) == (413, 413, 422)
    assert upload(force.caller(AUDITOR.person_id)).status == 403
    assert upload(Caller(force.stack.url)).status == 401


def test_a_post_names_only_pictures_that_are_there_and_says_what_they_show(force):
    picture = uploaded(force)["id"]

    def refused(*pictures):
        body = {
            "text": "No.",
            "account": FREE,
            "platforms": ["sandbox"],
            "pictures": list(pictures),
        }
        heard = force.officer.post_json("/v1/posts", body)
        assert heard.status == 422, heard.text
        return heard.json()["detail"]

    assert "not there" in refused({"id": "01J0000000000000000000000A", "alt": ALT})
    assert "Say what picture 1 shows" in refused({"id": picture, "alt": " "})
    assert "already" in refused({"id": picture, "alt": ALT}, {"id": picture, "alt": ALT})
    assert "“id”" in refused({"id": picture, "alt": ALT, "key": "pictures/other.jpg"})
    several = [{"id": uploaded(force)["id"], "alt": ALT} for _ in range(5)]
    assert "4 pictures at most" in refused(*several)


def test_a_picture_asked_for_as_text_is_told_how_to_ask(force):
    picture = uploaded(force)["id"]

    heard = call(force.officer, "GET", f"/pictures/{picture}", Accept="text/html")

    assert heard.status == 400
    assert call(force.officer, "GET", f"/v1/pictures/{picture}").json()["id"] == picture
    listed = call(force.officer, "GET", "/v1/pictures").json()["pictures"]
    assert listed[0]["id"] == picture


def test_an_approvers_edit_keeps_the_pictures(force):
    pictures = [{"id": uploaded(force)["id"], "alt": ALT}]
    asked = ask(force, "Edited with a picture.", pictures=pictures)
    browser = asked.open()
    page = Caller(force.stack.url).get(asked.letter.link)

    heard = browser.send("edit", text="Edited, with a picture.", alt=f"{ALT} It is blue.")

    assert page.status == 200
    assert heard.status == 200, heard.text
    newest = force.posts.get(asked.post_id)
    assert newest.version == 2
    assert newest.draft.media[0].alt == f"{ALT} It is blue."
