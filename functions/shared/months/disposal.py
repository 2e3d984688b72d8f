"""Disposals: a sealed month that has outlived its time goes, when two people have said so.

One person asks, another approves, and the month stays as it is until that approval lies in a later
sealed month itself: whoever looks for the month afterwards finds there who let it go.

    asked → approved → begun → done
      └→ refused ←┘

Until it has begun anybody who may approve can still refuse it. What is destroyed is gone for good.

DisposalError
├── OwnDisposalError      whoever asked does not approve it
├── NotOpenError          it waits for no decision any more; carries how it stands
├── NotOutlivedError      something keeps the month; carries why, a sentence each
├── AskedAlreadyError     a disposal of this month stands already; carries which
└── DisposalOffError      this force disposes of nothing
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from shared.months.legal_hold import Word
from shared.months.month import Month
from shared.posts.names import DisposalId
from shared.recordlog.acts import Happened
from shared.recordlog.canonical import JSON
from shared.recordlog.leaf import Act


class DisposalError(Exception):
    """Root of what keeps a month from being disposed of."""


class OwnDisposalError(DisposalError):
    """Whoever asked does not approve it."""

    def __init__(self) -> None:
        super().__init__("You asked for this; somebody else has to approve it.")


class NotOpenError(DisposalError):
    """It waits for no decision any more."""

    def __init__(self, disposal: "Disposal") -> None:
        super().__init__(f"This waits for no decision: it is {WORDS[disposal.state]}.")
        self.disposal = disposal


class NotOutlivedError(DisposalError):
    """Something keeps the month."""

    def __init__(self, month: Month, stays: Sequence[str]) -> None:
        super().__init__(f"{month} stays: {'; '.join(stays)}.")
        self.month, self.stays = month, tuple(stays)


class AskedAlreadyError(DisposalError):
    """A disposal of this month stands already."""

    def __init__(self, month: Month, disposal_id: DisposalId) -> None:
        super().__init__(f"Somebody asked before that {month} be disposed of. Look there.")
        self.month, self.disposal_id = month, disposal_id


class DisposalOffError(DisposalError):
    """This force disposes of nothing."""

    def __init__(self) -> None:
        super().__init__(
            "Disposal is switched off here, so every month stays. Whoever deploys this system "
            "switches it on, when the records manager has signed a schedule."
        )


class State(StrEnum):
    """How a disposal stands. From `begun` on it cannot be stopped by a refusal."""

    ASKED = "asked"
    REFUSED = "refused"
    APPROVED = "approved"
    BEGUN = "begun"
    DONE = "done"


WORDS: Mapping[State, str] = {
    State.ASKED: "asked for",
    State.REFUSED: "refused",
    State.APPROVED: "approved",
    State.BEGUN: "being carried out",
    State.DONE: "done",
}
"""Each ends the sentence “it is …”."""

OPEN = frozenset({State.ASKED, State.APPROVED})
"""Nothing is destroyed yet, and anybody who may approve can refuse."""

STANDING = OPEN | {State.BEGUN, State.DONE}
"""A month has one of these at most."""


@dataclass(frozen=True)
class Extent:
    """What goes: so many leaves lose their payload and key, so many objects of the bag their every
    version."""

    leaves: int
    objects: int


@dataclass(frozen=True)
class Disposal:
    """Month and bag (SHA-256 as its note says), who asked and who decided, what it reaches once it
    has begun, whether the rows of what goes with the month are gone (`cleared`, and `removed` so
    many of each kind) and the payloads, and in `waits` why it was not begun or carried on at the
    last look. `leaf` is the index of the approval, known once it has begun."""

    disposal_id: DisposalId
    month: Month
    bag: str
    asked: Word
    state: State = State.ASKED
    decided: Word | None = None
    extent: Extent | None = None
    emptied: bool = False
    waits: tuple[str, ...] = ()
    begun_at: datetime | None = None
    done_at: datetime | None = None
    leaf: int | None = None
    cleared: bool = False
    removed: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_agreed(self) -> bool:
        """Whether two people said that it goes; asked again before anything is destroyed."""
        second = self.decided is not None and self.decided.by != self.asked.by
        return self.state in {State.APPROVED, State.BEGUN} and second


def approved(before: Disposal, word: Word) -> Disposal:
    """Another person says yes; OwnDisposalError, NotOpenError."""
    if before.state is not State.ASKED:
        raise NotOpenError(before)
    if before.asked.by == word.by:
        raise OwnDisposalError
    return replace(before, state=State.APPROVED, decided=word)


def refused(before: Disposal, word: Word) -> Disposal:
    """Somebody says no, also after it was approved; whoever asked takes it back so as well.
    NotOpenError once it has begun."""
    if before.state not in OPEN:
        raise NotOpenError(before)
    return replace(before, state=State.REFUSED, decided=word, waits=())


def begun(before: Disposal, extent: Extent, at: datetime, leaf: int | None = None) -> Disposal:
    """From now on it is destroyed; NotOpenError unless two people agreed. `leaf` is the index of
    what they agreed by."""
    if before.state is not State.APPROVED or not before.is_agreed:
        raise NotOpenError(before)
    return replace(before, state=State.BEGUN, extent=extent, begun_at=at, leaf=leaf, waits=())


def without(before: Disposal, kinds: Iterable[str]) -> Disposal:
    """One more thing of each of these kinds is gone; NotOpenError unless it has begun."""
    if before.state is not State.BEGUN:
        raise NotOpenError(before)
    removed = Counter(before.removed)
    removed.update(kinds)
    return replace(before, removed=dict(sorted(removed.items())))


def done(before: Disposal, at: datetime) -> Disposal:
    """Nothing of it is left; NotOpenError unless it has begun."""
    if before.state is not State.BEGUN:
        raise NotOpenError(before)
    return replace(before, state=State.DONE, done_at=at, waits=())


def disposal_act(
    disposal: Disposal,
    happened: Happened,
    at: datetime,
    before: Iterable[tuple[Month, str]] = (),
) -> Act:
    """What happened to it. `bag` is what a verifier compares with the note that stays, and so are
    the months that went `before`, each with its bag: the leaves that let those go may be gone by
    then. Why is not sealed, so nobody is to be named there."""
    decided = disposal.decided
    payload: dict[str, JSON] = {
        "bag": disposal.bag,
        "disposal_id": disposal.disposal_id,
        "month": str(disposal.month),
        "why": (decided.why if decided else "") or disposal.asked.why,
    }
    if gone := [{"bag": bag, "month": str(month)} for month, bag in sorted(before)]:
        payload |= {"gone": [*gone]}
    if disposal.extent:
        payload |= {"leaves": disposal.extent.leaves, "objects": disposal.extent.objects}
    if disposal.state is State.DONE:
        payload |= {"removed": {**disposal.removed}}
    return Act(
        type=happened.value,
        account=None,
        subject=f"disposal:{disposal.disposal_id}",
        at=at,
        actor=disposal.asked.by,
        approver=decided.by if decided else None,
        reason=None,
        payload=payload,
    )
