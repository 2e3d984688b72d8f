"""The newsletter from the first click to the last: asked for, confirmed, sent on a Friday, left."""

import re
from datetime import datetime, time, timedelta
from urllib.parse import urlsplit

import pytest

from local.demo.caller import Caller
from local.mailbox import part
from shared.posts.localtime import LONDON, local
from shared.posts.newsletter import FRIDAY
from shared.records.subscribers import Subscribers, subscriber_id
from tests.workflows.force import a_force, eventually

ANN, BOB, CAT = "ann@reader.example", "bob@reader.example", "cat@reader.example"


@pytest.fixture(scope="module")
def force():
    with a_force() as force:
        force.stack.schedules.stop()
        yield force


@pytest.fixture
def stranger(force):
    return Caller(force.stack.url)


def path_in(mail, what):
    """The path of the link to confirm or to leave with."""
    return urlsplit(re.search(rf"https?://\S+/newsletter/{what}/\S+", part(mail, "plain"))[0]).path


def join(force, stranger, address):
    stranger.post_form("/newsletter", {"email": address})
    path = path_in(force.stack.mailbox.to(address)[-1], "confirm")
    assert stranger.post_form(path, {}).status == 200
    return path


def readers(force):
    return {reader.address for reader in Subscribers(force.stack.tables, force.pen).readers()}


def turn_to_friday(force):
    """To five past nine of the next Friday, on London's clock."""
    now = force.stack.clock.now()
    day = local(now).date()
    day += timedelta(days=(FRIDAY - day.weekday() - 1) % 7 + 1)
    due = datetime.combine(day, time(9, 5), LONDON)
    force.turn(seconds=(due - now).total_seconds())


def test_only_who_presses_the_button_gets_it(force, stranger):
    assert "Send me the letter" in stranger.get("/newsletter").text
    answer = stranger.post_form("/newsletter", {"email": ANN})
    [letter] = force.stack.mailbox.to(ANN)
    path = path_in(letter, "confirm")

    for _ in range(3):  # a mail scanner looks, and looks again
        assert "Yes, I want it" in stranger.get(path).text
    assert ANN not in readers(force)
    assert stranger.post_form(path, {}).status == 200

    assert ANN in readers(force)
    again = stranger.post_form("/newsletter", {"email": ANN})
    unknown = stranger.post_form("/newsletter", {"email": "nobody@reader.example"})
    assert answer.text == again.text == unknown.text
    assert len(force.stack.mailbox.to(ANN)) == 1


def test_what_is_no_address_is_told_what_to_do(force, stranger):
    answer = stranger.post_form("/newsletter", {"email": "ann@"})

    assert answer.status == 422
    assert "Enter an e-mail address like name@example.org." in answer.text


def test_a_link_that_was_never_sent_confirms_nothing(force, stranger):
    answer = stranger.post_form(f"/newsletter/confirm/{subscriber_id(ANN)}/{'x' * 43}", {})

    assert answer.status == 404
    assert "Ask for the newsletter again" in answer.text


@pytest.mark.parametrize("deed", ["confirm", "leave"])
def test_a_link_that_was_cut_short_says_so(force, stranger, deed):
    for answer in (
        stranger.get(f"/newsletter/{deed}/{subscriber_id(ANN)}/{'x' * 42}"),
        stranger.post_form(f"/newsletter/{deed}/{subscriber_id(ANN)}/{'x' * 42}", {}),
    ):
        assert answer.status == 404
        assert "Open it from the letter again" in answer.text


def test_on_friday_everybody_gets_the_weeks_posts_once_and_leaves_with_one_click(force, stranger):
    join(force, stranger, BOB)
    everybody = len(readers(force))
    post_id = force.submit("The bridge at Leek is open again.")
    force.until(post_id)
    turn_to_friday(force)

    told = [force.stack.call("SendNewsletter", {}) for _ in range(2)]

    assert [each["sent"] for each in told] == [everybody, 0]
    [weekly] = [mail for mail in force.stack.mailbox.to(BOB) if mail["List-Unsubscribe"]]
    words = part(weekly, "plain")
    assert "The bridge at Leek is open again." in words
    assert "Leek Neighbourhood Team, " in words
    assert force.publication(post_id).receipt.url in words
    assert BOB not in words

    link = weekly["List-Unsubscribe"].strip("<>")
    assert weekly["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Stop it" in stranger.get(urlsplit(link).path).text
    assert BOB in readers(force)
    # As a mail program does it: a form of several parts, or one of pairs (RFC 8058).
    body = (
        b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--x--'
    )
    kind = {"Content-Type": "multipart/form-data; boundary=x"}
    assert stranger._call("POST", urlsplit(link).path, body, kind).status == 200
    assert BOB not in readers(force)
    once_more = stranger.post_form(urlsplit(link).path, {"List-Unsubscribe": "One-Click"})
    assert once_more.status == 200


def test_a_mailbox_that_refuses_it_is_forgotten(force, stranger):
    force.stack.mailbox.faults.bounce(CAT)

    stranger.post_form("/newsletter", {"email": CAT})

    row = force.stack.tables.subscribers
    eventually(lambda: row.count(subscriber_id(CAT)) == 0)
    path = path_in(force.stack.mailbox.to(CAT)[-1], "confirm")
    assert stranger.post_form(path, {}).status == 404


def test_asking_for_very_many_addresses_is_stopped(force, stranger):
    answers = [
        stranger.post_form("/newsletter", {"email": f"r{place}@reader.example"}).status
        for place in range(21)
    ]

    assert answers[0] == 200
    assert answers[-1] == 429
    force.turn(hours=1)  # for the next test
