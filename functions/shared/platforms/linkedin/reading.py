"""Reading one organisation: its page, how many follow it, and what others said to it (202511).

LinkedIn names followers to nobody. Mentions come from the notifications it keeps for sixty days:
posts that name the organisation, and comments under its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, NoReturn
from urllib.parse import quote

from shared.platforms.actors import Actor
from shared.platforms.linkedin.door import VERSIONED, bearer_of
from shared.platforms.linkedin.little import read
from shared.platforms.looking import Look, count_of, cursor_of, name_of, objects, place_of, said
from shared.platforms.many_posts import one_by_one
from shared.platforms.opening import Opening
from shared.platforms.reading import Mention, Page, Profile, Sent, Shown, cannot
from shared.platforms.strangers import address, line, words
from shared.platforms.wire import Answer
from shared.posts.capabilities import Can
from shared.posts.names import PlatformName

PAGE = 100

SAID_TO_US = "List(SHARE_MENTION,COMMENT)"

POST = "https://www.linkedin.com/feed/update"


class LinkedInReader:
    """One organisation; its key needs `rw_organization_admin`."""

    name = PlatformName("linkedin")

    def __init__(self, at: Opening) -> None:
        self._base = at.credentials.service.rstrip("/")
        self._number = at.credentials.identifier
        self._urn = quote(f"urn:li:organization:{at.credentials.identifier}", safe="")
        self._wire = at.wire()
        self._clock = at.clock
        self._bearer = bearer_of(at.credentials, at.sessions, wire=self._wire, clock=at.clock)
        self._look = Look("LinkedIn", self._ask, _sentence, at.clock)

    def profile(self) -> Profile:
        """The organisation's page, and how many follow it."""
        fields = self._look.fields(f"/rest/organizations/{quote(self._number, safe='')}")
        edge = {"edgeType": "COMPANY_FOLLOWED_BY_MEMBER"}
        size = self._look.fields(f"/rest/networkSizes/{self._urn}", edge)
        with self._look.understood():
            handle = line(fields["vanityName"])
            actor = Actor(
                platform_id=name_of(fields["id"]),
                handle=handle,
                name=line(fields["localizedName"]),
                url=address(f"https://www.linkedin.com/company/{handle}"),
                about=words(fields.get("localizedDescription")),
            )
            return Profile(actor, followers=count_of(size.get("firstDegreeSize")))

    def followers(self, _cursor: str | None = None, /) -> NoReturn:
        """LinkedIn counts them, no more."""
        cannot(self.name, Can.FOLLOWERS)

    def following(self, _cursor: str | None = None, /) -> NoReturn:
        """LinkedIn does not tell."""
        cannot(self.name, Can.FOLLOWING)

    def mentions(self, since: datetime, cursor: str | None = None) -> Page[Mention]:
        """What was said since then, as LinkedIn has notified the organisation of it."""
        start = place_of(cursor, 0)
        # Brackets and colons of Rest.li are structure and stay as they are; those of URNs do not.
        path = (
            f"/rest/organizationalEntityNotifications?q=criteria&actions={SAID_TO_US}"
            f"&organizationalEntity={self._urn}"
            f"&timeRange=(start:{_milliseconds(since)},end:{_milliseconds(self._clock())})"
            f"&start={start}&count={PAGE}"
        )
        fields = self._look.fields(path)
        with self._look.understood():
            told = objects(fields["elements"])
            following = str(start + PAGE) if len(told) == PAGE else None
            return Page(tuple(map(_mention, told)), following)

    def post(self, platform_id: str, _sent: str, /) -> Shown | None:
        """The post; what LinkedIn writes in its own way is read back to words."""
        answer = self._look.there(f"/rest/posts/{quote(platform_id, safe='')}", {}, _is_gone)
        if answer is None:
            return None
        with self._look.understood():
            post = answer.fields()
            text = words(read(said(post["commentary"])))
            url = address(f"{POST}/{name_of(post['id'])}")
            return Shown(text, url, datetime.fromtimestamp(post["createdAt"] / 1000, UTC))

    def posts(self, posts: Sequence[Sent], /) -> Iterator[Shown | None]:
        """Each of them by itself: for want of a key that only reads, nobody looks at many."""
        return one_by_one(posts, self.post)

    def limits(self) -> NoReturn:
        """LinkedIn does not tell them."""
        cannot(self.name, Can.LIMITS)

    def _ask(self, path: str, query: Mapping[str, str]) -> Answer:
        return self._bearer.request(
            lambda signed: self._wire.call(
                "GET", f"{self._base}{path}", query=query, headers={**signed, **VERSIONED}
            )
        )


def _is_gone(answer: Answer) -> bool:
    """404 in LinkedIn's own shape; any other is some proxy's, and proves nothing."""
    return answer.status == HTTPStatus.NOT_FOUND and "status" in answer.fields()


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _mention(notification: Mapping[str, Any]) -> Mention:
    decorated = notification.get("decoratedGeneratedActivity") or {}
    told = decorated.get("share") or decorated.get("comment") or {}
    urn = name_of(notification.get("generatedActivity") or notification["sourcePost"])
    is_comment = notification["action"] == "COMMENT"
    post = name_of(notification["sourcePost"]) if is_comment else urn
    owner = cursor_of(told.get("owner"))
    return Mention(
        platform_id=urn,
        url=address(f"{POST}/{post}"),
        # Whose name it is, LinkedIn keeps to itself.
        author=Actor(owner, "", "") if owner else None,
        text=words(read(_said(told))),
        at=datetime.fromtimestamp(notification["lastModifiedAt"] / 1000, UTC),
        answers=post if is_comment else None,
    )


def _said(activity: Mapping[str, Any]) -> str:
    """The words, where LinkedIn sends them along; else only the address tells."""
    message = activity.get("message") or {}
    return str(activity.get("text") or message.get("text") or "")


def _sentence(answer: Answer) -> str:
    told = line(answer.fields().get("message"))
    return f"LinkedIn: {told}" if told else f"LinkedIn answered {answer.status}."
