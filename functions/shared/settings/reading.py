"""Fills a frozen dataclass from variables of the same name in capitals."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

S = TypeVar("S")


class MissingVariableError(Exception):
    """A variable that the template should have given; `str()` names it."""


def read(kind: type[S], environ: Mapping[str, str]) -> S:
    """An instance of the dataclass `kind`; every field is a text from a variable of its name."""
    values: dict[str, Any] = {}
    for wanted in fields(kind):  # type: ignore[arg-type]  # a dataclass, by this function's contract
        variable = wanted.name.upper()
        if not environ.get(variable):
            raise MissingVariableError(f"The variable {variable} is not set.")
        values[wanted.name] = environ[variable]
    return kind(**values)
