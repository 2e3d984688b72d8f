"""What a page costs a phone on a bad line, and that it asks nobody else for anything."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser

from shared.pages.static import static
from tests.pages.counter import Counter, page
from tests.pages.samples import SAMPLES

BUDGET = 60_000


@pytest.mark.parametrize("name", SAMPLES)
def test_a_first_visit_stays_within_sixty_kilobytes(
    browser: Browser, counter: Counter, name: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    window = context.new_page()
    wire = context.new_cdp_session(window)
    weights: list[int] = []
    asked: list[str] = []
    said: list[str] = []

    def arrived(event: dict[str, Any]) -> None:
        weights.append(int(event["encodedDataLength"]))

    wire.on("Network.loadingFinished", arrived)
    wire.send("Network.enable")
    window.on("request", lambda request: asked.append(request.url))
    window.on("console", lambda message: said.append(message.text))
    window.goto(f"{counter.url}/{name}", wait_until="networkidle")
    context.close()

    assert len(weights) >= 2
    assert sum(weights) <= BUDGET
    assert [url for url in asked if not url.startswith((counter.url, "data:"))] == []
    assert said == []


@pytest.mark.parametrize("name", SAMPLES)
def test_even_a_line_that_packs_nothing_carries_a_page_within_the_budget(name: str) -> None:
    html = page(name)[0].decode()
    files = [static(found) for found in re.findall(r'="/static/([^"]+)"', html)]

    assert len(html.encode()) + sum(len(found[0]) for found in files if found) <= BUDGET
    assert None not in files
