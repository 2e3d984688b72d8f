"""Samples that wait for people, as matters of the morning's letter: each is told of once.

Communications and professional standards hear when a month was drawn, and after two weeks of what
nobody has looked at; professional standards of what is serious (G15). Whoever has something to do
hears of it, and again on its day; a week after that, whoever is above the account does.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby

from shared.accounts.registry import Person, PersonStatus, Role
from shared.mail.digest import Matter
from shared.posts.localtime import local
from shared.records.sample_acts import act_on_month, act_on_sample
from shared.samples.acts import Sampled
from shared.samples.sample import Drawn, FollowUp, Sample, Verdict
from watch.morning.due import Due
from watch.morning.who import Who

LATE = timedelta(days=14)
"""After a month was drawn, what nobody has looked at is told of again."""

A_WEEK = timedelta(days=7)
TO_LOOK, TO_DO, SERIOUS = "Posts to look at", "A post to see to", "A post was found serious"


def samples_due(who: Who, samples: Iterable[Sample], now: datetime) -> Iterator[Due]:
    """What somebody has to be told of these open ones by now, whether or not they were before."""
    known = sorted(samples, key=lambda each: each.sample_id)
    for month, some in groupby(known, key=lambda each: each.month):
        yield from _month(who, month, tuple(some), now)
    for sample in known:
        for drawn in sample.posts:
            yield from _post(who, sample, drawn, now)


def _month(who: Who, month: str, samples: tuple[Sample, ...], now: datetime) -> Iterator[Due]:
    """One line a month, however many accounts there are."""
    left = sum(len(each.unseen) for each in samples)
    if not left:
        return
    late = now >= min(each.drawn_at for each in samples) + LATE
    what = "late" if late else "drawn"
    line = f"{left} of {month} {'still wait after two weeks' if late else 'were drawn by lot'}"
    act = act_on_month(month, Sampled.REMINDED, now, {"left": left, "of": what})
    to = _each_once((*who.on_duty, *_standards(who)))
    yield Due(f"samples/{month}/{what}", Matter(TO_LOOK, line, to, "/samples"), act)


def _post(who: Who, sample: Sample, drawn: Drawn, now: datetime) -> Iterator[Due]:
    said = drawn.judgement
    if said is None:
        return
    if said.verdict is Verdict.SERIOUS:
        to = _each_once((*_standards(who), *who.on_duty))
        yield _due(who, sample, drawn, "serious", "look at it", to=to, now=now)
    if drawn.open is None:
        return
    for what, words, people in _told(who, sample, drawn.open, now):
        yield _due(who, sample, drawn, what, words, to=people, now=now)


def _told(
    who: Who, sample: Sample, wanted: FollowUp, now: datetime
) -> Iterator[tuple[str, str, tuple[Person, ...]]]:
    """What is told of something that is to be done, in which words, and to whom."""
    today, until = local(now).date(), wanted.until.isoformat()
    mine = who.able(wanted.who) or who.on_duty
    account = who.accounts.get(sample.account)
    if today >= wanted.until + A_WEEK:
        above = who.above(account) if account else ()
        yield "overdue", f"{wanted.means.value}, was due {until}", (*above, *who.on_duty)
    elif today >= wanted.until:
        yield "due", f"{wanted.means.value}, due {until}", (*mine, *who.on_duty)
    else:
        yield "asked", f"{wanted.means.value}, until {until}", mine


def _due(
    who: Who,
    sample: Sample,
    drawn: Drawn,
    what: str,
    words: str,
    *,
    to: tuple[Person, ...],
    now: datetime,
) -> Due:
    account = who.accounts.get(sample.account)
    line = f"{account.title if account else sample.account}, post {drawn.number}: {words}"
    act = act_on_sample(sample, Sampled.REMINDED, now, {"number": drawn.number, "of": what})
    # Whoever has to do it may not read samples; the post they may.
    where = f"/posts/{drawn.post_id}" if what == "asked" else f"/samples/{sample.sample_id}"
    about = SERIOUS if what == "serious" else TO_DO
    notice = f"sample/{sample.sample_id}/{drawn.number}/{what}"
    return Due(notice, Matter(about, line, _each_once(to), where), act)


def _standards(who: Who) -> tuple[Person, ...]:
    return tuple(
        person
        for person in who.people.values()
        if person.role is Role.PROFESSIONAL_STANDARDS and person.status is PersonStatus.ACTIVE
    )


def _each_once(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple({person.person_id: person for person in people}.values())
