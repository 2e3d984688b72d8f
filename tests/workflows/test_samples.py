"""A month is sealed, posts are drawn from it by lot, looked at, followed up and stated; and whoever
has the months alone draws the same."""

import contextlib
import io
import json
from datetime import timedelta
from types import SimpleNamespace

import pytest

from local.cli import main
from local.force import AUDITOR, DEPUTY, OFFICER, STANDARDS
from shared.identity.session import form_token
from shared.records.samples import Samples
from shared.samples.sample import HEARD
from tests.workflows.deleting import a_published
from tests.workflows.force import FREE, a_force
from tests.workflows.test_erased_in_months import archived, seal

POSTS, DONE = 3, {"post": 1, "note": "They were taught."}


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """What happened to the sample of one month, from its draw to its statement."""
    with a_force() as force:
        force.stack.schedules.stop()  # only we seal and draw
        told = SimpleNamespace()
        told.posts = [a_published(force, f"The bridge number {n} is open.") for n in range(POSTS)]
        told.month = seal(force)
        told.draws = [force.stack.call("DrawSamples", {}) for _ in range(2)]
        told.sample = the_sample(force, told.month)
        told.mornings = [morning(force) for _ in range(2)]
        looked_at(force, told)
        force.turn(days=20)
        told.stated = [force.stack.call("DrawSamples", {})["stated"] for _ in range(2)]
        told.over = the_sample(force, told.month)
        told.answer = drawn_again(force, told, tmp_path_factory.mktemp("archive"))
        yield told


def the_sample(force, month):
    return Samples(force.stack.tables, force.pen).get(f"{month}-{FREE}")


def morning(force):
    """What the morning's letters say, to whom."""
    before = len(force.stack.mailbox)
    force.stack.call("TellMorning", {})
    mails = list(force.stack.mailbox)[before:]
    return {str(mail["To"]): mail.get_body(("plain",)).get_content() for mail in mails}


def looked_at(force, told):
    """One post is found serious on the page, the other fine through the API."""
    address = f"/samples/{told.sample.sample_id}"
    standards, comms = force.caller(STANDARDS.person_id), force.caller(DEPUTY.person_id)
    until = (force.stack.clock.now() + timedelta(days=7)).date().isoformat()
    sent = {"csrf": form_token(standards.token, "reviews"), "act": "look", "post": "1"}
    sent |= {"verdict": "serious", "reason": "A joke.", "who": OFFICER.person_id, "until": until}
    told.page = standards.get(address).text
    told.wrong = standards.post_form(address, sent)
    told.right = standards.post_form(address, {**sent, "means": "training"})
    told.again = standards.post_form(address, {**sent, "means": "training"})
    told.fine = standards.post_json(f"/v1{address}/verdicts", {"post": 2, "verdict": "fine"})
    told.serious = morning(force)
    told.early = comms.post_json(f"/v1{address}/follow-ups", DONE)
    force.turn(seconds=HEARD.total_seconds())
    comms = force.caller(DEPUTY.person_id)  # who was signed in yesterday is not any more
    told.late = comms.post_json(f"/v1{address}/follow-ups", DONE)
    told.seen_by = {
        person.person_id: force.caller(person.person_id).get(address).status
        for person in (AUDITOR, OFFICER)
    }
    told.listed = comms.get("/samples").text
    told.totals = comms.get("/v1/samples").json()["months"]


def drawn_again(force, told, folder):
    """What the command says that has nothing but the sealed months."""
    for each in (told.month, seal(force)):
        for path, data in archived(force, each).items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    command = ["audit", "sample", str(told.month), FREE, "--archive", str(folder), "--json"]
    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())) as said:
        code = main(command)
        said.flush()
        return code, json.loads(said.buffer.getvalue())


def test_a_sealed_month_is_drawn_from_once_and_whoever_looks_is_told_once(story):
    first, second = story.draws
    letter, *_ = (text for to, text in story.mornings[0].items() if STANDARDS.email in to)

    assert (first["drawn"], second["drawn"]) == ([str(story.month)], [])
    assert (story.sample.published, len(story.sample.posts)) == (POSTS, 2)
    assert {each.post_id for each in story.sample.posts} <= {*story.posts}
    assert all(OFFICER.person_id in each.hands for each in story.sample.posts)
    assert f"2 of {story.month} were drawn by lot" in letter
    assert "drawn by lot" not in "".join(story.mornings[1].values())


def test_people_look_at_it_once_and_not_at_all_without_a_right(story):
    assert "The bridge number" in story.page
    assert f"bluelamp audit sample {story.month} {FREE}" in story.page
    sent = [each.status for each in (story.wrong, story.right, story.again, story.fine)]
    assert sent == [422, 303, 422, 200]
    assert story.seen_by == {AUDITOR.person_id: 200, OFFICER.person_id: 403}
    assert "2 of 2 looked at" in story.listed


def test_the_list_says_what_the_month_came_to(story):
    (total,) = story.totals
    share = "1 account: 2 of 3 posts drawn (66%)"

    assert all(said in story.listed for said in (share, "2 of 2 looked at (100%)", "1 serious"))
    assert (total["month"], total["counts"]["samples"]) == (str(story.month), 1)
    assert total["counts"]["verdicts"] == {"fine": 1, "minor": 0, "serious": 1}


def test_what_is_serious_reaches_professional_standards_before_it_is_called_done(story):
    letters = {to: text for to, text in story.serious.items() if "serious" in text}

    assert any(STANDARDS.email in to for to in letters)
    assert any(OFFICER.email in to for to, text in story.serious.items() if "training" in text)
    assert "A joke" not in "".join(story.serious.values())
    assert (story.early.status, story.late.status) == (422, 200)
    assert story.late.json()["counts"]["done"] == 1


def test_the_month_is_stated_once_and_the_months_alone_draw_the_same(story):
    code, found = story.answer

    assert story.over.is_over
    assert story.stated == [[str(story.month)], []]
    assert (code, found["wrong"]) == (0, [])
    assert found["posts"] == [each.name for each in story.over.posts]
    assert found["leaf_index"] is not None
