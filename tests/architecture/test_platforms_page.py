"""What docs/platforms.md says of platforms is what the composer and the adapters go by."""

import pytest

from tests.architecture.platforms_page import WRITTEN, written


@pytest.mark.parametrize("heading", WRITTEN)
def test_the_tables_of_platforms_are_written_from_the_code(heading):
    told = "Write them anew: .venv/bin/python -m tests.architecture.platforms_page"

    assert written(heading) == WRITTEN[heading](), told
