"""A post's life as the README tells it: a phone, a mailbox, the pages, and nothing else."""

import re

import pytest
from playwright.sync_api import expect

from local.tools import ROOT
from tests.pages.person import somebody
from tests.workflows.force import a_force

CHEADLE = "Cheadle Neighbourhood Team"
LINK = "https://roads.example.org/leek"


@pytest.fixture(scope="module")
def url():
    with a_force() as force:
        yield force.stack.url


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def either(browser, url, request):
    with somebody(browser, url, scripts=request.param) as person:
        yield person


@pytest.fixture
def person(browser, url):
    with somebody(browser, url) as person:
        yield person


def test_what_the_readme_names_stands_on_the_first_local_page(person):
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    steps = readme.partition("## Try it")[2].partition("## ")[0]

    person.page.goto(person.page.url.replace("/mailbox", "/"))

    named = re.findall(r"(?<!\*)\*([A-Za-z ]+)\*(?!\*)", steps)
    assert len(named) == 3
    for name in named:
        expect(person.main.get_by_role("link", name=name)).to_be_visible()


def test_a_post_is_written_checked_sent_approved_and_seen_on_the_platform(either):
    person, page = either, either.page
    words = f"Where the road is closed this weekend, scripts {either.scripts}: {LINK}"

    person.sign_in("Officer")
    person.write(words)
    if person.scripts:
        expect(page.get_by_role("status")).to_contain_text("of 500 characters")
    person.tap("Check")
    expect(page.get_by_role("heading", name="Needs approval")).to_be_visible()
    expect(page.get_by_role("link", name="not a site the force links to")).to_be_visible()
    person.tap("Send")
    person.reload_until("Waiting for approval")
    post = page.url

    code = person.open_new_mail()
    person.follow_link_in_mail()
    expect(person.main).to_contain_text(words)
    person.decide("Approve", code)
    expect(person.heading).to_have_text("Approved")

    person.local("Sandbox")
    person.reload_until(words)
    page.goto(post)
    person.reload_until("Published")
    expect(page.get_by_role("link", name="See it on Sandbox")).to_be_visible()


def test_a_blocked_post_shows_what_was_found_and_keeps_what_was_typed(either):
    person, page = either, either.page
    words = "#Leek #Market #Saturday #BikeMarking\nBring your bike, “even” the old one."

    person.sign_in("Officer")
    person.write(words)
    page.get_by_text("Send it later").click()
    page.get_by_label("Date").fill("2027-06-01")
    page.get_by_label("Time").fill("09:30")
    person.tap("Send")

    expect(page.get_by_role("heading", name="This post cannot go out yet")).to_be_visible()
    expect(page.get_by_role("link", name="Must change: ")).to_be_visible()
    expect(page.get_by_label("What do you want to say?")).to_have_value(words)
    expect(page.get_by_label("Leek Neighbourhood Team")).to_be_checked()
    expect(page.get_by_label("Sandbox", exact=True)).to_be_checked()
    expect(page.get_by_label("Date")).to_have_value("2027-06-01")
    expect(page.get_by_label("Time")).to_have_value("09:30")

    page.get_by_label("What do you want to say?").fill(words.replace("#", ""))
    person.tap("Send")
    person.reload_until("Cleared")
    expect(person.main).to_contain_text("09:30 on Tuesday 1 June 2027")


def test_a_returned_post_is_changed_and_the_new_version_goes_out(person):
    page = person.page
    person.sign_in("Officer")
    person.write("Surgery on Tuesday.", CHEADLE)
    person.tap("Send")
    person.reload_until("Waiting for approval")
    post = page.url

    code = person.open_new_mail()
    person.follow_link_in_mail()
    person.decide("Return for change", code, "Say where.")
    expect(person.heading).to_have_text("Returned")
    page.goto(post)
    person.reload_until("Returned")
    expect(person.main).to_contain_text("Say where.")

    person.tap("Change it and send it again")
    expect(person.main).to_contain_text("Say where.")
    text = page.get_by_label("What do you want to say?")
    expect(text).to_have_value("Surgery on Tuesday.")
    text.fill("Surgery at the library on Tuesday.")
    person.tap("Send")
    person.reload_until("Waiting for approval")
    assert page.url == post
    code = person.open_new_mail()
    person.follow_link_in_mail()
    person.decide("Approve", code)

    page.goto(post)
    person.reload_until("Published")
    expect(person.main).to_contain_text("Version 1: returned.")
    person.local("Sandbox")
    person.reload_until("Surgery at the library on Tuesday.")
    assert not page.get_by_text("Surgery on Tuesday.", exact=True).is_visible()


def test_five_wrong_codes_end_a_link_and_the_right_one_comes_too_late(person):
    page = person.page
    person.sign_in("Officer")
    person.write("Nobody guesses this.", CHEADLE)
    person.tap("Send")
    post = page.url
    code = person.open_new_mail()
    person.follow_link_in_mail()
    link = page.url

    for left in ("4 tries are left", "3 tries are left", "2 tries are left", "One try is left"):
        person.decide("Approve", "2222")
        expect(person.main).to_contain_text(left)
        expect(page.get_by_label("Approve", exact=True)).to_be_checked()
    person.decide("Approve", "2222")
    expect(person.main).to_contain_text("This link was voided")
    expect(page.get_by_role("button", name="Send your decision")).to_be_hidden()

    page.goto(link)
    person.look()
    expect(person.main).to_contain_text("This link was voided")
    assert code != "2222"
    page.goto(post)
    person.reload_until("Waiting for approval")
