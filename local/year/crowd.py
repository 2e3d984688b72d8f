"""The public of a year on the sandbox: who follows a voice in a month, and what was said to it.

Followers are numbers, and become somebody only in the page that is asked for: three million of
them as objects would not fit into the memory that the whole year may take. Each month two in a
hundred go and as many come; of the newest few stand out.
"""

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from local.sandbox.audience import Audience, Neighbour, Remark
from local.sandbox.network import Network
from local.sandbox.replies import Reply, Written
from local.year.names import handle_of
from local.year.story import LONDON, Story, Voice
from local.year.story import Remark as Told

PAGE = 1_000
"""People a page, as on X."""

CHURN = 50
"""Of so many followers one is new each month, and one is gone."""

OUTSTANDING = 25
"""Of so many new followers one follows thousands of others, for no reason."""

NAME = "<name>"
"""What no other word of a follower holds."""

CALL = "Please help me, he has a knife. I am behind the Invented Arms, number {}"
QUESTION = "Question {}: is the bridge open again, and when is the next surgery?"


def turnover(followers: int) -> int:
    """How many come, and how many go, in a month."""
    return followers // CHURN


def stands_out(number: int, followers: int) -> bool:
    """Whether a follower does: never one of the first, so that no review begins with hundreds."""
    return number >= followers and number % OUTSTANDING == 0


class Crowd(Audience):
    """The audience of every voice in a story; what has not been said by `now` nobody hears."""

    def __init__(self, story: Story, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._story = story
        self._now = now
        self._voices = {handle_of(voice.number): voice for voice in story.voices}
        self._said: dict[int, list[Told]] = {voice.number: [] for voice in story.voices}
        for remark in story.remarks:
            self._said[remark.voice].append(remark)

    def profile(self, account: str, base: str, posts: int) -> Reply:
        """The account as anybody sees it; it follows nobody."""
        own = Neighbour(account, account, account.title())
        followers = self._voices[account].followers
        counts = {"followers": followers, "following": 0, "posts": posts}
        return Reply(200, {"account": own.as_fields(base), **counts})

    def people(self, account: str, which: str, base: str, after: str) -> Reply:
        """A page of followers."""
        if which != "followers":
            return Reply(200, {"accounts": [], "next": None})
        voice = self._voices[account]
        start = self._month() * turnover(voice.followers)
        end, here = start + voice.followers, int(after or start)
        page = range(here, min(end, here + PAGE))
        shown = _written(page, voice, base)
        following = json.dumps(str(page.stop) if page.stop < end else None)
        return Written(200, words=f'{{"accounts": [{shown}], "next": {following}}}'.encode())

    def remarks(self, account: str, since: str, base: str, after: str) -> Reply:
        """What was said since then, newest first."""
        said = self._said[self._voices[account].number]
        first = bisect_left(said, datetime.fromisoformat(since), key=lambda each: each.at)
        last = bisect_left(said, self._now(), key=lambda each: each.at)
        heard = said[first:last][::-1]
        here = int(after or 0)
        shown = [_remark(each).as_fields(base) for each in heard[here : here + PAGE]]
        behind = here + PAGE
        return Reply(200, {"mentions": shown, "next": str(behind) if behind < len(heard) else None})

    def tell(
        self,
        what: str,
        account: str,
        base: str,
        query: Mapping[str, str],
        count: Callable[[str], int],
    ) -> Reply:
        """What watching asks for; an account that is none of the story's has nobody."""
        if account in self._voices:
            return super().tell(what, account, base, query, count)
        return Audience().tell(what, account, base, query, count)

    def _month(self) -> int:
        """How many months of the story have begun before this one."""
        here, first = self._now().astimezone(LONDON), self._story.size.first_day
        return (here.year - first.year) * 12 + here.month - first.month


class Tokens(Network):
    """Keys do not run out in this year: nobody signs in anew for each look."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self._holders: dict[str, str] = {}

    def account_of(self, token: str) -> str | None:
        """Whose token it is."""
        return self._holders.get(token)

    def sign_in(self, fields: Mapping[str, Any]) -> Reply:
        """The account's one token."""
        token = f"token-of-{fields['identifier']}"
        self._holders[token] = str(fields["identifier"])
        return Reply(201, {"token": token, "expires_at": "9999-01-01T00:00:00+00:00"})


def _written(numbers: range, voice: Voice, base: str) -> str:
    """These followers as JSON. A year asks for tens of millions: only the name of one is written
    anew, between the pieces of what all that are like it say."""
    usual, outstanding = (_somebody(following, base).split(NAME) for following in (120, 9_000))
    return ", ".join(
        f"f{voice.number}-{number}".join(
            outstanding if stands_out(number, voice.followers) else usual
        )
        for number in numbers
    )


def _somebody(following: int, base: str) -> str:
    """The JSON of a follower who is called NAME."""
    somebody = Neighbour(
        NAME, NAME, "Somebody Nearby", "Walks a dog.", following, followers=90, posts=40
    )
    return json.dumps(somebody.as_fields(base))


def _remark(told: Told) -> Remark:
    by = Neighbour(f"n{told.number}", f"n{told.number}", "Somebody")
    text = (CALL if told.calls else QUESTION).format(told.number)
    return Remark(f"m{told.number}", by, text, told.at)
