"""What is told every morning for as long as it stands: keys that are due, known by somebody who has
left, refused or half set, accounts that nobody is there for in the next two weeks, and posts that
went out without a second person and that nobody has looked at since.

Whatever was missed at the moment itself (a crash, a file read in by hand) is made good here.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.accounts.cover import uncovered
from shared.accounts.custody import Attention, Custody, attention, known_outside
from shared.accounts.registry import Account, AccountStatus
from shared.mail.digest import Matter
from shared.posts.acts import SYSTEM
from shared.posts.life import Post
from shared.posts.localtime import LONDON, moment_text
from shared.posts.urgent import review_due
from shared.records.custodies import Custodies, force_rotation
from shared.records.urgent_posts import UrgentPosts
from watch.morning.who import Who

AHEAD = 14
"""Days: enough to find somebody who covers."""

WHY = {
    Attention.UNFINISHED: "not finished, set them again",
    Attention.KNOWN_BY_LEAVER: "change now, somebody who knew them has no access any more",
    Attention.NOT_GOOD: "refused or missing, set them again",
    Attention.OVERDUE: "overdue since {due}",
    Attention.DUE_SOON: "due on {due}",
}
"""Keys that the platform ends are not among them: they are told of once (`find_ending_keys`)."""

KEYS, COVER = "Keys need you", "Nobody is there for this account"
URGENT = "This went out without a second person; look at it"


@dataclass(frozen=True)
class Desk:
    """Records of keys and of urgent posts; `keys` are all that there are this morning."""

    custodies: Custodies
    urgent: UrgentPosts
    keys: Collection[Custody]


@dataclass(frozen=True)
class Standing:
    """How many rotations were forced, and what stands: targets whose keys need somebody, accounts
    without cover, urgent posts that wait for a look."""

    forced: int
    keys: tuple[Matter, ...]
    uncovered: tuple[Matter, ...]
    urgent: tuple[Matter, ...]

    @property
    def all(self) -> tuple[Matter, ...]:
        """All that is told, the gravest first."""
        return (*self.urgent, *self.keys, *self.uncovered)


def find_standing(desk: Desk, who: Who, now: datetime) -> Standing:
    """What stands this morning; keys that somebody knows who has left are forced to be changed."""
    today = now.astimezone(LONDON).date()
    kept = [each for each in desk.keys if _speaks(who.accounts.get(each.account_id))]
    known = [each for each in kept if known_outside(each, who.people)]
    forced = force_rotation(desk.custodies, known, now, SYSTEM)
    return Standing(
        len(forced),
        tuple(_keys(kept, who, today)),
        tuple(_uncovered(who, today)),
        tuple(_unseen(post, who, now) for post in desk.urgent.waiting()),
    )


def _speaks(account: Account | None) -> bool:
    return account is not None and account.status is not AccountStatus.CLOSED


def _keys(kept: list[Custody], who: Who, today: date) -> Iterator[Matter]:
    for custody in kept:
        why = attention(custody, who.people, today)
        if why in WHY:
            title = who.accounts[custody.account_id].title
            line = f"{title} on {custody.told}: {WHY[why].format(due=custody.due)}"
            yield Matter(KEYS, line, who.registrars, "/registry/credentials")


def _uncovered(who: Who, today: date) -> Iterator[Matter]:
    accounts = tuple(who.accounts.values())
    days = [today + timedelta(days=ahead) for ahead in range(AHEAD + 1)]
    found = {each.title for day in days for each in uncovered(accounts, who.people, day)}
    for title in sorted(found):
        line = f"{title}, today or in the next two weeks"
        yield Matter(COVER, line, who.on_duty, "/registry")


def _unseen(post: Post, who: Who, now: datetime) -> Matter:
    """Whose urgent post it is, and by when; never its words."""
    due, account = review_due(post.submitted_at), who.accounts.get(post.draft.account)
    title = account.title if account else post.draft.account
    line = f"{title}, {'overdue since' if due < now else 'by'} {moment_text(due)}"
    return Matter(URGENT, line, who.on_duty, "/urgent")
