"""A post's own page and JSON, told anew once another post puts it right, or no longer does (C10).

Which posts are struck out follows from a list alone. What is written tells the generation it was
made of, as views do: an older worker never undoes what a newer one wrote, and what was taken away
stays away.
"""

from shared.platforms.feed import keeping, page
from shared.platforms.feed.channel import Channel
from shared.platforms.feed.entry import entry_of
from shared.platforms.feed.listing import Listing
from shared.platforms.feed.shelf import NoAnswerError, Shelf


def freshen_corrected(
    shelf: Shelf, own: Channel, listed: Listing, key: str, pause: keeping.Pause
) -> None:
    """The entry's page and JSON say what this list says of it, or a later one. ShelfError."""
    path = own.path(f"{key}.json")
    stored = shelf.read(path)
    item = None if stored is None else read_item(stored.data)
    entry = listed.entry(key) or (item and entry_of(item))
    if not entry or key in listed.gone:
        return
    shown, generation = listed.as_shown(entry), listed.generation
    whole = (
        (own.path(f"{key}.html"), page.entry_page(shown, generation), page.HTML),
        (path, page.entry_json(shown, generation), page.JSON),
    )
    for where, data, content_type in whole:
        keeping.renew(shelf, where, data, content_type, pause)


def read_item(data: bytes) -> dict[str, object] | None:
    """The item of an entry's own JSON, None once it was taken away. NoAnswerError."""
    try:
        return page.item_in(data)
    except (KeyError, TypeError, ValueError) as error:
        raise NoAnswerError("An entry cannot be read.") from error
