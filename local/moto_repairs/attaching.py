"""Putting our piece in moto's place: by name, and loudly where the place is gone.

MotoRepairError
├── MotoVersionError    a moto these repairs were not made for
└── MotoChangedError    the place a repair attaches to is not there
"""

import importlib
from dataclasses import dataclass
from datetime import datetime, tzinfo
from types import ModuleType
from typing import Any

from local.clock import Clock


class MotoRepairError(Exception):
    """moto cannot be repaired."""


class MotoVersionError(MotoRepairError):
    """moto `found` is installed; the repairs fit `wanted`."""

    def __init__(self, found: str, wanted: str) -> None:
        super().__init__(
            f"moto {found} is installed, but the repairs of the local force were made for "
            f"{wanted}: install that, or run the canaries and repair anew"
        )
        self.found = found


class MotoChangedError(MotoRepairError):
    """There is no `name` in `owner` to put our piece in the place of."""

    def __init__(self, owner: object, name: str) -> None:
        super().__init__(f"{owner!r} has no {name!r} any more: this repair has lost its place")
        self.name = name


@dataclass
class ClockInUse:
    """The clock repaired moto goes by: another local force in the same process brings another."""

    clock: Clock


class StandIn:
    """A module with some of its names replaced, for those it is handed to only."""

    def __init__(self, module: ModuleType, **names: object) -> None:
        self._module = module
        vars(self).update(names)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


class DatetimeByClock(datetime):
    """`datetime`, with the clock's now."""

    in_use: ClockInUse

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:
        return cls.in_use.clock.now().astimezone(tz)


def module(path: str) -> Any:
    """The module of moto at `path`: untyped, as moto is."""
    return importlib.import_module(f"moto.{path}")


def replace(owner: object, name: str, piece: object) -> Any:
    """Put `piece` in the place of `owner.name`; returns what was there."""
    if name not in vars(owner):
        raise MotoChangedError(owner, name)
    before = vars(owner)[name]
    setattr(owner, name, piece)
    return before
