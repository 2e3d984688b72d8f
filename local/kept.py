"""Keeps what took long to make, under the hash of all that it was made from."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any


def kept(folder: Path, given: object, make: Callable[[], Any]) -> Any:
    """What `make` makes of `given`, both JSON; made once, and read from `folder` from then on. A
    file that cannot be read is made anew."""
    spelt = json.dumps(given, sort_keys=True, default=str)
    path = folder / f"{hashlib.sha256(spelt.encode()).hexdigest()}.json"
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        made = json.dumps(make())
    folder.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile("w", dir=folder, delete=False) as file:
        file.write(made)
    Path(file.name).replace(path)  # whole or not at all: several forces may start at once
    return json.loads(made)
