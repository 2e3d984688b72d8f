"""A real browser and the counter it looks at, once a session."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from local.tools.chromium import find_chromium
from tests.pages.counter import Counter

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def counter() -> Iterator[Counter]:
    with Counter() as counter:
        yield counter


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, counter: Counter) -> Iterator[Open]:
    """Open a sample in a fresh window of a width and height, with or without scripts."""
    contexts = []

    def open_it(name: str, width: int = 390, height: int = 844, **how: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            **how,  # type: ignore[arg-type]
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{counter.url}/{name}")
        return page

    yield open_it
    for context in contexts:
        context.close()
