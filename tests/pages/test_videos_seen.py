"""A video in a real browser: it goes straight to S3 and comes back, with scripts or without.

What is left of it plays. That the page's policy lets the form go there, and back, only a browser
tells.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.person import somebody
from tests.unit.darkroom.playable import SIDE, playable
from tests.workflows.force import a_force


@pytest.fixture(scope="module")
def url():
    with a_force() as force:
        yield force.stack.url


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def person(browser, url, request):
    with somebody(browser, url, scripts=request.param) as person:
        yield person


def test_a_video_is_handed_over_and_plays_when_it_is_clean(person, monkeypatch):
    page, data = person.page, playable(monkeypatch)
    assert b"MARKER" in data
    person.sign_in("Officer")
    here = re.match(r"https?://[^/]+", page.url)[0]

    page.goto(f"{here}/videos/new")
    page.set_input_files(
        "input[type=file]", {"name": "VID_1.MP4", "mimeType": "video/mp4", "buffer": data}
    )
    person.tap("Send it")
    expect(page.get_by_role("heading", name="Whose video is it?")).to_be_visible()
    page.get_by_label("The force’s own").check()
    page.get_by_label("Nobody can be recognised").check()
    person.tap("Add it")

    expect(page.get_by_role("heading", name="Write a post")).to_be_visible()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Watch the video").click()
    film = opened.value
    film.wait_for_load_state("load")
    seen = film.context.request.get(film.url).body()
    assert b"MARKER" not in seen
    plays = "document.createElement('video').canPlayType('video/mp4; codecs=\"avc1.42c01e\"')"
    if person.scripts and film.evaluate(plays):  # else nobody can be asked what is seen
        film.wait_for_function("document.querySelector('video')?.readyState >= 2")
        told = film.evaluate("(v => [v.videoHeight, v.duration])(document.querySelector('video'))")
        assert told == [SIDE, 2]
    bucket = person.noticed.pop()  # where the form went, and nothing else asked a stranger
    assert re.search(r"/videos/new asked a stranger: \S+-incoming$", bucket)
