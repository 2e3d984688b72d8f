"""An appeal has an end: one act says so wherever it was shared, and nobody forgets to."""

from datetime import date, timedelta

import pytest

from local.force import COMMANDER, COMMS, OFFICER
from shared.posts.life import State
from tests.workflows.appealing import HOME, PAGE, appeal, done, leaves, seen
from tests.workflows.force import WATCHED, Force, a_force, eventually

GROUP = "https://group.example/posts/7"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.keep_leaves()
        force.without("KeepReviews")  # the morning would tell of reviews, too
        yield force


def shown(force: Force, text: str):
    return [post for post in force.stack.sandbox.posts if post.text == text]


def test_one_act_closes_it_under_every_post_that_shared_it(force):
    first = appeal(force, "one")
    second = force.submit(f"Please share. {PAGE.format('one')}")
    assert force.until(second) is State.PUBLISHED

    before = seen(force, first)
    told = done(force, first, "found", 202, words=HOME)
    closings = [each["closing"]["post"].partition("-")[0] for each in told["posts"]]
    for closing in closings:
        assert force.until(closing) is State.PUBLISHED

    assert [each["post"] for each in before["posts"]] == [f"{first}-1", f"{second}-1"]
    assert (before["state"], before["owner"]) == ("open", "p-officer")
    assert told["refused"] == []
    under = {each.answers for each in shown(force, HOME)}
    ids = {each.post_id for each in force.stack.sandbox.posts if PAGE.format("one") in each.text}
    assert under == ids
    again = done(force, first, "found", 202, words=HOME)
    assert len(shown(force, HOME)) == 2
    assert [each["closing"]["state"] for each in again["posts"]] == ["published", "published"]


def sent(force: Force, who, appeal_id: str, act: str, **fields: str):
    """A form of its page, as somebody sent it."""
    caller = force.caller(who.person_id)
    csrf = caller.get(f"/appeals/{appeal_id}").fields()["csrf"]
    return caller.post_form(f"/appeals/{appeal_id}", {"csrf": csrf, "act": act, **fields})


def test_it_is_looked_after_on_its_page_until_nothing_of_it_is_left(force):
    post_id = appeal(force, "page")
    page = force.officer.get(f"/appeals/{post_id}")
    [ours] = seen(force, post_id)["posts"][0]["addresses"]

    too_early = sent(force, OFFICER, post_id, "close", why="All home.")
    steps = [
        sent(force, OFFICER, post_id, "copy", address=GROUP, note="A village group."),
        sent(force, OFFICER, post_id, "owner", owner=COMMS.email),
        sent(force, COMMS, post_id, "found", words="Home again.", posts=f"{post_id}-1"),
        sent(force, OFFICER, post_id, "settle", address=GROUP, fate="gone", why="They did."),
        sent(force, OFFICER, post_id, "settle", address=ours, fate="stays", why="It says so."),
        sent(force, OFFICER, post_id, "close", why="All home."),
    ]
    after = seen(force, post_id)

    assert f"/deletions/new?post={post_id}-1" in page.text
    assert too_early.status == 422
    assert [step.status for step in steps] == [303] * 6
    assert (after["state"], after["owner"]) == ("closed", COMMS.person_id)
    assert [copy["address"] for copy in after["copies"]] == [ours]
    assert leaves(force, post_id) == [
        "appeal.opened",
        "appeal.copy_kept",
        "appeal.handed_over",
        "appeal.found",
        "appeal.copy_settled",
        "appeal.copy_settled",
        "appeal.closed",
    ]
    done(force, post_id, "extend", 409, until="2030-01-01", why="No.")


def test_it_is_seen_by_its_team_and_whoever_reads_everything(force):
    post_id = force.submit("Have you seen this woman?", WATCHED)
    stranger, team = force.caller(COMMANDER.person_id), force.officer

    listed = [each["appeal_id"] for each in team.get("/v1/appeals").json()["appeals"]]

    assert post_id in listed
    assert force.comms.get(f"/appeals/{post_id}").status == 200
    assert f"/appeals/{post_id}" in team.get("/appeals").text
    for path in (f"/appeals/{post_id}", f"/v1/appeals/{post_id}"):
        assert stranger.get(path).status == 404
    assert force.officer.get("/appeals/page:abc").status == 404


def test_the_clock_tells_its_owner_and_then_the_centre_and_nobody_twice(force):
    post_id = appeal(force, "clock")
    until = force.stack.clock.now().date() + timedelta(days=2)
    extended = done(force, post_id, "extend", until=until.isoformat(), why="A short one.")
    mails, page = len(force.stack.mailbox), f"/appeals/{post_id})"

    def lines(to: str) -> list[str]:
        letters = [mail for mail in list(force.stack.mailbox)[mails:] if mail["To"] == to]
        texts = [mail.get_body(("plain",)).get_content() for mail in letters]
        said = [line for text in texts for line in text.splitlines() if page in line]
        return [line.removeprefix("- ").partition(";")[0] for line in said]

    for due in (1, 2, 2):  # the schedule comes too, and whoever is first tells
        force.turn(days=1)
        for _ in range(2):
            force.stack.call("TellMorning", {})
        eventually(lambda due=due: len(lines(OFFICER.email)) >= due)
    eventually(lambda: lines(COMMS.email))

    assert date.fromisoformat(extended["ends_on"]) == until
    assert lines(OFFICER.email) == [
        "An appeal of yours ends tomorrow",
        "An appeal of yours ends today",
    ]
    told = len(lines(COMMS.email))
    assert force.stack.call("TellMorning", {})["told"] == 0
    assert len(lines(COMMS.email)) == told == 1
