"""What every test gets: its folder's name as a marker, and no network in unit tests."""

from pathlib import Path

import pytest
import pytest_socket
from hypothesis import settings

TESTS = Path(__file__).parent

# Two shared cores make any one example slow now and then; the invariant is what counts.
settings.register_profile("bluelamp", deadline=None)
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
