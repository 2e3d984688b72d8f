"""The people on a page of a list: their ids at once, who they are when somebody asks for it.

Of a million followers nearly all were in the list before, and of those nothing is needed but their
ids; making safe what strangers say of themselves takes ten times as long.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, SupportsIndex, overload

from shared.platforms.actors import Actor
from shared.platforms.looking import name_of, objects

Fields = Mapping[str, Any]


class People(Sequence[Actor]):
    """Those that an answer tells of, in its order; `ids` are their platform's own names for them.

    Whoever is asked for is read `understood`: what is none of the platform's shape is its fault.
    """

    def __init__(
        self,
        told: object,
        read: Callable[[Fields], Actor],
        understood: Callable[[], AbstractContextManager[None]],
        named: str = "id",
    ) -> None:
        self._read = read
        self._understood = understood
        with understood():
            self._told = objects(told)
            self.ids = tuple(name_of(fields[named]) for fields in self._told)

    def __len__(self) -> int:
        return len(self.ids)

    @overload
    def __getitem__(self, at: SupportsIndex) -> Actor: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Actor, ...]: ...
    def __getitem__(self, at: SupportsIndex | slice) -> Actor | tuple[Actor, ...]:
        with self._understood():
            if isinstance(at, slice):
                return tuple(map(self._read, self._told[at]))
            return self._read(self._told[at])

    def among(self, places: Iterable[int]) -> tuple[Actor, ...]:
        """Those at these places, all of them or nobody."""
        with self._understood():
            return tuple(self._read(self._told[at]) for at in places)

    def __iter__(self) -> Iterator[Actor]:
        return iter(self[:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, People) and self.ids == other.ids

    def __hash__(self) -> int:
        return hash(self.ids)


def ids_of(actors: Sequence[Actor]) -> Sequence[str]:
    """Their ids; for those of a page nobody else is read."""
    return actors.ids if isinstance(actors, People) else [each.platform_id for each in actors]


def among(actors: Sequence[Actor], places: Iterable[int]) -> tuple[Actor, ...]:
    """Those at these places; of a page nobody else is read."""
    return (
        actors.among(places) if isinstance(actors, People) else tuple(actors[at] for at in places)
    )
