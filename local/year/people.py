"""What people do in a year, at the stops of the clock: they post, answer, decide and sign.

They act through the product's own deeds and records, not by clicking: a year has hundreds of
thousands of deeds, and pages have tests of their own.
"""

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime

from local.seed import SANDBOX
from local.stack import Stack
from local.year.errors import NotAsToldError
from local.year.expected import Alert, answered_at, next_stop
from local.year.founding import everybody
from local.year.names import account_of, owner_of
from local.year.saying import Fields, enter, say, stand
from local.year.signing import Signatures
from local.year.story import LONDON, STOPS, Remark, Signing, Story, Stray, Voice
from moderate.settle_mention import step_of
from shared.followers.review import Part
from shared.mentions.mention import MentionState, Outcome, mention_name
from shared.records.accounts import Accounts
from shared.records.mentions import Mentions
from shared.records.pen import Pen
from shared.records.reviews import Reviews

NEEDLESS = Outcome(MentionState.NO_ANSWER, "It was answered on the spot.")
SIGN_ON = {
    Signing.AT_ONCE: {Part.COMMS: 4, Part.OWNER: 4},
    Signing.OWNER_LATE: {Part.COMMS: 4, Part.OWNER: 12},
    Signing.BOTH_LATE: {Part.COMMS: 19, Part.OWNER: 19},
}
"""On which day of the month each side signs, in the evening."""


class People:
    """Everybody in the force of a story; `seen` is who stood out, as reviews showed it to them."""

    def __init__(self, stack: Stack, story: Story) -> None:
        self._stack = stack
        self._story = story
        pen = Pen(secrets.token_bytes)
        self._accounts = {each.account_id: each for each in Accounts(stack.tables, pen).all()}
        self._known = {person.person_id: person for person in everybody(story)}
        self._mentions = Mentions(stack.tables, pen)
        self._pen = pen
        self._answers, self._posts, self._strays = _answers(story), _posts(story), _strays(story)
        self._not_entered: list[tuple[Stray, Fields]] = []
        self.seen: Counter[Alert] = Counter()
        reviews = Reviews(stack.tables, pen)
        self._signatures = Signatures(reviews, self._accounts, self._known, self.seen)

    def post(self, stop: datetime) -> None:
        """What was posted since the stop before."""
        for voice, moment in self._posts.get(stop, ()):
            say(self._stack, self._pen, voice, moment)

    def answer(self, stop: datetime) -> None:
        """Answer what is to be answered now, once it was heard."""
        self._answer(self._answers.get(stop, []))

    def act(self, stop: datetime) -> None:
        """Enter what was posted by hand before the stop before, and sign what is to be signed on
        this day."""
        self._enter()
        for stray in self._strays.get(stop, ()):
            stands = stand(self._stack, self._story.voices[stray.voice], stray.at)
            self._not_entered.append((stray, stands))
        here = stop.astimezone(LONDON)
        if here.time() == STOPS[1]:
            now = self._stack.clock.now()
            self._signatures.sign([*self._to_sign(here)], f"{here:%Y-%m}", now)

    def _enter(self) -> None:
        for stray, stands in self._not_entered:
            enter(self._stack, self._pen, self._story.voices[stray.voice], stray.at, stands)
        self._not_entered.clear()

    def _answer(self, remarks: list[Remark]) -> None:
        """The owner of each account answers what was said to it."""
        named = {_name(remark): remark for remark in remarks}
        found, now = self._mentions.several(named), self._stack.clock.now()
        if len(found) < len(named):
            raise NotAsToldError(f"{len(named) - len(found)} mentions were not heard.")
        steps = []
        for name, mention in found.items():
            owner = self._known[owner_of(named[name].voice)]
            account = self._accounts[mention.account]
            steps.append(step_of(mention, NEEDLESS, owner, account=account, now=now))
        if failed := list(filter(None, self._mentions.settle_each(steps))):
            raise NotAsToldError(f"{len(failed)} mentions could not be answered: {failed[0]}")

    def _to_sign(self, here: datetime) -> Iterator[tuple[Voice, Part]]:
        for voice in self._story.voices:
            signing = self._story.signings[voice.number, f"{here:%Y-%m}"]
            for part, day in SIGN_ON[signing].items():
                if day == here.day:
                    yield voice, part


def _name(remark: Remark) -> str:
    return mention_name(account_of(remark.voice), SANDBOX, f"m{remark.number}")


def _answers(story: Story) -> dict[datetime, list[Remark]]:
    found: defaultdict[datetime, list[Remark]] = defaultdict(list)
    for remark in story.remarks:
        found[answered_at(story, remark)].append(remark)
    return dict(found)


def _posts(story: Story) -> dict[datetime, list[tuple[Voice, datetime]]]:
    found: defaultdict[datetime, list[tuple[Voice, datetime]]] = defaultdict(list)
    for voice in story.voices:
        for moment in voice.posts:
            if moment <= story.stops[-1]:
                found[next_stop(story, moment)].append((voice, moment))
    return dict(found)


def _strays(story: Story) -> dict[datetime, list[Stray]]:
    found: defaultdict[datetime, list[Stray]] = defaultdict(list)
    for stray in story.strays:
        found[next_stop(story, stray.at)].append(stray)
    return dict(found)
