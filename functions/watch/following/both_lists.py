"""Both lists of an account on a platform, as one reader tells of them in one run."""

from functools import cached_property

from shared.followers.someone import Side
from shared.platforms.actors import Actor
from shared.platforms.base import UnsupportedError
from shared.platforms.reading import Page, Profile, Reader


class BothLists:
    """Who follows and who is followed; how many there are is asked for once."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def count(self, side: Side) -> int | None:
        """How many the platform itself counts, None where it does not tell; PlatformError."""
        if self._profile is None:
            return None
        return self._profile.followers if side is Side.FOLLOWER else self._profile.following

    def page(self, side: Side, cursor: str | None) -> Page[Actor]:
        """A page of one of them; PlatformError."""
        read = self._reader.followers if side is Side.FOLLOWER else self._reader.following
        return read(cursor)

    @cached_property
    def _profile(self) -> Profile | None:
        try:
            return self._reader.profile()
        except UnsupportedError:
            return None
