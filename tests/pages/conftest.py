"""The counter that a browser looks at, once a session."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.counter import Counter

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def counter() -> Iterator[Counter]:
    with Counter() as counter:
        yield counter


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
