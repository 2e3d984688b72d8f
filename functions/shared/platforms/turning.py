"""Turning the pages of a timeline, and leaving a server that would have us turn them for ever."""

from collections.abc import Iterator, Mapping

from shared.platforms.base import UnreachableError

MOST_PAGES = 1_000
"""Of one account's posts within the days that matter; no officer writes as many."""


def turns(query: Mapping[str, str]) -> Iterator[None]:
    """Once for each page that `query`, changed between the turns, asks for; UnreachableError where
    it asks for the same page again, or for ever more."""
    asked = set[tuple[tuple[str, str], ...]]()
    while len(asked) < MOST_PAGES:
        page = tuple(sorted(query.items()))
        if page in asked:
            raise UnreachableError("The platform gives the same page again and again; look later.")
        asked.add(page)
        yield
    raise UnreachableError(f"The timeline did not end after {MOST_PAGES} pages.")
