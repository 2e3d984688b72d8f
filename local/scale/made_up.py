"""A force that nobody has: its accounts, and who follows them, as platforms tell of them."""

import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, NoReturn

from shared.accounts.registry import Account, Handle, Level
from shared.platforms.actors import Actor
from shared.platforms.mastodon import people as mastodon
from shared.platforms.people import People
from shared.platforms.reading import Page, Profile
from shared.platforms.x import people as x
from shared.posts.names import AccountId, PersonId, PlatformName

SERVICE = "https://social.example"
ABOUT = (
    "Walks a dog in the evening, reads, and likes to know why the road is closed. Nobody's view."
)


def account(number: int, platform: str) -> Account:
    """One of very many, with a name as long as such names are."""
    name = PlatformName(platform)
    return Account(
        account_id=AccountId(f"neighbourhood-team-{number:05}"),
        title=f"Neighbourhood {number:05} Police Team",
        level=Level.NEIGHBOURHOOD,
        area=f"Neighbourhood {number:05}",
        email=f"neighbourhood-{number:05}@force.example",
        handles=(Handle(name, f"Hood{number:05}Police", SERVICE),),
        owner=PersonId(f"officer-{number:05}"),
        members=frozenset(PersonId(f"member-{number:05}-{at}") for at in range(6)),
        purpose="What happens in the neighbourhood, and what we do about it.",
        audience="Whoever lives and works there.",
    )


def _of_mastodon(number: int) -> dict[str, Any]:
    return {
        "id": f"1{number:017}",
        "acct": f"walker{number}@social.example",
        "display_name": f"Walker {number}",
        "url": f"{SERVICE}/@walker{number}",
        "note": f"<p>{ABOUT}</p>",
        "following_count": 180,
        "followers_count": 90,
        "statuses_count": 40,
    }


def _of_x(number: int) -> dict[str, Any]:
    counts = {"following_count": 180, "followers_count": 90, "tweet_count": 40}
    return {
        "id": f"1{number:017}",
        "username": f"walker{number}",
        "name": f"Walker {number}",
        "description": ABOUT,
        "public_metrics": counts,
    }


TOLD: Mapping[str, tuple[Callable[[int], dict[str, Any]], Callable[[Mapping[str, Any]], Actor]]] = {
    "mastodon": (_of_mastodon, mastodon.actor_of),
    "x": (_of_x, x.actor_of),
}
"""How each platform tells of somebody, and who reads it."""


@dataclass
class MadeUp:
    """A reader whose platform is made up: its pages are as long as the platform's own, and are read
    as its answers are. The first `gone` followers are not there any more, as many new ones are."""

    name: PlatformName
    followers_are: int
    followed_are: int
    people_a_page: int
    gone: int = 0
    asked: int = 0
    told: int = 0

    def profile(self) -> Profile:
        """The account itself."""
        self.asked += 1
        nobody = Actor("0", "us", "Us")
        return Profile(nobody, followers=self.followers_are, following=self.followed_are)

    def followers(self, cursor: str | None = None) -> Page[Actor]:
        """Who follows it."""
        return self._page(range(self.gone, self.gone + self.followers_are), cursor)

    def following(self, cursor: str | None = None) -> Page[Actor]:
        """Whom it follows: always the same."""
        first = 10_000_000
        return self._page(range(first, first + self.followed_are), cursor)

    def _page(self, everybody: range, cursor: str | None) -> Page[Actor]:
        self.asked += 1
        start = int(cursor or 0)
        behind = start + self.people_a_page
        spell, read = TOLD[self.name]
        answer = json.dumps([spell(number) for number in everybody[start:behind]])
        people = People(json.loads(answer), read, nullcontext)
        self.told += len(people)
        return Page(people, str(behind) if behind < len(everybody) else None)

    def mentions(self, *_: object) -> NoReturn:
        """Nobody asks for them here."""
        raise NotImplementedError

    post = posts = limits = mentions
