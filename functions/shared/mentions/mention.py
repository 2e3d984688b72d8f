"""Something said to an account of ours by somebody else: a mention, a reply, a comment, a message.

Mentions are people who may need a reply (policy D07, D08), so each is one of five things: it waits;
it was answered; nobody needs to answer, and somebody said why; a holding reply was given and a day
named on which somebody comes back to it (D12); or it was handed on. Answers stand under it (D09),
given in the app or as a post of ours; what is kept here is that they were, by whom, when and where.

What was said, and by whom, is sealed in the leaf that records it: nothing here holds a word of it.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from shared.mentions.acts import Heard
from shared.mentions.errors import InvalidMentionError
from shared.posts.errors import UnlawfulStepError
from shared.posts.names import AccountId, LeafId, PersonId, PlatformName, PostId


class MentionState(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    ANSWERED = "answered"
    NO_ANSWER = "no_answer_needed"
    HOLDING = "holding"
    HANDED_ON = "handed_on"


class Told(StrEnum):
    """How far people were told of it, in this order."""

    NOBODY = "nobody"
    CALL = "call"
    TEAM = "team"
    CENTRE = "centre"


class Desk(StrEnum):
    """To whom a mention can be handed on."""

    FOI = "foi"
    FAQ = "faq"
    TAKEDOWN = "takedown"


OPEN = frozenset({MentionState.WAITING, MentionState.HOLDING})
"""Somebody has still to do something."""

MAY_FOLLOW = {
    MentionState.WAITING: frozenset(MentionState) - {MentionState.WAITING},
    # The day may be moved, once somebody has written again.
    MentionState.HOLDING: frozenset(MentionState) - {MentionState.WAITING},
    # Who thought better of it may still answer.
    MentionState.NO_ANSWER: frozenset({MentionState.ANSWERED}),
    MentionState.HANDED_ON: frozenset({MentionState.ANSWERED}),
}

HAPPENED = {
    MentionState.ANSWERED: Heard.ANSWERED,
    MentionState.NO_ANSWER: Heard.LEFT,
    MentionState.HOLDING: Heard.HOLDING,
    MentionState.HANDED_ON: Heard.HANDED_ON,
}
"""The leaf of each step."""

NO_REASON = "Say why nobody needs to answer. It is kept."
NO_ADDRESS = "Paste the address of the answer, from https:// on."
NO_DAY = "Name the day on which you come back to it."
DAY_GONE = "Name a day from today on, within {0} days."
NO_DESK = "Choose to whom it goes."
LONGEST_WAIT = 31
"""Days that a holding reply may ask for."""


@dataclass(frozen=True)
class Outcome:
    """What somebody says became of a mention: `why` for no answer, the address of the `answer`,
    the day of a `follow_up`, or the `desk` it was handed to."""

    state: MentionState
    why: str = ""
    answer: str = ""
    follow_up: date | None = None
    desk: Desk | None = None


@dataclass(frozen=True)
class Settled:
    """An outcome, by whom and when."""

    outcome: Outcome
    by: PersonId
    at: datetime


@dataclass(frozen=True)
class Mention:
    """One mention: `said_at` is when it arrived there, `received_at` when we read it, both aware;
    `leaf` the leaf in which its words are sealed; `calls` says whether it reads like a call for
    help, `private` whether only the account can see it;
    `told` is the last who heard that nobody answered, `answering` the post of ours that was sent in
    last to answer it."""

    mention_id: str
    account: AccountId
    platform: PlatformName
    said_at: datetime
    received_at: datetime
    leaf: LeafId
    calls: bool = False
    private: bool = False
    settled: Settled | None = None
    told: Told = Told.NOBODY
    answering: PostId | None = None

    @property
    def state(self) -> MentionState:
        """What became of it so far."""
        return self.settled.outcome.state if self.settled else MentionState.WAITING

    @property
    def is_open(self) -> bool:
        """Whether somebody has still to do something."""
        return self.state in OPEN

    @property
    def follow_up(self) -> date | None:
        """The day on which somebody comes back to it, where a holding reply was given."""
        held = self.settled is not None and self.state is MentionState.HOLDING
        return self.settled.outcome.follow_up if self.settled and held else None


def mention_name(account: AccountId, platform: PlatformName, platform_id: str) -> str:
    """What a mention is called: whoever reads it once more calls it the same, and the name does not
    show what the platform calls it."""
    named = f"{account}\n{platform}\n{platform_id}"
    return hashlib.sha256(named.encode()).hexdigest()[:32]


def settle(
    mention: Mention,
    outcome: Outcome,
    by: PersonId,
    at: datetime,
    today: date,
    *,
    proved: bool = False,
) -> Mention:
    """The mention with this outcome; `today` is the force's own day, `proved` says that a platform
    told the address of the answer, and nobody typed it. InvalidMentionError, UnlawfulStepError."""
    if outcome.state not in MAY_FOLLOW.get(mention.state, frozenset()):
        raise UnlawfulStepError(mention.state.value, outcome.state.value, "A mention")
    told = Told.CALL if outcome.state is MentionState.HOLDING else mention.told
    settled = Settled(_checked(outcome, today, proved=proved), by, at)
    return replace(mention, settled=settled, told=told)


def _checked(outcome: Outcome, today: date, *, proved: bool) -> Outcome:
    """Only what belongs to this outcome, and all of it."""
    state, why = outcome.state, outcome.why.strip()
    if state is MentionState.NO_ANSWER and not why:
        raise InvalidMentionError("why", NO_REASON)
    answer = outcome.answer.strip() if state is MentionState.ANSWERED else ""
    if state is MentionState.ANSWERED and not proved and not _is_address(answer):
        raise InvalidMentionError("answer", NO_ADDRESS)
    if state is MentionState.HOLDING:
        check_day(outcome.follow_up, today)
    if state is MentionState.HANDED_ON and outcome.desk is None:
        raise InvalidMentionError("desk", NO_DESK)
    return Outcome(
        state,
        why,
        answer,
        outcome.follow_up if state is MentionState.HOLDING else None,
        outcome.desk if state is MentionState.HANDED_ON else None,
    )


def _is_address(text: str) -> bool:
    return text.startswith("https://") and len(text.split()) == 1 and "." in text


def check_day(day: date | None, today: date) -> None:
    """Whether somebody may come back to it on this day; InvalidMentionError."""
    if day is None:
        raise InvalidMentionError("follow_up", NO_DAY)
    if not 0 <= (day - today).days <= LONGEST_WAIT:
        raise InvalidMentionError("follow_up", DAY_GONE.format(LONGEST_WAIT))
