"""Whoever looks after an appeal hears of it the day before it ends and on the day; the centre daily
of what is past its last day, or over, and not closed (policy T07).

An appeal has a day and no hour, so it waits for the morning. One that never left the house needs no
closing words: it is closed when its day is past.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.accounts.registry import Person
from shared.mail.digest import Matter
from shared.posts.acts import SYSTEM
from shared.posts.appeal import Appeal, Appealed, AppealState, Said, day_words, never_out
from shared.posts.life import KEPT_IN
from shared.posts.localtime import local
from shared.records.appeal_entries import act_on_appeal
from shared.records.appeals import Appeals
from shared.records.errors import ChangedError
from shared.records.posts import Posts
from watch.morning.due import Due
from watch.morning.who import Who

NEVER_OUT = "Nothing of it ever went out."
DAY = timedelta(days=1)

ENDS = "An appeal of yours ends {}; say that it is over, or choose a later day"
OPEN = "This appeal is to be closed, extended or handed over"


@dataclass(frozen=True)
class Desk:
    """Appeals, and the posts that began them."""

    appeals: Appeals
    posts: Posts


def find_appeals(desk: Desk, who: Who, now: datetime) -> Iterator[Due]:
    """Each that somebody has to be told of today; those of which nothing went out are closed."""
    today = local(now).date()
    for appeal in tuple(_all(desk.appeals)):
        if not _is_out(desk, appeal):
            _close(desk, appeal, now)
        elif _is_overdue(appeal, today):
            yield _to_centre(appeal, who, now)
        elif appeal.state is AppealState.OPEN and appeal.ends_on - today <= DAY:
            yield _to_owner(appeal, who, now)


def _all(appeals: Appeals) -> Iterator[Appeal]:
    part = appeals.lasting()
    yield from part.entries
    while part.cursor:
        part = appeals.lasting(part.cursor)
        yield from part.entries


def _is_out(desk: Desk, appeal: Appeal) -> bool:
    """Whether anything of it went out, or may yet."""
    versions = desk.posts.history(appeal.appeal_id)
    out = any(post.state not in KEPT_IN for post in versions)
    return bool(out or appeal.copies or appeal.added)


def _close(desk: Desk, appeal: Appeal, now: datetime) -> None:
    if appeal.ends_on >= local(now).date():
        return
    after = never_out(appeal, Said(SYSTEM, now, NEVER_OUT))
    act = act_on_appeal(after, Appealed.CLOSED, now, {}, reason=NEVER_OUT)
    with suppress(ChangedError):  # somebody is at it just now
        desk.appeals.change(appeal, after, act)


def _is_overdue(appeal: Appeal, today: date) -> bool:
    said = appeal.found
    return appeal.ends_on < today or (said is not None and local(said.at).date() < today)


def _to_owner(appeal: Appeal, who: Who, now: datetime) -> Due:
    owner, on_the_day = who.able(appeal.owner), appeal.ends_on == local(now).date()
    if not owner:
        return _to_centre(appeal, who, now)
    about = ENDS.format("today" if on_the_day else "tomorrow")
    name = f"appeal/{appeal.appeal_id}/{appeal.ends_on}/{'on' if on_the_day else 'before'}"
    line = f"{_title(appeal, who)}, {day_words(appeal.ends_on)}"
    return _due(name, appeal, Matter(about, line, owner, f"/appeals/{appeal.appeal_id}"), now)


def _to_centre(appeal: Appeal, who: Who, now: datetime) -> Due:
    owner, day = who.able(appeal.owner), day_words(appeal.ends_on)
    over = "it is over and not closed" if appeal.found else f"its last day is {day}"
    line = f"{_title(appeal, who)}: {over}; {_whose(owner)}"
    matter = Matter(OPEN, line, who.on_duty, f"/appeals/{appeal.appeal_id}")
    return _due(f"appeal/{appeal.appeal_id}/centre/{local(now).date()}", appeal, matter, now)


def _whose(owner: tuple[Person, ...]) -> str:
    return f"{owner[0].name} looks after it" if owner else "nobody looks after it"


def _title(appeal: Appeal, who: Who) -> str:
    account = who.accounts.get(appeal.account)
    return account.title if account else str(appeal.account)


def _due(name: str, appeal: Appeal, matter: Matter, now: datetime) -> Due:
    act = act_on_appeal(appeal, Appealed.TOLD, now, {"notice": name})
    return Due(name, matter, act, may_wait=False)
