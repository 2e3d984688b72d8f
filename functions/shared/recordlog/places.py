"""Where a leaf stands in the log: from its id (a ULID) to its index.

The tree knows leaves by index, people know acts by id. Each batch that enters the log leaves one
small object per time window, `index/<first six characters of the id>/<index of its first leaf>`,
with a line `<id> <index>` for every leaf. Six characters of a ULID are four and a half minutes, so
a look-up lists one folder and reads the few objects in it. They prove nothing and could be made
again from the entries, which is why they need no table of their own: they are written once, with
the tiles, and never change.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from shared.recordlog.errors import MalformedError

WINDOW_CHARACTERS = 6


def place_objects(first: int, leaf_ids: Sequence[str]) -> Mapping[str, bytes]:
    """The objects, by path, for leaves that stand in this order from index `first` on."""
    lines: dict[str, list[str]] = {}
    for index, leaf_id in enumerate(leaf_ids, first):
        lines.setdefault(_window(leaf_id), []).append(f"{leaf_id} {index}\n")
    return {
        f"{window}{within[0].split()[1]}": "".join(within).encode()
        for window, within in lines.items()
    }


def find_place(
    leaf_id: str,
    paths_under: Callable[[str], Iterable[str]],
    read: Callable[[str], bytes | None],
) -> int | None:
    """The index of the leaf; None while it has none. `paths_under` lists a folder in full."""
    for path in paths_under(_window(leaf_id)):
        for line in (read(path) or b"").decode().splitlines():
            found, space, index = line.partition(" ")
            if not space or not index.isdecimal():
                raise MalformedError("index object", f"{path} holds another kind of line")
            if found == leaf_id:
                return int(index)
    return None


def _window(leaf_id: str) -> str:
    return f"index/{leaf_id[:WINDOW_CHARACTERS]}/"
