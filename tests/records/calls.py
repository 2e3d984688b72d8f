"""Counting what is asked of the database."""

from typing import Any

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
