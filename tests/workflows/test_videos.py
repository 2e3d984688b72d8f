"""A video's way: handed over to S3 without a script, cleaned, seen by the approver and the public;
and nothing of what the camera wrote into it comes along.
"""

import hashlib
import json
import re
from urllib.parse import urlencode

import pytest
import urllib3

from local.demo.caller import Caller
from local.force import AUDITOR, OFFICER, PCSO
from shared.posts.life import State
from tests.unit.darkroom import planted
from tests.unit.darkroom.filmed import PICTURES, box, film
from tests.workflows.asking import ask
from tests.workflows.force import FREE, a_force, eventually

OWN = {"licence": "own", "shows": "nobody"}
ALT = "A van across both lanes; a voice says which road is open."
POOL = urllib3.PoolManager(retries=False, timeout=60)


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        yield force


def multipart(fields, data, kind="video/mp4", name="file"):
    """A form as a browser sends it, the file last."""
    parts = [
        f'--B7\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        for key, value in fields.items()
    ]
    head = f'--B7\r\nContent-Disposition: form-data; name="{name}"; filename="a.mp4"\r\n'
    last = head.encode() + f"Content-Type: {kind}\r\n\r\n".encode() + data + b"\r\n--B7--\r\n"
    return b"".join([*parts, last]), "multipart/form-data; boundary=B7"


def hand_over(way, data):
    body, kind = multipart(way["fields"], data)
    return POOL.request(
        "POST", way["address"], body=body, headers={"Content-Type": kind}, redirect=False
    )


MP4 = {"content_type": "video/mp4"}


def handed_over(caller, data):
    heard = caller.post_json("/v1/videos/uploads", MP4)
    assert heard.status == 201, heard.text
    answered = hand_over(heard.json(), data)
    assert answered.status == 201, answered.data
    return heard.json()["upload"]


def taken_in(caller, data=None, **said):
    upload = handed_over(caller, film() if data is None else data)
    return caller.post_json("/v1/videos", {"upload": upload, **OWN, **said})


def a_video(force, data=None, **said):
    heard = taken_in(force.officer, data, **said)
    assert heard.status == 201, heard.text
    return heard.json()


def stored(force, prefix):
    """Every object of the buckets, by key, that begins so."""
    client, found = force.stack.aws.client("s3"), {}
    for bucket in client.list_buckets()["Buckets"]:
        for one in client.list_objects_v2(Bucket=bucket["Name"], Prefix=prefix).get("Contents", ()):
            answer = client.get_object(Bucket=bucket["Name"], Key=one["Key"])
            found[one["Key"]] = answer["Body"].read()
    return found


def get(caller, path, **headers):
    if caller.token:
        headers["Authorization"] = f"Bearer {caller.token}"
    address = path if path.startswith("http") else caller.url + path
    return POOL.request("GET", address, headers=headers, redirect=False)


def test_a_video_goes_its_way_and_nothing_comes_along(force):
    video = a_video(force)
    assert (video["content_type"], video["seconds"], video["width"]) == ("video/mp4", 2.0, 640)

    pictures = [{"id": video["id"], "alt": ALT}]
    asked = ask(force, "The van that turned over.", pictures=pictures)
    page = Caller(force.stack.url).get(asked.letter.link).text
    [way] = re.findall(r'href="([^"]+)"[^>]*>Watch the video', page)
    shown = get(Caller(force.stack.url), way)
    watched = get(Caller(force.stack.url), shown.headers["Location"])

    assert shown.status == 303
    assert "X-Amz-Expires=300" in shown.headers["Location"]
    assert hashlib.sha256(watched.data).hexdigest() == video["sha256"]
    assert b"MARK" not in watched.data
    assert all(sample in watched.data for sample in PICTURES)

    force.decide(asked.post_id, "approve")
    assert force.until(asked.post_id) is State.PUBLISHED
    [post] = [p for p in force.stack.sandbox.posts if p.text == "The van that turned over."]
    assert post.pictures == ({"alt": ALT, "sha256": video["sha256"]},)
    life = force.officer.get(f"/v1/posts/{asked.post_id}").json()["versions"][0]["pictures"]
    assert life[0]["content_type"] == "video/mp4"
    rows = [json.loads(row.envelope) for row in force.stack.tables.outbox.scan()]
    [leaf] = [x for x in rows if video["id"] in x["subject"]]
    assert (leaf["type"], leaf["actor"]) == ("picture.taken_in", OFFICER.person_id)


def test_what_was_sent_is_emptied_and_only_the_clean_video_is_kept(force):
    upload = handed_over(force.officer, film())
    [sent] = stored(force, f"incoming/{OFFICER.person_id}/{upload}").values()

    video = force.officer.post_json("/v1/videos", {"upload": upload, **OWN}).json()

    [left] = stored(force, f"incoming/{OFFICER.person_id}/{upload}").values()
    kept = stored(force, f"pictures/{video['id']}")
    assert b"MARKER" in sent
    assert left == b""
    assert list(kept) == [f"pictures/{video['id']}.mp4"]
    assert not any(b"MARK" in data for data in kept.values())


def test_without_a_script_a_page_takes_the_video_and_the_words(force):
    session = force.stack.open_session(OFFICER.person_id)
    officer = Caller(force.stack.url, cookies={"__Host-session": session})
    page = officer.get("/videos/new")
    action = re.search(
        r'<form action="([^"]+)" method="post" enctype="multipart/form-data"', page.text
    )
    fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text))
    fields.pop("csrf", None)  # of the form to sign out
    place = action[1].rsplit("/", 1)[0]
    assert f"form-action 'self' {place};" in page.headers["content-security-policy"]
    form = re.search(r"<form action=\"http.*?</form>", page.text, re.DOTALL)[0]
    assert "csrf" not in form

    sent = hand_over({"address": action[1], "fields": fields}, film())
    assert sent.status == 303
    back = sent.headers["Location"]
    assert back.startswith(f"{force.stack.url}/videos/arrived?")
    about = officer.get(back.removeprefix(force.stack.url))
    bare = officer.post_form("/videos/arrived", about.fields())
    done = officer.post_form("/videos/arrived", {**about.fields(), **OWN})

    assert about.status == 200
    assert (bare.status, done.status) == (422, 303)
    assert "Say by what right" in bare.text
    picture = done.headers["location"].partition("=")[2]
    new = officer.get(done.headers["location"])
    assert "Watch the video" in new.text
    post = {**new.fields(), "account": FREE, "platforms": "sandbox", "act": "send"}
    mute = officer.post_form("/posts/new", {**post, "text": "By page, filmed.", "picture": picture})
    assert "Say what is seen and heard" in mute.text
    whole = {**post, "text": "By page, filmed.", "picture": picture, "alt": ALT}
    assert officer.post_form("/posts/new", whole).status == 303
    eventually(lambda: any(p.text == "By page, filmed." for p in force.stack.sandbox.posts))
    forged = officer.post_form("/videos/arrived", {**about.fields(), **OWN, "csrf": "x" * 43})
    assert forged.status == 403


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (film(ftyp=box(b"ftyp", b"qt  ", bytes(4), b"qt  ")), "QuickTime"),
        (b"\x1aE\xdf\xa3" + bytes(99), "WebM"),
        (film(delta=36_000), "2 minutes 20 seconds"),
        (film()[:-5], "damaged"),
        (b"<script>alert(1)</script>", "no video"),
        (planted.jpeg(), "picture"),
    ],
)
def test_what_is_no_good_video_is_refused_with_a_sentence_and_not_kept(force, data, says):
    before, upload = len(stored(force, "pictures/")), handed_over(force.officer, data)

    heard = force.officer.post_json("/v1/videos", {"upload": upload, **OWN})

    assert heard.status == 422, heard.text
    assert says in heard.json()["detail"]
    assert len(stored(force, "pictures/")) == before
    assert stored(force, f"incoming/{OFFICER.person_id}/{upload}") == {
        f"incoming/{OFFICER.person_id}/{upload}": b""
    }


def test_a_form_takes_only_what_it_was_made_for(force):
    way = force.officer.post_json("/v1/videos/uploads", MP4).json()
    fields = way["fields"]

    def status(data=b"x", **other):
        return hand_over({**way, "fields": {**fields, **other}}, data).status

    assert status(key=f"incoming/{PCSO.person_id}/01J0000000000000000000000A") == 403
    assert status(key="pictures/01J0000000000000000000000A.mp4") == 403
    assert status(**{"Content-Type": "text/html"}) == 403
    assert status(acl="public-read") == 403
    assert status(data=b"") == 400
    assert status(data=bytes(50_000_001)) == 400
    assert status() == 201
    force.turn(minutes=11)
    assert status() == 403


@pytest.mark.parametrize("said", [{}, {"content_type": "video/quicktime"}, {**MP4, "more": 1}])
def test_nobody_is_told_where_to_hand_over_what_will_not_be_taken(force, said):
    heard = force.officer.post_json("/v1/videos/uploads", said)

    assert heard.status == 422
    assert said.get("more") or "Save it as MP4" in heard.text


def test_nobody_takes_in_what_somebody_else_sent(force):
    upload = handed_over(force.officer, film())

    other = force.caller(PCSO.person_id).post_json("/v1/videos", {"upload": upload, **OWN})
    own = force.officer.post_json("/v1/videos", {"upload": upload, **OWN})
    again = force.officer.post_json("/v1/videos", {"upload": upload, **OWN})

    assert (other.status, own.status, again.status) == (422, 201, 422)
    assert "not there any more" in again.json()["detail"]
    for path in ("/v1/videos", "/v1/videos/uploads"):
        assert (
            force.caller(AUDITOR.person_id).post_json(path, {"upload": upload, **OWN}).status == 403
        )
        assert Caller(force.stack.url).post_json(path, {"upload": upload, **OWN}).status == 401


def test_what_is_not_said_of_a_video_is_asked_for(force):
    upload = handed_over(force.officer, film())

    def refused(**body):
        heard = force.officer.post_json("/v1/videos", body)
        assert heard.status == 422, heard.text
        return heard.json()["detail"]

    assert "credit line" in refused(upload=upload, licence="cc_by", source="a", shows="nobody")
    assert "Name each colleague" in refused(upload=upload, licence="own", shows="staff")
    assert "Send the video first" in refused(upload="../../pictures/x", **OWN)
    assert "Send the video first" in refused(**OWN)


def test_a_video_goes_alone(force):
    video = a_video(force)["id"]
    query = urlencode(OWN)
    picture = force.officer._call(
        "POST", f"/v1/pictures?{query}", planted.jpeg(), {"Content-Type": "image/jpeg"}
    ).json()["id"]
    pictures = [{"id": video, "alt": ALT}, {"id": picture, "alt": "A van."}]

    heard = force.officer.post_json(
        "/v1/posts",
        {"text": "Both.", "account": FREE, "platforms": ["sandbox"], "pictures": pictures},
    )

    assert heard.status == 422
    assert "one video, with nothing beside it" in heard.json()["detail"]
