"""What every test gets: its folder's name as a marker, no network in unit tests, and a browser
where it asks for one."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_socket
from hypothesis import settings

from local.tools.chromium import find_chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TESTS = Path(__file__).parent
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

# Two shared cores make any one example slow now and then; the invariant is what counts.
# Whoever works on the code explores; the gate tries the same each time, so that what it stops is
# what was changed.
settings.register_profile("bluelamp", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("bluelamp")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test by the folder it lies in, so that `-m unit` needs no marks by hand."""
    known = {line.split(":")[0] for line in config.getini("markers")}
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in known:
            item.add_marker(folder)


@pytest.fixture(autouse=True)
def _no_network_in_unit_tests(request: pytest.FixtureRequest) -> object:
    if request.node.get_closest_marker("unit") is None:
        yield
        return
    pytest_socket.disable_socket(allow_unix_socket=True)
    yield
    pytest_socket.enable_socket()


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A real browser. Playwright can be started once in a process, so this is for all folders."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=find_chromium(), args=QUIET)
        yield browser
        browser.close()
