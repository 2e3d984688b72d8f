"""A house of running functions that is closed after the test."""

import pytest

from tests.unit.local.houses import House


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    for lambdas in house.running:
        lambdas.stop()
