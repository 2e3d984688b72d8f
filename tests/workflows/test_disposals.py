"""Two people let a sealed month go that outlived its time: bag, copy, payloads and keys are gone,
with every post and picture that no other month names, and whoever looks for it finds who said so;
nothing keeps it and it stays, or nobody asked."""

import html
import json
import re
from datetime import timedelta
from hashlib import sha256

import pytest

from local.force import AUDITOR, COMMS, DEPUTY, OFFICER, STANDARDS
from shared.months.bag import TAG_MANIFEST, folder, note_path
from shared.months.month import read_month
from shared.months.retention import RULES
from shared.posts.life import State
from shared.records.disposals import Disposals, LastLook, Outlived
from shared.records.outbox import Outbox
from tests.builders import a_pen
from tests.workflows.archiving import VERIFIER
from tests.workflows.deleting import a_published, asked
from tests.workflows.disposing import DISPOSALS, REFUSE, ask_disposal, decide_disposal
from tests.workflows.erasing import remark
from tests.workflows.force import a_force
from tests.workflows.legal_holding import hold, release
from tests.workflows.reaper import Reaper
from tests.workflows.test_erased_in_months import archived, seal
from tests.workflows.test_pictures import uploaded
from tests.workflows.verifying import verdict

A_YEAR = {"Disposal": "on", "RetentionSchedules": ",".join(f"{kept}=1" for kept in RULES)}
SECRET = "I saw Ottoline Marchbanks do it"


@pytest.fixture(scope="module")
def force():
    with a_force(parameters=A_YEAR) as force:
        force.stack.schedules.stop()  # only we seal and dispose
        yield force


def past_its_time(force, *months, bag="0" * 64):
    """These were past their time when somebody looked last."""
    now = force.stack.clock.now()
    seen = tuple(Outlived(each, bag, "posts", now) for each in months)
    Disposals(force.stack.tables, a_pen()).looked(LastLook(now, seen), now)


def look(force):
    return force.stack.call("DisposeMonths", {})


def left(force, bucket, month):
    """Every version of every object that has to do with a month, but its note."""
    pages = force.stack.aws.client("s3").get_paginator("list_object_versions")
    return [
        each["Key"]
        for page in pages.paginate(Bucket=bucket)
        for each in (*page.get("Versions", ()), *page.get("DeleteMarkers", ()))
        if str(month) in each["Key"] and each["Key"] != note_path(month)
    ]


def of_month(force, month):
    said = force.stack.environment("DisposeMonths")
    return [
        *left(force, said["ARCHIVE_BUCKET"], month),
        *left(force, said["ARCHIVE_INDEX_BUCKET"], month),
    ]


def steps(force, disposal_id):
    told = []
    for leaf in Outbox(force.stack.tables).pending(1000):
        said = json.loads(leaf.envelope)
        if said["subject"] == f"disposal:{disposal_id}":
            told.append((said["type"], said["actor"], said["approver"]))
    return told


def rows_of(force, leaf_id):
    tables = force.stack.tables
    return [
        row.leaf_id
        for table in (tables.payloads, tables.record_keys)
        for row in table.scan()
        if row.leaf_id == leaf_id
    ]


def with_a_picture(force):
    """A post that was published with a picture, and that picture's id."""
    picture = uploaded(force)["id"]
    post_id = force.submit("Our new car.", pictures=[{"id": picture, "alt": "A patrol car."}])
    if force.until(post_id, State.AWAITING_APPROVAL, State.PUBLISHED) is not State.PUBLISHED:
        force.decide(post_id, "approve")
    assert force.until(post_id) is State.PUBLISHED
    return post_id, picture


def everywhere_but_in_leaves(force, *words):
    """The tables, and the media bucket, in which one of these words stands."""
    leaves = {"outbox", "payloads", "record_keys"}
    rows = {
        table.noun
        for table in force.stack.tables.all()
        if table.noun not in leaves
        for row in table.scan(consistent_read=True)
        if any(each in repr(row.serialize()) for each in words)
    }
    bucket = force.stack.environment("DisposeMonths")["MEDIA_BUCKET"]
    there = [path for each in words for path in left(force, bucket, each)]
    return rows | ({"media"} if there else set())


def told_of_what_went(force, post_id, picture):
    """What is said of a post of which nothing is left."""
    assert everywhere_but_in_leaves(force, post_id, picture) <= {"links", "idempotency"}
    reader = force.caller(AUDITOR.person_id)
    page, told = (reader.get(path) for path in (f"/posts/{post_id}", f"/v1/posts/{post_id}"))
    assert (page.status, told.status) == (404, 404)
    assert "was disposed of on" in page.text
    for what in ("deletions", "takedowns"):  # whatever began when that post did
        gone = reader.get(f"/v1/{what}/{post_id}")
        assert (gone.status, "was disposed of on" in gone.text) == (404, True), gone.text
    return told.json()["detail"]


def agreed_on(force, first, bag):
    """The id of a disposal that two people agreed on, and neither of them alone."""
    past_its_time(force, first, bag=bag)
    assert ask_disposal(force, first.next).status == 409
    heard = ask_disposal(force, first)
    assert heard.status == 201, heard.text
    disposal_id = heard.json()["disposal_id"]
    again = ask_disposal(force, first, STANDARDS)
    assert (again.status, "Somebody asked before" in again.text) == (409, True)
    assert decide_disposal(force, disposal_id, COMMS).status == 403
    assert decide_disposal(force, disposal_id).json()["state"] == "approved"
    return disposal_id


def test_a_month_goes_when_two_people_said_so_and_whoever_misses_it_can_tell_who(force, tmp_path):
    leaf_id = remark(force, words=SECRET)
    post_id, picture, needed = what_goes_and_what_is_needed(force)
    first = seal(force)
    before = archived(force, first)
    bag = sha256(before[folder(first) + TAG_MANIFEST]).hexdigest()
    disposal_id = agreed_on(force, first, bag)
    assert look(force) == {"outlived": [], "going": [], "gone": []}
    waits = waits_of(force, disposal_id)
    assert waits[0] == "its approval is not in a sealed month yet"

    deletion_id = asked(force, needed)
    second = seal(force)
    assert look(force)["going"] == []
    [waits] = waits_of(force, disposal_id)
    assert re.fullmatch(r"\w+ are kept until 2027-12-01", waits)
    force.stack.call("CopyMonths", {})
    assert of_month(force, first) != []

    force.stack.clock.turn_to(first.ends + timedelta(days=366))
    assert "media" in everywhere_but_in_leaves(force, picture)
    killed_on_its_way(force)
    assert look(force)["going"] == [str(first)]
    assert look(force)["gone"] == [str(first)]

    assert of_month(force, first) == []
    assert of_month(force, second) != []
    assert rows_of(force, leaf_id) == []
    gone = told_of_what_went(force, post_id, picture)
    assert {"posts", "publications", "deletions"} <= everywhere_but_in_leaves(force, needed)
    auditor = force.caller(AUDITOR.person_id)
    assert auditor.get(f"/v1/posts/{needed}").status == 200
    assert auditor.get(f"/v1/deletions/{deletion_id}").status == 200
    both = COMMS.person_id, STANDARDS.person_id
    assert steps(force, disposal_id) == [("disposal.begun", *both), ("disposal.done", *both)]
    shown = auditor.get(f"{DISPOSALS}/{disposal_id}").json()
    assert (shown["state"], shown["bag"]) == ("done", bag)
    assert shown["removed"]["post"] == shown["removed"]["picture"] == 1
    assert f"by leaf {shown['leaf_index']}" in gone
    assert force.stack.call("CopyMonths", {}) == {"copied": []}
    assert auditor.get(f"/v1/audit/months/{first}").json()["disposed_by"] == disposal_id
    said = verdict(
        VERIFIER,
        tmp_path,
        {note_path(first): before[note_path(first)], **archived(force, second)},
    )
    assert (said.returncode, said.stderr) == (0, ""), said.stdout
    assert f"{first} was disposed of, by leaf " in said.stdout


def waits_of(force, disposal_id):
    """Why it waits, as anybody who reads everything sees it."""
    path = f"{DISPOSALS}/{disposal_id}"
    return force.caller(AUDITOR.person_id).get(path).json()["waits"]


def what_goes_and_what_is_needed(force):
    """A post with a picture, and a post that a later month names."""
    return (*with_a_picture(force), a_published(force, "The market is open again."))


def killed_on_its_way(force):
    """Three runs, each dead behind a call of another kind; every call is killed in unit tests."""
    reaper = Reaper(force.stack)
    for call, at in (("TransactWriteItems", ""), ("DELETE", "pictures/"), ("DELETE", "month=")):
        with reaper.killing("DisposeMonths", call, at=at, after=True):
            _look_and_die(force)


def _look_and_die(force):
    with pytest.raises(Exception):  # noqa: B017, PT011 - however a dead worker answers
        look(force)


def test_what_is_held_is_neither_asked_for_nor_approved(force):
    month = read_month("2019-01")
    past_its_time(force, month)
    hold_id = hold(force, **{"from": str(month), "to": str(month)})
    heard = ask_disposal(force, month)
    assert (heard.status, "the legal hold that was asked for on" in heard.text) == (409, True)
    release(force, hold_id)
    force.stack.call("HoldMonths", {})
    disposal_id = ask_disposal(force, month).json()["disposal_id"]
    later = hold(force, subject="account:leek-npt")

    assert decide_disposal(force, disposal_id).status == 409

    release(force, later)
    force.stack.call("HoldMonths", {})
    assert decide_disposal(force, disposal_id).status == 200
    assert decide_disposal(force, disposal_id, DEPUTY, decision="refuse").status == 422
    assert decide_disposal(force, disposal_id, DEPUTY, **REFUSE).json()["state"] == "refused"
    assert decide_disposal(force, disposal_id, DEPUTY, **REFUSE).status == 409


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "month"),
        ({"month": "October"}, "month"),
        ({"month": 202610}, "month"),
        ({"month": "2026-10", "why": " "}, "why"),
        ({"month": "2026-10", "why": "Old.", "more": 1}, "more"),
    ],
)
def test_what_is_asked_wrongly_is_said_at_its_field(force, body, field):
    heard = force.comms.post_json(DISPOSALS, body)

    assert heard.status == 422
    assert field in {each["field"] for each in heard.json()["errors"]}


def fill(caller, path, **fields):
    main = caller.get(path).text.partition("<main")[2]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', main))
    kept = {name: html.unescape(value) for name, value in hidden.items()}
    return caller.post_form(path, {**kept, **fields})


def test_the_pages_do_the_same_and_a_form_without_a_choice_does_nothing(force):
    month, comms, standards = "2019-02", force.comms, force.caller(STANDARDS.person_id)
    past_its_time(force, read_month(month))
    assert month in comms.get("/disposals/new").text
    assert fill(comms, "/disposals/new", month=month).status == 422
    assert fill(comms, "/disposals/new", month="May", why="Old.").status == 422
    young = fill(comms, "/disposals/new", month="2019-11", why="Old.")
    assert (young.status, "2019-11 stays" in young.text) == (422, True)
    sent = fill(comms, "/disposals/new", month=month, why="It is past its time.")
    assert sent.status == 303, sent.text
    page = sent.headers["location"]

    assert "Destroy it" not in comms.get(page).text
    own = fill(comms, page, decision="approve")
    assert own.status in {403, 422}
    assert fill(standards, page).status == 422
    assert fill(standards, page, decision="approve").status == 303
    assert "Approved, not begun" in force.caller(AUDITOR.person_id).get(page).text
    assert fill(standards, page, decision="approve").status == 422
    assert fill(standards, page, decision="refuse").status == 422
    assert fill(comms, page, decision="refuse", why="It is needed.").status == 303

    shown = standards.get(page).text
    assert "Refused" in shown
    assert "<form" not in shown.partition("<main")[2]
    assert month in standards.get("/disposals").text
    assert force.caller(OFFICER.person_id).get("/disposals").status == 403
