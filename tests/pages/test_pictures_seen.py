"""Pictures in a real browser: chosen, made smaller where they are large, and seen by the approver.

What a browser puts first in `Accept` for a picture decides whether the gateway gives out bytes; no
test without a browser knows that.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.person import somebody
from tests.unit.darkroom import planted
from tests.unit.darkroom.test_app import noise
from tests.workflows.force import a_force


def width_seen(page):
    """How wide the page's first picture is; 0 where it did not come."""
    page.wait_for_load_state("load")
    return page.evaluate("document.images[0].naturalWidth")


@pytest.fixture(scope="module")
def url():
    with a_force() as force:
        yield force.stack.url


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def person(browser, url, request):
    with somebody(browser, url, scripts=request.param) as person:
        yield person


def bring(person, data, name="IMG_0001.JPG"):
    page = person.page
    page.goto(re.match(r"https?://[^/]+", page.url)[0] + "/pictures/new")
    page.set_input_files(
        "input[type=file]", {"name": name, "mimeType": "image/jpeg", "buffer": data}
    )
    page.get_by_label("The force’s own").check()
    page.get_by_label("Nobody can be recognised").check()


def test_a_picture_is_brought_described_and_seen_by_the_approver(person):
    page, words = person.page, f"Meet us at the fair, scripts {person.scripts}."
    person.sign_in("Officer")

    bring(person, planted.jpeg())
    person.tap("Add it")
    expect(page.get_by_role("heading", name="Write a post")).to_be_visible()
    assert width_seen(page) == 320
    page.get_by_label("What it shows").first.fill("A stall with a blue tent.")
    person.fill_in(words, "Cheadle Neighbourhood Team")
    person.tap("Send")
    expect(page.locator("figcaption")).to_contain_text("A stall with a blue tent.")
    person.reload_until("Waiting for approval")
    assert width_seen(page) == 320

    person.open_new_mail()
    person.follow_link_in_mail()
    expect(page.locator("figcaption")).to_contain_text("A stall with a blue tent.")
    assert width_seen(page) == 320


def test_a_large_picture_is_sent_smaller_where_there_are_scripts_and_else_refused(person):
    plain = planted.saved(noise((1600, 1200)), "JPEG", quality=80)
    data = plain + bytes(4_450_000 - len(plain))  # over that the gateway refuses it itself
    person.sign_in("Officer")

    bring(person, data)
    if person.scripts:
        told = expect(person.page.get_by_role("status"))
        told.to_contain_text("it is sent smaller", timeout=30_000)  # painted on a busy machine
    person.tap("Add it")

    if person.scripts:
        expect(person.page.get_by_role("heading", name="Write a post")).to_be_visible()
        return
    expect(person.main).to_contain_text("more than 4.4 MB")
    person.noticed.clear()  # a refusal is one, and the browser says so
