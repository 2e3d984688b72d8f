"""The worker's clock, turned with the stack's."""

import importlib
import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any


class Traveller:
    """The clock as the stack has turned it: this process sees real time plus an offset."""

    def __init__(self) -> None:
        self._offset = 0.0
        self._journey: Any = None

    def go(self, offset: float) -> None:
        """Let time run on from now plus `offset` seconds."""
        if offset == self._offset:
            return
        if self._journey is not None:
            self._journey.stop()
            self._journey = None
        self._offset = offset
        if offset:
            moment = datetime.now(UTC) + timedelta(seconds=offset)
            self._journey = _time_machine().travel(moment, tick=True)
            self._journey.start()


def _time_machine() -> ModuleType:
    # It would import pytest if it could, which takes longer than everything else here.
    hidden = sys.modules.get("pytest")
    sys.modules["pytest"] = None  # type: ignore[assignment]
    try:
        return importlib.import_module("time_machine")
    finally:
        if hidden is None:
            del sys.modules["pytest"]
        else:
            sys.modules["pytest"] = hidden
