"""Every letter that somebody has to get in a year, by the story alone.

This is the other side of the comparison, so that nothing of the product's sums is used here: the
rules are written down once more, from the force's own documents. A reply is owed within 24 hours
(D05); whoever looks after the account is reminded four hours before and the centre told after
them, neither between nine in the evening and seven (D12). Of a silent voice its owner hears when
its rhythm is over, whoever is above a week later, the centre after two more, and after four more
closing is proposed (D02, D28). Both sides hear of a review when it is ready, the side that has not
signed after a week, and after two whoever is above and the centre (F05). Owners are asked once a
quarter to search for impostors by hand (F07).
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from local.force import COMMS, DEPUTY, DUTY_OFFICER, REGISTRAR, STANDARDS
from local.year.crowd import stands_out, turnover
from local.year.names import email_of, owner_name, title_of
from local.year.story import DAY, LONDON, STOPS, Fate, Remark, Signing, Story, Voice, at

CENTRE = "contact.centre@moorshire.police.example"
ON_DUTY = (COMMS.email, DEPUTY.email, DUTY_OFFICER.email)
LADDER = (
    ("Your account is silent", timedelta(0)),
    ("An account below yours stays silent", timedelta(days=7)),
    ("An account stays silent", timedelta(days=14)),
    ("Close this account, or keep it open and say why", timedelta(days=28)),
)
"""What each step is called, and how long after the one before it comes."""

FOLLOWERS = "Followers to review"
AHEAD = timedelta(days=14)
"""So long before its day something of the registry is told."""


@dataclass(frozen=True, order=True)
class Alert:
    """One thing that one person is told: by which kind of letter, to which address, what."""

    kind: str
    to: str
    what: str


def expected(story: Story, policy_review: date) -> Counter[Alert]:
    """How often each has to come; `policy_review` is when the policy in use is to be reviewed."""
    alerts: Counter[Alert] = Counter()
    for remark in story.remarks:
        alerts.update(_of_remark(story, remark))
    for stray in story.strays:
        what = f"{title_of(stray.voice)} on The sandbox: a post that is not from us"
        alerts.update(Alert("stray", to, what) for to in (*ON_DUTY, email_of(stray.voice)))
    for voice in story.voices:
        alerts.update(_of_silence(story, voice))
        alerts.update(_of_registers(voice))
    alerts.update(_of_searches(story))
    alerts.update(_of_reviews(story))
    alerts.update(_of_samples(story))
    alerts.update(_who_stand_out(story))
    if policy_review - AHEAD <= story.stops[-1].date():
        alerts.update(_morning("The policy is to be reviewed", "", *ON_DUTY))
    return alerts


def heard_at(story: Story, remark: Remark) -> datetime:
    """The stop at which the force hears it."""
    return next_stop(story, remark.at)


def answered_at(story: Story, remark: Remark) -> datetime:
    """The stop at whose end somebody answers it."""
    if remark.fate is Fate.AT_ONCE:
        return heard_at(story, remark)
    reminded = next_stop(story, _reminded_from(remark.at))
    return reminded if remark.fate is Fate.REMINDED else next_stop(story, _told_from(remark.at))


def next_stop(story: Story, moment: datetime) -> datetime:
    """The first stop that is not before a moment."""
    return story.stops[bisect_left(story.stops, moment)]


def _reminded_from(said: datetime) -> datetime:
    """Four hours before a day is over, or at nine the evening before, if that is at night."""
    moment = (said.astimezone(UTC) + timedelta(hours=20)).astimezone(LONDON)
    if moment.hour >= 21:  # noqa: PLR2004 - the rule says nine
        return at(moment.date(), time(21))
    if moment.hour < 7:  # noqa: PLR2004 - the rule says seven
        return at(moment.date() - DAY, time(21))
    return moment


def _told_from(said: datetime) -> datetime:
    """When a day is over, or at seven, if that is at night."""
    moment = (said.astimezone(UTC) + DAY).astimezone(LONDON)
    if moment.hour < 7:  # noqa: PLR2004
        return at(moment.date(), time(7))
    if moment.hour >= 21:  # noqa: PLR2004
        return at(moment.date() + DAY, time(7))
    return moment


def _of_remark(story: Story, remark: Remark) -> Iterator[Alert]:
    here = remark.at.astimezone(LONDON)
    what = f"{title_of(remark.voice)} on The sandbox, {here:%H:%M} on {_day(here)}"
    if remark.calls:
        for email in (*ON_DUTY, CENTRE):
            yield Alert("call", email, what)
    if remark.fate is Fate.AT_ONCE:
        return
    reminded, told = _reminded_from(remark.at), _told_from(remark.at)
    answered, first = answered_at(story, remark), next_stop(story, reminded)
    if first < told:
        yield Alert("reminded", email_of(remark.voice), what)
    if answered >= told:
        for email in ON_DUTY:
            yield Alert("overdue", email, what)


def _day(here: datetime) -> str:
    return f"{here:%A} {here.day} {here:%B %Y}"


def _morning(about: str, line: str, *to: str) -> Iterator[Alert]:
    for email in dict.fromkeys(to):
        yield Alert("morning", email, f"{about}: {line}" if line else about)


def _of_silence(story: Story, voice: Voice) -> Iterator[Alert]:
    mornings = [stop for stop in story.stops if stop.astimezone(LONDON).time() == STOPS[0]]
    end = mornings[-1] + DAY
    for spoke, again in zip(voice.posts, (*voice.posts[1:], end), strict=True):
        since, wait = spoke, voice.rhythm
        for (about, more), to in zip(LADDER, _ladder(voice), strict=True):
            wait = voice.rhythm if about == LADDER[0][0] else more
            told = next((each for each in mornings if each - since >= wait), end)
            if told >= min(again, end):
                break
            since = told
            line = f"{title_of(voice.number)}, silent since {_day(spoke.astimezone(LONDON))}"
            yield from _morning(about, line, *to)


def _ladder(voice: Voice) -> tuple[tuple[str, ...], ...]:
    return (email_of(voice.number),), _above(voice), ON_DUTY, (*ON_DUTY, REGISTRAR.email)


def _above(voice: Voice) -> tuple[str, ...]:
    """The first voice is above all others; above it is the centre."""
    return (email_of(0),) if voice.number else ON_DUTY


def _of_registers(voice: Voice) -> Iterator[Alert]:
    owner, title = email_of(voice.number), title_of(voice.number)
    taught = f"{owner_name(voice.number)}, last taught on {voice.taught}"
    yield from _morning("Training is due", taught, owner, REGISTRAR.email)
    again = f"{title}, by {voice.looked_at_again}"
    yield from _morning("An account is to be looked at again", again, REGISTRAR.email, owner)
    seen = f"{title} on sandbox, seen switched on: {voice.two_step}"
    yield from _morning("Look whether two-step verification is on", seen, REGISTRAR.email)


def _of_searches(story: Story) -> Iterator[Alert]:
    """Nobody searches for impostors by hand in this story; owners are asked once a quarter."""
    quarters = {(month[:4], (int(month[5:]) - 1) // 3) for month in story.months}
    for voice in story.voices:
        for _ in quarters:
            about = "Search by hand for impostors"
            yield from _morning(about, title_of(voice.number), email_of(voice.number))


def _of_reviews(story: Story) -> Iterator[Alert]:
    for month in story.months:
        signed = {voice: story.signings[voice.number, month] for voice in story.voices}
        yield from _morning(FOLLOWERS, f"of {month} are ready", *ON_DUTY)
        if Signing.BOTH_LATE in signed.values():
            yield from _morning(FOLLOWERS, f"of {month} wait for your side to sign", *ON_DUTY)
            yield from _morning(FOLLOWERS, f"of {month} have waited two weeks", *ON_DUTY)
        for voice, signing in signed.items():
            owner, title = email_of(voice.number), title_of(voice.number)
            of = f"{title}: the review of {month}"
            yield from _morning(FOLLOWERS, f"{of} is ready", owner)
            if signing is not Signing.AT_ONCE:
                yield from _morning(FOLLOWERS, f"{of} waits for your side to sign", owner)
            if signing is Signing.BOTH_LATE:
                above = _above(voice)
                yield from _morning(FOLLOWERS, f"{of} has waited two weeks", *above)


def _of_samples(story: Story) -> Iterator[Alert]:
    """Drawn in the month after; nobody looks at them in this story."""
    for month in story.months[:-1]:
        for what in ("were drawn by lot", "still wait after two weeks"):
            yield from _morning("Posts to look at", f"of {month} {what}", *ON_DUTY, STANDARDS.email)


def _who_stand_out(story: Story) -> Iterator[Alert]:
    """Those of a month's new followers whom the public of the story made so; who followed before is
    looked at once, in the first month."""
    for index, month in enumerate(story.months):
        for voice in story.voices:
            come = turnover(voice.followers)
            first = voice.followers + (index - 1) * come
            new = range(first, first + come) if index else range(0)
            for number in new:
                if stands_out(number, voice.followers):
                    yield Alert("stands out", title_of(voice.number), month)
