"""A post's life as the README tells it: a phone, a mailbox, the pages, and nothing else."""

import pytest
from playwright.sync_api import expect

from tests.pages.person import somebody
from tests.workflows.force import a_force

OUTSIDE = "Road closures this weekend are listed on https://roads.example.org/leek"


@pytest.fixture(scope="module")
def url():
    with a_force() as force:
        yield force.stack.url


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def person(browser, url, request):
    with somebody(browser, url, scripts=request.param) as person:
        yield person


def test_a_post_is_written_checked_sent_approved_and_seen_on_the_platform(person):
    page = person.page
    words = f"{OUTSIDE} scripts={person.scripts}"

    person.sign_in("Officer")
    person.write(words)
    person.tap("Check")
    expect(page.get_by_role("heading", name="Needs approval")).to_be_visible()
    expect(page.get_by_text("Needs approval: ")).to_be_visible()
    person.tap("Send")
    person.reload_until("Waiting for approval")
    post = page.url

    code = person.open_new_mail()
    person.follow_link_in_mail()
    expect(page.get_by_text(words)).to_be_visible()
    person.decide("Approve", code)
    expect(person.heading).to_have_text("Approved")

    person.local("Sandbox")
    while not page.get_by_text(words).is_visible():
        page.reload()
    page.goto(post)
    person.reload_until("Published")
    expect(page.get_by_role("link", name="See it on Sandbox")).to_be_visible()
