"""What botocore knows of AWS's services, read without what AWS's manuals say of each member: most
of every file, and nothing that a program asks for."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

MANUAL = "documentation"


def read_without_manuals(_: object, path: str, opened: Callable[..., IO[bytes]]) -> Any:
    """In the place of `JSONFileLoader._load_file`: the file; None where there is none."""
    if not Path(path).is_file():
        return None
    with opened(path, "rb") as file:
        return json.loads(file.read(), object_hook=_unexplained)


def _unexplained(described: dict[str, Any]) -> dict[str, Any]:
    """Without its words: some ask for them, nobody reads them. A member of that name is no text."""
    if isinstance(described.get(MANUAL), str):
        described[MANUAL] = ""
    return described
