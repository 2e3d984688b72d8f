"""A month as it lies in the archive, laid into a folder with its note: whatever is there, be it
named by a manifest or not, so that a verifier sees what does not belong.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from archive.reading.as_sealed import Shelf, UntrueBagError
from shared.months.bag import folder, note_path
from shared.months.month import Month

Each = Callable[[Callable[[str], Any], Iterable[str]], Iterable[Any]]
"""As `map`, or that of a pool."""


def fetch_bag(month: Month, shelf: Shelf, room: Path, each: Each = map) -> None:
    """The bag and its note lie in `room`; UntrueBagError for a name that no file of a bag has."""
    root = room.resolve()

    def lay(path: str) -> None:
        place = (root / path).resolve()
        if not place.is_relative_to(root) or path.endswith("/"):
            raise UntrueBagError(month, path[:100], "no file of a bag is called so")
        data = shelf.read(path)
        if data is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(data)

    for _ in each(lay, [note_path(month), *shelf.paths(folder(month))]):
        pass
