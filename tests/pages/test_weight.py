"""What a page costs a phone on a bad line, and that it asks nobody else for anything."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.pages.counter import Counter
from tests.pages.samples import SAMPLES

BUDGET = 60_000


@pytest.mark.parametrize("name", SAMPLES)
def test_a_first_visit_stays_within_sixty_kilobytes(
    browser: Browser, counter: Counter, name: str
) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    weights: list[int] = []
    asked: list[str] = []
    said: list[str] = []

    def arrived(event: dict[str, Any]) -> None:
        weights.append(int(event["encodedDataLength"]))

    wire.on("Network.loadingFinished", arrived)
    wire.send("Network.enable")
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{counter.url}/{name}", wait_until="networkidle")
    context.close()

    assert len(weights) >= 2
    assert sum(weights) <= BUDGET
    assert [url for url in asked if not url.startswith((counter.url, "data:"))] == []
    assert said == []
