"""How a command finds a force's tables: a running `bluelamp run` says where its cloud is.

`bluelamp run` leaves the variables of its cloud in a file by its port, for as long as it runs; a
force in AWS is reached as any program reaches AWS, by the variables of whoever calls.
"""

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from local.force import DOMAIN
from local.tools import BUILD
from shared.accounts.force import Force
from shared.records.tables import Tables, tables

LOCAL = "bluelamp-local"
VARIABLES = "aws.json"


class OutOfReachError(Exception):
    """No such force; `str()` says how to name one."""


@dataclass(frozen=True)
class Reached:
    """A force's tables, and what its rules need to know of it."""

    tables: Tables
    force: Force


def folder_of(port: int) -> Path:
    """Where a force that runs on this port keeps what it writes."""
    return BUILD / "local" / str(port)


@contextmanager
def within_reach(folder: Path, variables: Mapping[str, str]) -> Iterator[None]:
    """Say where the cloud of this force is until it stops."""
    place = folder / VARIABLES
    folder.mkdir(parents=True, exist_ok=True)
    place.write_text(json.dumps(dict(variables)), encoding="utf-8")
    try:
        yield
    finally:
        place.unlink(missing_ok=True)


def reach(stack: str, port: int, domain: str | None) -> Reached:
    """The force called `stack`; the local one by its port. OutOfReachError with what to do."""
    if stack == LOCAL and not os.environ.get("AWS_ENDPOINT_URL"):
        place = folder_of(port) / VARIABLES
        if not place.is_file():
            sentence = f"No force runs on port {port}: start `bluelamp run`, or name --stack."
            raise OutOfReachError(sentence)
        os.environ.update(json.loads(place.read_bytes()))
    if stack != LOCAL and not domain:
        raise OutOfReachError("Say the force's e-mail domain with --domain.")
    return Reached(tables(f"{stack}-"), Force((domain or DOMAIN).lower()))
