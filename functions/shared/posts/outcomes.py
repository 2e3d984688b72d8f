"""What a post has become by what became of its targets: the one rule of its endings.

Whoever counts (the state machine once its branches are through, a person who settles what could
not be read back) counts alike.
"""

from collections.abc import Iterable

from shared.posts.life import Outcome, State

OUT = frozenset({Outcome.SENT, Outcome.WITHDRAWN})
"""Readers saw it; that it was taken away again is a story of its own."""

MAY_STAND = frozenset({Outcome.SENT, Outcome.PENDING, Outcome.UNCERTAIN, Outcome.HELD})
"""The public sees it, or may."""

UNKNOWN = frozenset({Outcome.PENDING, Outcome.UNCERTAIN})
"""Nobody knows; of what nobody claimed (None) it depends on how the post stands."""


def ending_of(state: State, outcomes: Iterable[Outcome | None]) -> State:
    """What follows from each target's outcome, None where nobody claimed it: published, partly
    published, failed, returned (of a held post) or uncertain."""
    settled = list(outcomes)
    held = state is State.HELD
    # Of a held post everybody knows that nothing was sent there; of any other nobody knows why not.
    if UNKNOWN.intersection(settled) or (None in settled and not held):
        return State.UNCERTAIN
    sent = sum(outcome in OUT for outcome in settled)
    if sent == len(settled):
        return State.PUBLISHED
    if sent:
        return State.PARTLY_PUBLISHED
    return State.RETURNED if held else State.FAILED
