"""Counting what is asked of the database."""

from typing import Any

from shared.records.tables import Tables


class Counted(list[str]):
    """The names of the API calls made since, in order."""

    def __init__(self, store: Tables) -> None:
        super().__init__()
        store.connection.client.meta.events.register("before-call.dynamodb.*", self._count)

    def _count(self, model: Any, **_: Any) -> None:
        self.append(model.name)
