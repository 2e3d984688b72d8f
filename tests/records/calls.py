"""Counting what is asked of the database, and noting where something was written."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from botocore.client import BaseClient

from shared.records.tables import Tables

EVERY_CALL = "before-call.dynamodb.*"


class Counted(list[str]):
    """The names of the API calls made since, in order."""

    def __init__(self, store: Tables) -> None:
        super().__init__()
        self._events = store.connection.client.meta.events
        self._events.register(EVERY_CALL, self._count)

    def stop(self) -> None:
        """Count no further."""
        self._events.unregister(EVERY_CALL, self._count)

    def _count(self, model: Any, **_: Any) -> None:
        self.append(model.name)


ONE = frozenset({"PutItem", "UpdateItem", "DeleteItem"})
"""The calls that write to the one table they name."""


@contextmanager
def noting_writes() -> Iterator[set[str]]:
    """The names of the tables that anybody in this process asks to write to, from now on."""
    written: set[str] = set()
    before = BaseClient._make_api_call

    def noted(client: BaseClient, operation: str, asked: Mapping[str, Any]) -> Any:
        written.update(written_to(operation, asked))
        return before(client, operation, asked)

    BaseClient._make_api_call = noted
    try:
        yield written
    finally:
        BaseClient._make_api_call = before


def written_to(operation: str, asked: Mapping[str, Any]) -> set[str]:
    """The tables that a call writes to if it is granted; none where it only reads."""
    if operation in ONE:
        return {asked["TableName"]}
    if operation == "BatchWriteItem":
        return set(asked["RequestItems"])
    if operation == "TransactWriteItems":
        return {each["TableName"] for item in asked["TransactItems"] for each in item.values()}
    return set()
