"""Lists are changed and what is made of them is brought up to date, whoever else does so too.

Every write names what was seen before it. Who loses reads again: a list is changed anew from what
stands there now, and a view that is as new by then is left alone.
"""

import random
from collections.abc import Callable

from shared.platforms.feed import page
from shared.platforms.feed.channel import Channel
from shared.platforms.feed.entry import Entry
from shared.platforms.feed.listing import Listing, listing_bytes, listing_of
from shared.platforms.feed.shelf import NoAnswerError, NotNowError, Shelf, Stored, TakenError
from shared.platforms.feed.views import VIEWS

TRIES = 40
LONGEST_PAUSE = 0.25
"""Seconds before what others are changing too is tried again; on average five seconds in all."""

Pause = Callable[[float], None]


def listing(shelf: Shelf, channel: Channel) -> Listing:
    """The list as it stands. ShelfError."""
    return _read(shelf, channel)[0]


def change(
    shelf: Shelf, channel: Channel, to: Callable[[Listing], Listing], pause: Pause
) -> Listing:
    """The list as it stands after the change; nothing is written where nothing changes. ShelfError;
    after NoAnswerError alone the change may have been written."""
    for _ in range(TRIES):
        before, seen = _read(shelf, channel)
        after = to(before)
        if after is before:
            return before
        try:
            shelf.write(channel.list_path, listing_bytes(after), page.JSON, seen)
        except TakenError:
            pause(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 - a pause is no secret
            continue
        return after
    raise NotNowError("Others change the same feed all the time.")


def freshen(shelf: Shelf, channel: Channel, shown: Listing, pause: Pause) -> None:
    """Every view is of this generation or a later one. ShelfError."""
    for view in VIEWS:
        path, data = channel.path(view.name), view.told(channel, shown).encode()
        renew(shelf, path, data, view.content_type, pause)


def renew(shelf: Shelf, path: str, data: bytes, content_type: str, pause: Pause) -> None:
    """What stands there tells the data's generation or a later one, or was taken away.
    ShelfError."""
    generation = page.generation_of(data)
    for _ in range(TRIES):
        seen = shelf.read(path)
        if seen is not None and (
            page.generation_of(seen.data) >= generation or page.is_gone(seen.data)
        ):
            return
        try:
            shelf.write(path, data, content_type, seen)
        except TakenError:
            pause(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 - a pause is no secret
        else:
            return
    raise NotNowError("Others change the same object all the time.")


def place(shelf: Shelf, channel: Channel, entry: Entry) -> Stored:
    """The entry's own objects where nothing stands yet; its JSON as it stands. The page goes first,
    so that it is there where the JSON is. ShelfError."""
    path = channel.path(f"{entry.key}.json")
    stored = shelf.read(path)
    if stored is None:
        put(shelf, channel.path(f"{entry.key}.html"), page.entry_page(entry), page.HTML)
        put(shelf, path, page.entry_json(entry), page.JSON)
        stored = shelf.read(path)
    if stored is None:
        raise NoAnswerError("An entry that was written cannot be read.")
    return stored


def put(shelf: Shelf, path: str, data: bytes, content_type: str) -> None:
    """The object, where nothing stands yet. ShelfError."""
    try:
        shelf.write(path, data, content_type, None)
    except TakenError:
        return  # it stands already, or what stands for it since it was taken away


def take_away(shelf: Shelf, path: str, instead: bytes, content_type: str, pause: Pause) -> None:
    """Something else stands there, whatever stood there before. ShelfError."""
    for _ in range(TRIES):
        seen = shelf.read(path)
        if seen is not None and seen.data == instead:
            return
        try:
            shelf.write(path, instead, content_type, seen)
        except TakenError:
            pause(random.uniform(0, LONGEST_PAUSE))  # noqa: S311 - a pause is no secret
        else:
            return
    raise NotNowError("Others change the same object all the time.")


def _read(shelf: Shelf, channel: Channel) -> tuple[Listing, Stored | None]:
    stored = shelf.read(channel.list_path)
    if stored is None:
        return Listing(), None
    try:
        return listing_of(stored.data), stored
    except (KeyError, TypeError, ValueError) as error:
        raise NoAnswerError(f"The list {channel.list_path} cannot be read.") from error
