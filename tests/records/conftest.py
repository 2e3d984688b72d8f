"""Three databases for the same tests: moto in this process, Amazon's own engine under Java, and the
one of SQLite that lives a year (`make year`)."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from moto import mock_aws

from local import moto_repairs
from local.clock import Clock
from local.tools import MissingToolError
from local.tools.dynamodb import start_dynamodb_local
from local.tools.dynoxide import start_dynoxide
from shared.records.making import create_all
from shared.records.rows import Row
from shared.records.tables import Tables, tables
from tests.records.calls import Counted, noting_writes

REGION = "eu-west-2"
NOBODY = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}


def engine_on_moto() -> Iterator[str | None]:
    moto_repairs.apply(Clock())  # as the local stack does: stock moto lets two writers both win
    with mock_aws():
        yield None


def engine_of_amazon() -> Iterator[str | None]:
    try:
        engine = start_dynamodb_local()
    except MissingToolError as missing:
        if os.environ.get("BLUELAMP_REQUIRE_JAVA") == "1":
            pytest.fail(str(missing))
        pytest.skip(f"{missing} The same tests run on moto.")
    with engine:
        yield engine.url


def engine_on_sqlite() -> Iterator[str | None]:
    with TemporaryDirectory() as folder:
        try:
            engine = start_dynoxide(Path(folder))
        except MissingToolError as missing:
            if os.environ.get("BLUELAMP_REQUIRE_RUST") == "1":
                pytest.fail(str(missing))
            pytest.skip(f"{missing} The same tests run on moto.")
        with engine:
            yield engine.url


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(engine_on_moto, id="moto"),
        pytest.param(engine_of_amazon, id="dynamodb-local", marks=pytest.mark.dynamodb),
        pytest.param(engine_on_sqlite, id="dynoxide", marks=pytest.mark.dynoxide),
    ],
)
def endpoint(request: pytest.FixtureRequest) -> Iterator[str | None]:
    with pytest.MonkeyPatch.context() as environment:
        for name in [name for name in os.environ if name.startswith("AWS_")]:
            environment.delenv(name)
        for name, value in NOBODY.items():
            environment.setenv(name, value)
        yield from request.param()


@pytest.fixture(scope="session")
def written() -> Iterator[set[str]]:
    """Which tables were written to since somebody emptied this."""
    with noting_writes() as written:
        yield written


@pytest.fixture(scope="session")
def made(endpoint: str | None, written: set[str]) -> Iterator[Tables]:
    """Tables that all tests share, because making them takes longer than most tests."""
    shared = tables("records-", REGION, endpoint)
    create_all(shared)
    if endpoint is not None:
        _let_nothing_expire(shared)
    yield shared
    full = [row.Meta.table_name for row in shared.all() if next(rows_of(row), None)]
    assert full == [], "something was written that no test's end has seen"


def _let_nothing_expire(made: Tables) -> None:
    """Amazon's engine sweeps every ten seconds, by the machine's clock; these tests bring their own
    time, and what they wrote would be gone beneath them as soon as that time is past."""
    client = made.connection.client
    for name in [row.Meta.table_name for row in made.all()]:
        lives = client.describe_time_to_live(TableName=name)["TimeToLiveDescription"]
        if attribute := lives.get("AttributeName"):
            never = {"Enabled": False, "AttributeName": attribute}
            client.update_time_to_live(TableName=name, TimeToLiveSpecification=never)


@pytest.fixture
def store(made: Tables, written: set[str], emptied: Callable[[], None]) -> Iterator[Tables]:
    """Empty tables."""
    written.clear()
    yield made
    emptied()


@pytest.fixture
def emptied(made: Tables, written: set[str]) -> Callable[[], None]:
    """Empties all tables again. Those that nobody wrote to are empty still: looking into all of
    them takes longer than most tests."""

    def empty() -> None:
        for row in made.all():
            if row.Meta.table_name in written:
                with row.batch_write() as batch:
                    for item in rows_of(row):
                        batch.delete(item)
        written.clear()

    return empty


def rows_of(row: type[Row]) -> Iterator[Row]:
    """All that a table holds."""
    return iter(row.scan(consistent_read=True))


@pytest.fixture
def calls(store: Tables) -> Iterator[Counted]:
    """What this test asks of the database from now on."""
    counted = Counted(store)
    yield counted
    counted.stop()
