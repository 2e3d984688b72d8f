"""The counter that a browser looks at, once a session, and the windows it is looked at in.

A window costs a browser more than a page does. So a page that is only looked at, or handled by one
hand, is opened in a window that stays (`Window`); what has to be met by a fresh browser, with a
cache of its own or without scripts, gets one (`open_page`).
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.pages.counter import Counter

Open = Callable[..., Page]
PHONE, DESK = (390, 844), (1280, 800)
PATIENCE = 15_000
"""Milliseconds."""


class Window:
    """A window that shows one sample after the other; each is loaded as if it were the first."""

    def __init__(self, browser: Browser, counter: Counter, scale: int = 1) -> None:
        self._counter = counter
        context = browser.new_context(locale="en-GB", device_scale_factor=scale)
        context.set_default_timeout(PATIENCE)
        self._page = context.new_page()
        self.close = context.close

    def show(self, name: str, width: int, height: int) -> Page:
        """Load a sample in this width and height, with nothing left of the page before it."""
        self._page.set_viewport_size({"width": width, "height": height})
        answered = self._page.goto(f"{self._counter.url}/{name}")
        assert answered is not None
        assert answered.ok, f"{name}: {answered.status}"
        return self._page


@pytest.fixture(scope="session")
def counter() -> Iterator[Counter]:
    with Counter() as counter:
        yield counter


@pytest.fixture(scope="module")
def seeing(browser: Browser, counter: Counter) -> Iterator[Window]:
    """The window for tests that leave a page as it is."""
    window = Window(browser, counter)
    yield window
    window.close()


@pytest.fixture(scope="module")
def handling(browser: Browser, counter: Counter) -> Iterator[Window]:
    """The window for tests that press keys or change how a page looks."""
    window = Window(browser, counter)
    yield window
    window.close()


@pytest.fixture(scope="module")
def zoomed(browser: Browser, counter: Counter) -> Iterator[Window]:
    """A window at twice the size."""
    window = Window(browser, counter, scale=2)
    yield window
    window.close()


@pytest.fixture
def open_page(browser: Browser, counter: Counter) -> Iterator[Open]:
    """Open a sample in a fresh window of a width and height, with or without scripts."""
    contexts = []

    def open_it(name: str, width: int = PHONE[0], height: int = PHONE[1], **how: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="en-GB",
            **how,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{counter.url}/{name}")
        return page

    yield open_it
    for context in contexts:
        context.close()
