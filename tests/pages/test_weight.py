"""What a page costs a phone on a bad line, and that it asks nobody else for anything."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from shared.pages.static import static
from tests.pages.counter import Counter, page
from tests.pages.samples import SAMPLES

BUDGET = 60_000


class Scales:
    """A window that keeps nothing: every visit is a first one. What the last one took is noted."""

    def __init__(self, browser: Browser, counter: Counter) -> None:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        self._counter = counter
        self._window = context.new_page()
        self.close = context.close
        self.weights: list[int] = []
        self.asked: list[str] = []
        self.said: list[str] = []
        wire = context.new_cdp_session(self._window)
        wire.on("Network.loadingFinished", self._arrived)
        wire.send("Network.enable")
        wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
        self._window.on("request", lambda request: self.asked.append(request.url))
        self._window.on("console", lambda message: self.said.append(message.text))

    def visit(self, name: str) -> None:
        """Open a sample and wait until it asks for nothing more."""
        for noted in (self.weights, self.asked, self.said):
            noted.clear()
        self._window.goto(f"{self._counter.url}/{name}", wait_until="networkidle")

    def _arrived(self, event: dict[str, Any]) -> None:
        self.weights.append(int(event["encodedDataLength"]))


@pytest.fixture(scope="module")
def scales(browser: Browser, counter: Counter) -> Iterator[Scales]:
    scales = Scales(browser, counter)
    yield scales
    scales.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_a_first_visit_stays_within_sixty_kilobytes(
    scales: Scales, counter: Counter, name: str
) -> None:
    scales.visit(name)

    assert len(scales.weights) >= 2
    assert sum(scales.weights) <= BUDGET
    assert [url for url in scales.asked if not url.startswith((counter.url, "data:"))] == []
    assert scales.said == []


def test_every_visit_on_the_scales_is_a_first_one(scales: Scales) -> None:
    scales.visit("posts")
    first = sorted(scales.weights)
    scales.visit("posts")

    assert sorted(scales.weights) == first


@pytest.mark.parametrize("name", SAMPLES)
def test_even_a_line_that_packs_nothing_carries_a_page_within_the_budget(name: str) -> None:
    html = page(name)[0].decode()
    files = [static(found) for found in re.findall(r'="/static/([^"]+)"', html)]

    assert len(html.encode()) + sum(len(found[0]) for found in files if found) <= BUDGET
    assert None not in files
