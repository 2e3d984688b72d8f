"""Where impostors are looked for and reported: each platform with how it can be searched, where a
person searches it by hand, and where the force reports one.

Addresses of other people's forms move. They were written down on `WRITTEN_ON`; whoever meets one
that leads nowhere tells the web team, and the table is looked at again with the policy every year.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import quote

from shared.accounts.registry import Account
from shared.impostors.variants import words_of
from shared.posts.names import PlatformName

WRITTEN_ON = date(2026, 11, 22)


class Searched(StrEnum):
    """How we can search a platform."""

    BY_WORDS = "by_words"
    BY_NAMES = "by_names"
    BY_HAND = "by_hand"


@dataclass(frozen=True)
class Place:
    """One platform: what people call it, how we search it and `why` no better, the address of its
    own search with {0} for the words and {1} for the account's server, and where one is `reported`
    (an address, or empty: from the account's own page, as `how` says)."""

    title: str
    searched: Searched
    why: str
    search: str
    reported: str
    how: str


FROM_ITS_PAGE = "Open the account, then its menu, Report, and that it pretends to be somebody else."
NO_SEARCH = "lets no program like ours search for names"

PLACES: Mapping[PlatformName, Place] = {
    PlatformName(name): place
    for name, place in {
        "bluesky": Place(
            "Bluesky",
            Searched.BY_WORDS,
            "",
            "https://bsky.app/search?q={0}",
            "",
            FROM_ITS_PAGE,
        ),
        "mastodon": Place(
            "Mastodon",
            Searched.BY_WORDS,
            "is searched as far as the account’s own server knows the others.",
            "{1}/search?q={0}&type=accounts",
            "",
            f"{FROM_ITS_PAGE} Send it on to the other server too.",
        ),
        "x": Place(
            "X",
            Searched.BY_NAMES,
            "is asked for the hundred likeliest names only.",
            "https://x.com/search?q={0}&f=user",
            "https://help.x.com/en/forms/authenticity/impersonation",
            "Choose that your organisation is impersonated.",
        ),
        "facebook": Place(
            "Facebook",
            Searched.BY_HAND,
            f"{NO_SEARCH}; look there by hand.",
            "https://www.facebook.com/search/pages/?q={0}",
            "https://www.facebook.com/help/contact/295309487309948",
            f"{FROM_ITS_PAGE} The form is for who has no account there.",
        ),
        "linkedin": Place(
            "LinkedIn",
            Searched.BY_HAND,
            f"{NO_SEARCH}; look there by hand.",
            "https://www.linkedin.com/search/results/all/?keywords={0}",
            "https://www.linkedin.com/help/linkedin/ask/TS-NFPI",
            FROM_ITS_PAGE,
        ),
        "instagram": Place(
            "Instagram",
            Searched.BY_HAND,
            f"{NO_SEARCH}; look there by hand.",
            "https://www.instagram.com/explore/search/keyword/?q={0}",
            "https://help.instagram.com/contact/636276399721841",
            FROM_ITS_PAGE,
        ),
        "tiktok": Place(
            "TikTok",
            Searched.BY_HAND,
            f"{NO_SEARCH}; look there by hand.",
            "https://www.tiktok.com/search/user?q={0}",
            "https://www.tiktok.com/legal/report/feedback",
            FROM_ITS_PAGE,
        ),
        "youtube": Place(
            "YouTube",
            Searched.BY_HAND,
            f"{NO_SEARCH}; look there by hand.",
            "https://www.youtube.com/results?search_query={0}",
            "https://support.google.com/youtube/answer/2801947",
            FROM_ITS_PAGE,
        ),
    }.items()
}
"""The platforms on which the public may take somebody for the force. Viva Engage and the feeds are
not among them: nobody from outside can have an account there."""


@dataclass(frozen=True)
class ByHand:
    """A search that a person makes: what it is called, and where it leads."""

    words: str
    address: str


def by_hand(account: Account) -> tuple[ByHand, ...]:
    """The searches of the platforms themselves, filled in with what this account is called."""
    found = []
    for platform, place in PLACES.items():
        handle = account.handle(platform)
        if handle is None and "{1}" in place.search:
            continue
        service = handle.service.rstrip("/") if handle else ""
        for words in words_of(handle.name if handle else "", account.title):
            address = place.search.format(quote(words, safe=""), service)
            found.append(ByHand(f"Search {place.title} for “{words}”", address))
    return tuple(found)


def place_of(platform: PlatformName) -> Place:
    """Where it is looked for there; any other platform is looked at by hand, and nobody knows its
    form."""
    other = Place(platform, Searched.BY_HAND, "is not searched.", "", "", FROM_ITS_PAGE)
    return PLACES.get(platform, other)
